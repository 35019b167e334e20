import { describe, expect, it } from 'vitest';
import { type Mime, readMime } from '../../src/structures/mail/mime.ts';
import { parseParameterised } from '../../src/structures/mail/mime-parameters.ts';
import { buildMail, rawMail } from '../support/build-mail.ts';
import { inputFrom } from '../support/read.ts';

const parse = (bytes: Uint8Array, limits = {}): Mime => readMime(inputFrom(bytes, limits));
const bodies = (m: Mime): string[] =>
  m.parts.map((p) => `${p.path}|${p.type}|${Buffer.from(m.bytes.subarray(p.body.offset, p.body.offset + p.body.length)).toString('latin1')}`);
const codes = (m: Mime): string[] => m.problems.map((p) => p.code);

describe('headers', () => {
  it('keeps order, case, duplicates and positions', () => {
    const m = parse(rawMail('SUBJECT: one', 'From: a@example.org', 'Subject: two\r\n\tfolded', '', 'text'));
    expect(m.parts[0].fields.map((f) => [f.name, f.nth, f.value])).toEqual([
      ['SUBJECT', 0, 'one'],
      ['From', 0, 'a@example.org'],
      ['Subject', 1, 'two\tfolded'],
    ]);
    const { offset, length } = m.parts[0].fields[2] ?? { offset: 0, length: 0 };
    expect(Buffer.from(m.bytes.subarray(offset, offset + length)).toString()).toBe('Subject: two\r\n\tfolded\r\n');
  });
  it('reads LF, CR alone, and an mbox line on top', () => {
    for (const eol of ['\n', '\r']) {
      const m = parse(Buffer.from(['From a@example.org Mon Mar 27 12:41:05 2017', 'Subject: x', ' y', '', 'text'].join(eol)));
      expect(m.parts[0].fields.map((f) => f.value)).toEqual(['x y']);
      expect(bodies(m)).toEqual(['|text/plain|text']);
      expect(m.envelope).toEqual({ offset: 0, length: 44 });
    }
  });
  it('reads raw UTF-8 as such and everything else as Latin-1', () => {
    expect(parse(Buffer.from('Subject: été\n\n')).parts[0].fields[0]?.value).toBe('été');
    expect(parse(rawMail('Subject: \u00e9t\u00e9', '', '')).parts[0].fields[0]?.value).toBe('été');
  });
  it('skips a broken line between fields and says so', () => {
    const m = parse(rawMail('Subject: x', 'broken line', 'From: a@example.org', '', 'text'));
    expect(m.parts[0].fields.map((f) => `${f.name}=${f.value}`)).toEqual(['Subject=x', 'From=a@example.org']);
    expect(m.problems).toEqual([{ code: 'malformed', message: '1 lines between header fields are no header fields' }]);
  });
  it('takes a text that follows without an empty line for the text', () => {
    const m = parse(rawMail('Subject: x', 'Dear all,', 'hello'));
    expect(bodies(m)).toEqual(['|text/plain|Dear all,\r\nhello']);
  });
  it('says where there is no header at all', () => {
    expect(codes(parse(Buffer.from('\u0000\u0001garbage')))).toEqual(['malformed']);
    expect(codes(parse(new Uint8Array(0)))).toEqual(['malformed']);
  });
});

describe('parts', () => {
  it('finds them with their paths, preamble and epilogue apart', () => {
    const m = parse(
      rawMail(
        'Content-Type: multipart/mixed; boundary="a"',
        '',
        'preamble',
        '--a',
        'Content-Type: multipart/alternative; boundary=ab',
        '',
        '--ab',
        'Content-Type: text/plain',
        '',
        'one',
        '--ab',
        'Content-Type: TEXT/HTML',
        '',
        'two',
        '--ab--',
        'inner epilogue',
        '--a',
        '',
        'three',
        '--a--',
        'epilogue',
      ),
    );
    expect(bodies(m).filter((b) => !b.includes('multipart'))).toEqual(['1.1|text/plain|one', '1.2|text/html|two', '2|text/plain|three']);
    const cut = (r: { offset: number; length: number } | null | undefined): string =>
      r ? Buffer.from(m.bytes.subarray(r.offset, r.offset + r.length)).toString() : '';
    expect(cut(m.parts[0].multipart?.preamble)).toBe('preamble');
    expect(cut(m.parts[0].multipart?.epilogue)).toBe('epilogue');
    expect(cut(m.parts[1]?.multipart?.epilogue)).toBe('inner epilogue');
    expect(m.problems).toEqual([]);
  });
  it('lets anything follow a boundary behind a blank, but no other letter', () => {
    const m = parse(rawMail('Content-Type: multipart/mixed; boundary=xyz', '', '--xyz and so on', '', 'one', '--xyzz', '--xyz-- done'));
    expect(bodies(m)[1]).toBe('1|text/plain|one\r\n--xyzz');
  });
  it('does not look into a message inside', () => {
    const m = parse(
      rawMail(
        'Content-Type: multipart/digest; boundary=o',
        '',
        '--o',
        '',
        'Content-Type: multipart/mixed; boundary=i',
        '',
        '--i',
        '',
        'x',
        '--i--',
        '--o--',
      ),
    );
    expect(m.parts.map((p) => p.type)).toEqual(['multipart/digest', 'message/rfc822']);
  });
  it('ends inner multiparts where the outer one goes on', () => {
    const m = parse(
      rawMail(
        'Content-Type: multipart/mixed; boundary=o',
        '',
        '--o',
        'Content-Type: multipart/mixed; boundary=i',
        '',
        '--i',
        '',
        'x',
        '--o',
        '',
        'y',
        '--o--',
      ),
    );
    expect(bodies(m).filter((b) => !b.includes('multipart'))).toEqual(['1.1|text/plain|x', '2|text/plain|y']);
    expect(m.problems).toEqual([{ code: 'truncated', message: '1 multiparts have no closing delimiter' }]);
  });
  it('reads a multipart without delimiters as one text', () => {
    const m = parse(rawMail('Content-Type: multipart/mixed; boundary=o', '', 'only text'));
    expect(bodies(m)).toEqual(['|multipart/mixed|only text']);
    expect(m.parts[0].multipart).toBeNull();
    expect(codes(m)).toEqual(['malformed']);
  });
  it('gives every byte of a built mail to its part', () => {
    const bytes = buildMail({
      client: 'outlook',
      from: 'a@example.org',
      to: 'b@example.org',
      subject: 's',
      date: '2017-03-27T12:41:05Z',
      offsetMinutes: 120,
      body: 'text',
      html: '<p>text</p>',
      attachments: [
        { name: 'a.bin', type: 'application/octet-stream', bytes: Buffer.from('abc') },
        { name: 'p.png', type: 'image/png', bytes: Buffer.from('png'), contentId: 'p1' },
      ],
    });
    expect(parse(bytes).parts.map((p) => `${p.path} ${p.type}`)).toEqual([
      ' multipart/mixed',
      '1 multipart/related',
      '1.1 multipart/alternative',
      '1.1.1 text/plain',
      '1.1.2 text/html',
      '1.2 image/png',
      '2 application/octet-stream',
    ]);
  });
});

const manyParts = (n: number): Uint8Array => Buffer.from(`Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(n)}--b--\n`);

describe('hostile mail', () => {
  it('reads 5,000 parts', () => {
    const m = parse(manyParts(5_000));
    expect([m.parts.length, codes(m)]).toEqual([5_001, []]);
  });
  it('stops at the limit, with one problem', () => {
    const m = parse(manyParts(50_000));
    expect(m.parts.length).toBe(10_000);
    expect(m.problems).toEqual([{ code: 'limit-exceeded', message: 'more than 10000 parts; the rest was not read' }]);
  });
  it('does not follow a thousand levels', () => {
    const levels = Array.from({ length: 1_000 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}x\n\n--b${i}x\n`).join('');
    const m = parse(Buffer.from(levels));
    expect(Math.max(...m.parts.map((p) => p.depth))).toBe(100);
    expect(codes(m)).toContain('limit-exceeded');
  });
  it.each([
    ['delimiters of nothing', 'Content-Type: multipart/mixed; boundary=b\n\n' + '\n--c'.repeat(300_000)],
    ['one endless header', 'Subject: ' + 'x\n y'.repeat(300_000)],
    ['a hundred thousand headers', 'A: b\n'.repeat(100_000)],
    ['parameters without end', 'Content-Type: text/plain' + '; a=b'.repeat(100_000) + '\n\n'],
    ['an unclosed quote', 'Content-Type: text/plain; a="' + '\\'.repeat(300_000) + '\n\n'],
  ])('is linear: %s', (_, text) => {
    const began = performance.now();
    parse(Buffer.from(text));
    expect(performance.now() - began).toBeLessThan(3_000);
  });
  it('survives every truncation', () => {
    const bytes = buildMail({
      client: 'gmail',
      from: 'a@example.org',
      to: 'b@example.org',
      subject: 's',
      date: '2017-03-27T12:41:05Z',
      offsetMinutes: 120,
      body: 'x',
      html: '<p>x</p>',
    });
    for (let n = 0; n < bytes.byteLength; n += 7) {
      const m = parse(bytes.subarray(0, n));
      for (const p of m.parts) expect(p.body.offset + p.body.length).toBeLessThanOrEqual(n);
    }
  });
});

describe('parseParameterised', () => {
  const named = (text: string, name: string): string | undefined => parseParameterised(text).parameters.get(name)?.value;
  it.each([
    ['attachment; filename="a b.pdf"', 'filename', 'a b.pdf'],
    ['attachment; filename=a b.pdf', 'filename', 'a b.pdf'],
    ['attachment; filename="a \\"b\\".pdf"', 'filename', 'a "b".pdf'],
    ['attachment; filename="C:\\docs\\a.pdf"', 'filename', 'C:\\docs\\a.pdf'],
    ["attachment; filename*=utf-8'fr'%C3%A9t%C3%A9.pdf", 'filename', 'été.pdf'],
    ["attachment; filename*0*=utf-8''%C3%A9; filename*1=t; filename*2*=%C3%A9.pdf", 'filename', 'été.pdf'],
    ["attachment; filename=plain.pdf; filename*=utf-8''%C3%A9.pdf", 'filename', 'é.pdf'],
    ['text/plain; charset=utf-8 (comment); format=flowed', 'format', 'flowed'],
    ['text/plain; charset=utf-8 (comment)', 'charset', 'utf-8'],
    ['text/plain charset=utf-8', 'charset', 'utf-8'],
    ['multipart/alternative;; boundary="foo"', 'boundary', 'foo'],
    ['a/b; x=1; x=2', 'x', '1'],
  ])('%s', (text, name, expected) => expect(named(text, name)).toBe(expected));
});
