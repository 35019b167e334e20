import { describe, expect, it } from 'vitest';
import { warc } from '../../src/containers/warc.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildWarc } from '../support/build-old-archives.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

const text = (child: Parameters<typeof bytesOfChild>[0]): string => Buffer.from(bytesOfChild(child)).toString();
const page = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nhello';

describe('warc container', () => {
  it('opens records in place and says their name and UTC time', async () => {
    const bytes = Buffer.concat([
      buildWarc([
        { type: 'warcinfo', content: 'software: Crawler' },
        { type: 'response', uri: 'http://campagne.example/a/plan.txt?v=2', contentType: 'application/http; msgtype=response', content: page },
        { type: 'resource', uri: 'http://campagne.example/a/plan.txt?v=2', content: page },
      ]),
    ]);
    expect(recognise(inputFrom(bytes))).toEqual({ mediaType: 'application/warc', also: [] });
    const { children, problems } = await openAll(warc, bytes);
    expect(problems).toEqual([]);
    expect(children.map((c) => [c.key, c.label, text(c)])).toEqual([
      ['warcinfo:@1', undefined, 'software: Crawler'],
      ['response:http://campagne.example/a/plan.txt?v=2', 'plan.txt', 'hello'],
      ['resource:http://campagne.example/a/plan.txt?v=2', 'plan.txt', page],
    ]);
    expect(children[1]?.says.map((s) => [s.attribute, s.raw, s.value])).toEqual([
      ['name.file', 'plan.txt', 'plan.txt'],
      ['time.stored', '2017-03-27T12:41:00Z', { kind: 'instant', epochMs: Date.UTC(2017, 2, 27, 12, 41), offsetMinutes: 0, precisionMs: 1000 }],
    ]);
  });

  it('keeps namesakes apart, and takes a time that is none for none', async () => {
    const record = { type: 'resource', uri: 'http://campagne.example/', content: 'x' };
    const { children } = await openAll(warc, buildWarc([record, { ...record, date: 'yesterday' }]));
    expect(children.map((c) => c.key)).toEqual(['resource:http://campagne.example/', 'resource:http://campagne.example/#2']);
    expect(children[1]?.says).toEqual([expect.objectContaining({ field: 'WARC-Date', raw: 'yesterday', value: null })]);
  });

  it('tells where it breaks off or stops being a web archive', async () => {
    const bytes = buildWarc([{ type: 'resource', uri: 'http://campagne.example/a', content: 'hello' }]);
    const cut = await openAll(warc, bytes.subarray(0, bytes.byteLength - 6));
    expect([cut.children.map(text), cut.problems]).toEqual([
      ['hel'],
      [{ code: 'truncated', message: "'http://campagne.example/a' breaks off after 3 bytes of 5" }],
    ]);
    const more = await openAll(warc, Buffer.concat([bytes, Buffer.from('something else\r\n\r\n')]));
    expect([more.children.map(text), more.problems.map((p) => p.code)]).toEqual([['hello'], ['malformed']]);
    expect((await openAll(warc, Buffer.concat([bytes, bytes]), { maxChildren: 1 })).problems.map((p) => p.code)).toEqual(['limit-exceeded']);
  });
});
