import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { latestOf, openPdf } from '../../src/structures/pdf/file.ts';
import { catalogOf } from '../../src/structures/pdf/objects.ts';
import { quoteChange } from '../../src/structures/pdf/quote.ts';
import { decodeTextString } from '../../src/structures/pdf/strings.ts';
import { readValue } from '../../src/structures/pdf/syntax.ts';
import { cursorAt } from '../../src/structures/pdf/tokens.ts';
import { isString, type PdfDict, type PdfName, type PdfString, type PdfValue } from '../../src/structures/pdf/values.ts';
import { buildPdf, linearizedLike } from '../support/build-pdf.ts';
import { appendRevision } from '../support/build-pdf-update.ts';
import { inputFrom } from '../support/read.ts';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const value = (text: string): PdfValue => readValue(cursorAt(latin1(text)));
const name = (n: string): PdfName => ({ kind: 'name', name: n });
const string = (s: string): PdfString => ({ kind: 'string', bytes: Uint8Array.from(latin1(s)) });
const open = (pdf: Uint8Array) => openPdf(inputFrom(pdf));
const replaced = (pdf: Uint8Array, from: string, to: string): Buffer => latin1(Buffer.from(pdf).toString('latin1').replace(from, to));

function infoText(pdf: Uint8Array, key: string): string | null {
  const { view } = latestOf(open(pdf));
  const info = view.resolve(view.trailer.get('Info'));
  const v = info instanceof Map ? (info as PdfDict).get(key) : undefined;
  return isString(v) ? decodeTextString(v.bytes) : null;
}

describe('objects', () => {
  it.each<[string, PdfValue]>([
    ['true', true],
    ['null', null],
    ['-.5', -0.5],
    ['+17', 17],
    ['4.', 4],
    ['--5', -5],
    ['12 0 R', { kind: 'ref', object: 12, generation: 0 }],
    ['/A#20B', name('A B')],
    ['(a\\(b\\)\\101\\n(c))', string('a(b)A\n(c)')],
    ['(a\\\r\nb\r\nc)', string('ab\nc')],
    ['<48 6 9 7>', string('Hip')],
    ['[1 2 0 R 3 4]', [1, { kind: 'ref', object: 2, generation: 0 }, 3, 4]],
    ['% note\r\n7', 7],
    [
      '<< /A 1 /B [/C] /A 2 >>',
      new Map<string, PdfValue>([
        ['A', 2],
        ['B', [name('C')]],
      ]),
    ],
    [
      '<< /A 1 7 /B 2 >>',
      new Map<string, PdfValue>([
        ['A', 1],
        ['B', 2],
      ]),
    ],
    ['<< /A [1 2 endobj', new Map<string, PdfValue>([['A', [1, 2]]])],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it('gives up on arrays deeper than any document has, without recursion', () => {
    expect(value('['.repeat(10_000) + ']'.repeat(10_000))).toBeNull();
    expect(value('['.repeat(400) + ']'.repeat(400))).not.toBeNull();
  });
});

it('quotes a change by its lines, or by its words where the line is long', () => {
  expect(quoteChange('To: Bank\nEUR 12,000\nSigned', 'To: Bank\nEUR 92,000\nSigned')).toBe("'EUR 12,000' -> 'EUR 92,000'");
  const long = (sum: string): string => `${'The parties agree on terms. '.repeat(4)}The price is ${sum} in total, ${'payable at once. '.repeat(4)}`;
  expect(quoteChange(long('12,000'), long('92,000'))).toBe("'price is 12,000 in total,' -> 'price is 92,000 in total,'");
});

describe('openPdf', () => {
  const info = { Title: 'Budget', Author: 'Anne Example' };

  it.each([
    ['a table', buildPdf({ info })],
    ['a stream', buildPdf({ info, xref: 'stream' })],
    ['a linearised file', linearizedLike({ info })],
    ['something in front', Buffer.concat([latin1('HTTP/1.1 200 OK\r\n\r\n'), buildPdf({ info })])],
  ])('reads by %s: one revision, no problems', (_, pdf) => {
    const opened = open(pdf);
    expect(opened.problems).toEqual([]);
    expect(opened.revisions.length).toBe(1);
    expect(infoText(pdf, 'Title')).toBe('Budget');
    expect(latestOf(opened).end).toBe(opened.source.bytes.size);
  });

  it('knows each update for a revision, with its bytes', () => {
    const first = buildPdf({ info });
    const second = appendRevision(first, { info: { Title: 'Changed' } });
    const third = appendRevision(second, { info: { Title: 'Again' } });
    const opened = open(third);
    expect(opened.revisions.map((r) => [r.number, r.start, r.end, r.changed])).toEqual([
      [1, 0, first.length, []],
      [2, first.length, second.length, [3]],
      [3, second.length, third.length, [3]],
    ]);
    expect(infoText(third, 'Title')).toBe('Again');
  });

  it('takes an update of a linearised file for one revision more, not two', () => {
    const pdf = appendRevision(linearizedLike({ info }), { info: { Title: 'Changed' } });
    expect(open(pdf).revisions.map((r) => r.changed)).toEqual([[], [3]]);
  });

  it('takes the empty second section that Word ends its files with for the same save', () => {
    const first = Buffer.from(buildPdf({ info })).toString('latin1');
    const at = Number(/startxref\n(\d+)/.exec(first)?.[1]);
    const size = /\/Size (\d+)/.exec(first)?.[1] ?? '';
    const hidden = `20 0 obj\n<< /Type /XRef /W [1 2 1] /Index [3 1] /Size ${size} /Length 4 >>\nstream\n\u0001\u0000\u00ff\u0000\nendstream\nendobj\n`;
    const body = first.slice(0, at) + hidden + first.slice(at).replace(`startxref\n${at}`, `startxref\n${at + hidden.length}`);
    const word = `${body}xref\n0 0\ntrailer\n<< /Size ${size} /Root 1 0 R /Info 3 0 R /Prev ${at + hidden.length} /XRefStm ${at} >>\nstartxref\n${body.length}\n%%EOF\n`;
    expect(open(latin1(word)).revisions.length).toBe(1);
    expect(infoText(latin1(word), 'Title')).toBe('Budget');
  });

  it('finds objects by scanning where the cross-reference section is missing or wrong', () => {
    const pdf = buildPdf({ info });
    const cut = pdf.subarray(0, Buffer.from(pdf).lastIndexOf('xref\n0'));
    expect(open(cut).problems.map((p) => p.code)).toEqual(['truncated']);
    expect(catalogOf(latestOf(open(cut)).view)?.get('Type')).toEqual(name('Catalog'));
    const shifted = replaced(pdf, 'startxref\n', 'startxref\n9');
    expect(open(shifted).problems.map((p) => p.code)).toEqual(['malformed']);
    expect(infoText(shifted, 'Title')).toBe('Budget');
  });

  it('finds packed objects by scanning, too', () => {
    const pdf = replaced(buildPdf({ info, xref: 'stream' }), 'startxref\n', 'startxref\n9');
    expect(open(pdf).problems.map((p) => p.code)).toEqual(['malformed']);
    expect(infoText(pdf, 'Author')).toBe('Anne Example');
  });

  it('says so where bytes behind the last revision look like another', () => {
    const second = appendRevision(buildPdf({ info }), { info: { Title: 'Changed' } });
    const first = buildPdf({ info });
    const rolledBack = latin1(
      `${Buffer.from(second).toString('latin1')}startxref\n${/startxref\n(\d+)/.exec(Buffer.from(first).toString('latin1'))?.[1] ?? ''}\n%%EOF\n`,
    );
    expect(infoText(rolledBack, 'Title')).toBe('Budget');
    expect(open(rolledBack).problems.map((p) => p.message)).toEqual([
      `bytes ${first.length} to ${rolledBack.length} look like a revision and belong to none`,
    ]);
  });
});

describe('hostile files', () => {
  const trailerOf = (pdf: Uint8Array, extra: string): Buffer => replaced(pdf, 'trailer\n<<', `trailer\n<< ${extra}`);

  it('ends on cross-reference sections that refer to each other in a circle', () => {
    const pdf = buildPdf({});
    const at = /startxref\n(\d+)/.exec(Buffer.from(pdf).toString('latin1'))?.[1] ?? '';
    expect(open(trailerOf(pdf, `/Prev ${at}`)).problems).toEqual([
      { code: 'malformed', message: 'cross-reference sections refer to each other in a circle' },
    ]);
  });

  it('survives a length that is its own stream, a page tree that is its own kid, and a root that is a loop of references', () => {
    const loops = latin1(
      '%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields 2 0 R >> >>\nendobj\n2 0 obj\n<< /Kids [2 0 R 3 0 R] >>\nendobj\n' +
        '3 0 obj\n<< /Length 3 0 R /Contents 3 0 R >>\nstream\nBT (x) Tj ET\nendstream\nendobj\n4 0 obj\n5 0 R\nendobj\n5 0 obj\n4 0 R\nendobj\ntrailer\n<< /Root 1 0 R /Info 4 0 R >>\n',
    );
    const opened = open(loops);
    expect(opened.problems.map((p) => p.code)).toEqual(['truncated']);
    expect(latestOf(opened).view.resolve({ kind: 'ref', object: 4, generation: 0 })).toBeNull();
  });

  it('does not unpack a cross-reference stream made to fill memory', () => {
    const bomb = deflateSync(Buffer.alloc(40_000_000));
    const pdf = latin1(
      `%PDF-1.5\n1 0 obj\n<< /Type /XRef /W [1 2 1] /Size 9 /Root 2 0 R /Filter /FlateDecode /Length ${bomb.length} >>\nstream\n${bomb.toString('latin1')}\nendstream\nendobj\nstartxref\n9\n%%EOF\n`,
    );
    const opened = openPdf(inputFrom(pdf, { expansionFloorBytes: 1_000_000 }));
    expect(opened.problems.length).toBeGreaterThan(0);
  });

  it('takes a count of a thousand million objects for what it is', () => {
    const pdf = replaced(buildPdf({ info: { Title: 'Budget' } }), 'xref\n0 ', 'xref\n0 100000000');
    expect(infoText(pdf, 'Title')).toBe('Budget');
    expect([...(open(appendRevision(pdf, { info: { Title: 'x' } })).revisions[1]?.changed ?? [])]).toEqual([3]);
  });

  it('opens every beginning of a file, and every file with one byte changed, without throwing', () => {
    const pdf = Buffer.from(appendRevision(buildPdf({ info: { Title: 'x' }, xref: 'table' }), { replacePage: { page: 1, text: 'y' } }));
    for (let cut = 0; cut < pdf.length; cut += 7) expect(open(pdf.subarray(0, cut)).revisions.length).toBeGreaterThan(0);
    for (let at = 0; at < pdf.length; at += 3) {
      const changed = Buffer.from(pdf);
      changed[at] = (changed[at] ?? 0) ^ 0x15;
      expect(open(changed).revisions.length).toBeGreaterThan(0);
    }
  });
});
