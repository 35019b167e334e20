import { describe, expect, it } from 'vitest';
import { pdf } from '../../src/formats/pdf.ts';
import { buildPdf, linearizedLike } from '../support/build-pdf.ts';
import { appendRevision, type PdfUpdate } from '../support/build-pdf-update.ts';
import { xmpPacket } from '../support/build-xmp.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';
import { keepsZone } from '../support/zone.ts';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const INFO = {
  Author: 'Anne Example',
  Title: 'Бюджет',
  Creator: 'Writer',
  Producer: 'Example 1.0',
  CreationDate: "D:20170327124105+02'00'",
  ModDate: 'D:20170328090000',
};
const XMP = xmpPacket({
  'xmp:CreateDate': '2017-03-27T12:41:05+02:00',
  'xmp:CreatorTool': 'Writer',
  'pdf:Producer': 'Example 1.0',
  'xmpMM:DocumentID': 'uuid:b3731086-cb9c-11f0-0000-d82b517c3e1c',
});
const CONTRACT = 'Contract\nThe buyer pays\nEUR 12,000\nSigned';
const changes = async (file: Uint8Array) =>
  (await readAll(pdf, file)).claims.filter((c) => c.attribute === 'mark.revision-change').map((c) => [c.field, c.value, c.raw]);
const update = (u: PdfUpdate, options: Parameters<typeof buildPdf>[0] = {}) =>
  appendRevision(buildPdf({ info: INFO, pages: [CONTRACT, 'Annex'], ...options }), u);

keepsZone();

describe('what a PDF says of itself', () => {
  it.each(['table', 'stream'] as const)('reads its information dictionary, by %s', async (xref) => {
    const { claims, problems } = await readAll(pdf, buildPdf({ info: INFO, xref, id: ['AB01', 'AB02'], lang: 'fr-FR' }));
    expect(problems).toEqual([]);
    expect(claims.map((c) => [c.attribute, c.field, c.raw, c.value])).toEqual([
      ['type.version', 'header', '%PDF-1.7', '1.7'],
      ['party.author', 'Info/Author', 'Anne Example', 'Anne Example'],
      ['name.title', 'Info/Title', 'Бюджет', 'Бюджет'],
      ['tool.application', 'Info/Creator', 'Writer', 'Writer'],
      ['tool.producer', 'Info/Producer', 'Example 1.0', 'Example 1.0'],
      [
        'time.created',
        'Info/CreationDate',
        "D:20170327124105+02'00'",
        { kind: 'instant', epochMs: Date.UTC(2017, 2, 27, 10, 41, 5), offsetMinutes: 120, precisionMs: 1000 },
      ],
      ['time.modified', 'Info/ModDate', 'D:20170328090000', { kind: 'wall', local: '2017-03-28T09:00:00', precisionMs: 1000 }],
      ['id.document', 'ID/0', 'ab01', 'ab01'],
      ['id.instance', 'ID/1', 'ab02', 'ab02'],
      ['locale.text', 'Lang', 'fr-FR', 'fr-FR'],
    ]);
    expect(claims[1]?.locator).toEqual({ in: 'pdf', revision: 1, object: 3, generation: 0, key: 'Info/Author' });
    expect(claims[7]?.locator).toEqual({ in: 'pdf', revision: 1, object: 0, generation: 0, key: 'ID/0' });
  });

  it.each(['UTC', 'Asia/Kolkata', 'America/St_Johns'])('keeps a date without a zone zone-less, under TZ=%s', async (zone) => {
    process.env['TZ'] = zone;
    expect((await readAll(pdf, buildPdf({ info: { ModDate: 'D:20170328090000' } }))).values('time.modified')).toEqual([
      { kind: 'wall', local: '2017-03-28T09:00:00', precisionMs: 1000 },
    ]);
  });

  it('keeps a date it cannot understand, and passes over an empty author', async () => {
    const { claims } = await readAll(pdf, buildPdf({ info: { Author: '', CreationDate: 'yesterday' } }));
    expect(claims.map((c) => [c.field, c.raw, c.value])).toEqual([
      ['header', '%PDF-1.7', '1.7'],
      ['Info/CreationDate', 'yesterday', null],
    ]);
  });

  it('reads its packet beside it, and the time hidden in an identifier of Ghostscript', async () => {
    const { claims } = await readAll(pdf, buildPdf({ info: { CreationDate: 'D:20120504120000Z' }, xmp: XMP }));
    expect(claims.filter((c) => c.attribute === 'time.created').map((c) => [c.field, c.raw])).toEqual([
      ['Info/CreationDate', 'D:20120504120000Z'],
      ['xmp:CreateDate', '2017-03-27T12:41:05+02:00'],
    ]);
    expect(claims.find((c) => c.attribute === 'time.hidden')).toMatchObject({
      basis: 'observed',
      field: 'Ghostscript DocumentID',
      raw: 'uuid:b3731086-cb9c-11f0-0000-d82b517c3e1c',
      locator: { in: 'xml', part: 'xmp' },
      value: { kind: 'instant', epochMs: Date.UTC(2015, 10, 25, 14, 23, 52) },
    });
  });

  it('says where it cut', async () => {
    const { claims, problems } = await readAll(pdf, buildPdf({ info: { Title: 'x'.repeat(3000) } }));
    expect(claims.find((c) => c.attribute === 'name.title')?.raw.length).toBe(1024);
    expect(problems).toEqual([{ code: 'limit-exceeded', message: 'Info/Title: 3000 characters, the first 1024 kept as raw' }]);
  });

  it('knows the marks of writers', async () => {
    const qpdf = await readAll(pdf, buildPdf({ binaryComment: '\xbf\xf7\xa2\xfe' }));
    const office = await readAll(pdf, buildPdf({ trailer: '/DocChecksum /0123456789ABCDEF' }));
    const exiftool = await readAll(pdf, update({ info: { Title: 'x' }, exiftool: true }));
    expect([qpdf, office, exiftool].map((r) => [r.values('tool.container'), r.values('tool.toolkit')])).toEqual([
      [['qpdf'], []],
      [['libreoffice'], []],
      [[], ['ExifTool update marker']],
    ]);
    expect((await readAll(pdf, update({ info: { Title: 'x' } }))).values('tool.toolkit')).toEqual([]);
  });

  it('extracts no text where there is nothing to compare', async () => {
    const read = await readAll(pdf, buildPdf({ pages: [CONTRACT] }));
    expect(read.passages).toEqual([]);
    expect(read.values('content.text')).toEqual([]);
  });
});

describe('revisions', () => {
  it('quotes what was replaced on a page', async () => {
    expect(await changes(update({ replacePage: { page: 1, text: CONTRACT.replace('12', '92') } }))).toEqual([
      ['revision 2', 'content', "page 1: 'EUR 12,000' -> 'EUR 92,000'"],
    ]);
  });

  it('calls the gravest of several changes, and names all', async () => {
    const file = update({
      info: { Title: 'x' },
      annotate: { page: 2, text: 'see above' },
      replacePage: { page: 1, text: CONTRACT.replace('12', '92') },
    });
    expect(await changes(file)).toEqual([['revision 2', 'content', "page 1: 'EUR 12,000' -> 'EUR 92,000'; Text on page 2 'see above'; Info"]]);
  });

  it.each<[string, PdfUpdate, string, string]>([
    ['metadata', { info: { ...INFO, Title: 'x' } }, 'metadata', 'Info'],
    ['a packet', { xmp: xmpPacket({ 'xmp:CreatorTool': 'x' }) }, 'metadata', 'XMP'],
    ['a note', { annotate: { page: 2, text: 'see above' } }, 'annotation', "Text on page 2 'see above'"],
    ['a filled form', { fill: { amount: '92' } }, 'form', "field 'amount': '12' -> '92'"],
    ['a signature', { sign: 'Sig1' }, 'signature', "signature 'Sig1'"],
    ['the same page written again', { replacePage: { page: 1, text: CONTRACT } }, 'structure', 'the same objects written again'],
  ])('honest twin: %s is no change of content', async (_, u, kind, summary) => {
    expect(await changes(update(u, { xmp: XMP, fields: { amount: '12' } }))).toEqual([['revision 2', kind, summary]]);
  });

  it.each([
    ['plain', buildPdf({ info: INFO })],
    ['linearised', linearizedLike({ info: INFO })],
    ['packed', buildPdf({ xref: 'stream' })],
  ])('honest twin: a %s file has none', async (_, file) => {
    expect(await changes(file)).toEqual([]);
  });

  it('counts them, each with its bytes', async () => {
    const second = update({ info: { ...INFO, Author: 'Bert Example' } });
    const third = appendRevision(second, { replacePage: { page: 2, text: 'Annex B' } });
    const { claims } = await readAll(pdf, third);
    expect(claims.filter((c) => c.attribute === 'mark.revision-change').map((c) => [c.value, c.locator])).toEqual([
      [
        'metadata',
        {
          in: 'bytes',
          offset: buildPdf({ info: INFO, pages: [CONTRACT, 'Annex'] }).length,
          length: second.length - buildPdf({ info: INFO, pages: [CONTRACT, 'Annex'] }).length,
        },
      ],
      ['content', { in: 'bytes', offset: second.length, length: third.length - second.length }],
    ]);
  });

  it('tells what older revisions said where that differs, the newest first', async () => {
    const { claims } = await readAll(pdf, update({ info: { ...INFO, Author: 'Bert Example' }, id: 'ab03' }, { id: ['ab01', 'ab02'] }));
    const told = claims.filter((c) => c.attribute === 'party.author' || c.attribute === 'id.instance' || c.attribute === 'id.document');
    expect(told.map((c) => [c.value, c.locator.in === 'pdf' && c.locator.revision])).toEqual([
      ['Bert Example', 2],
      ['ab01', 2],
      ['ab03', 2],
      ['Anne Example', 1],
      ['ab02', 1],
    ]);
    expect(claims.filter((c) => c.attribute === 'tool.producer').length).toBe(1);
  });

  it('keeps what ExifTool deleted', async () => {
    const { claims } = await readAll(pdf, update({ info: {}, xmp: xmpPacket({}) }, { xmp: XMP }));
    expect(claims.filter((c) => c.attribute === 'time.created').map((c) => [c.field, c.raw, c.locator])).toEqual([
      ['Info/CreationDate', "D:20170327124105+02'00'", { in: 'pdf', revision: 1, object: 3, generation: 0, key: 'Info/CreationDate' }],
      ['xmp:CreateDate', '2017-03-27T12:41:05+02:00', { in: 'xml', part: 'xmp@1', element: 'rdf:Description', attribute: 'xmp:CreateDate', nth: 0 }],
    ]);
  });

  it('leaves the pages at rest, older ones where they differ', async () => {
    const read = await readAll(pdf, update({ replacePage: { page: 1, text: CONTRACT.replace('12', '92') } }));
    const { passages } = read;
    expect(passages.map((p) => [p.role, p.label, p.revision, p.text])).toEqual([
      ['page', 'page 1', undefined, CONTRACT.replace('12', '92')],
      ['page', 'page 2', undefined, 'Annex'],
      ['page', 'page 1', 1, CONTRACT],
    ]);
    expect(read.values('content.text').length).toBe(1);
    const file = update({ replacePage: { page: 1, text: CONTRACT.replace('12', '92') } });
    for (const p of passages) expect(await pdf.replay(inputFrom(file), p.address)).toBe(p.text);
  });
});

describe('signatures', () => {
  const signed = update({ sign: 'Sig1' });
  const coverage = async (file: Uint8Array) => (await readAll(pdf, file)).values('mark.signature-coverage');

  it('cover the whole file, or the file up to a later revision', async () => {
    const noted = appendRevision(signed, { annotate: { page: 1, text: 'later' } });
    expect(await coverage(signed)).toEqual(['whole file']);
    expect(await coverage(noted)).toEqual([`up to byte ${signed.length} of ${noted.length}`]);
    expect(await coverage(appendRevision(signed, { sign: 'Sig2' }))).toEqual([
      `up to byte ${signed.length} of ${appendRevision(signed, { sign: 'Sig2' }).length}`,
      'whole file',
    ]);
  });

  it('cover nothing we can name where the gap is wider than the signature', async () => {
    const text = Buffer.from(signed).toString('latin1');
    const range = /\[0 (\d{10}) (\d{10}) (\d{10})\]/.exec(text);
    const wider = `[0 ${String(Number(range?.[1]) - 9).padStart(10, '0')} ${range?.[2] ?? ''} ${range?.[3] ?? ''}]`;
    expect(await coverage(latin1(text.replace(range?.[0] ?? '-', wider)))).toEqual([null]);
  });

  it('of an unsigned file are none', async () => {
    expect(await coverage(buildPdf({ fields: { amount: '12' } }))).toEqual([]);
  });
});

it('replays every claim from its locator', async () => {
  const file = appendRevision(
    update(
      { info: { ...INFO, Author: 'Bert Example' }, sign: 'Sig1', xmp: xmpPacket({ 'xmp:CreatorTool': 'Other' }) },
      { xmp: XMP, id: ['ab01', 'ab02'], lang: 'ru' },
    ),
    { id: 'ab09', info: { Title: 'z' } },
  );
  expect(await unreplayable(pdf, file)).toEqual([]);
  expect(await unreplayable(pdf, Buffer.concat([latin1('junk in front\n'), file]))).toEqual([]);
  expect(await pdf.replay(inputFrom(file), { in: 'pdf', revision: 9, object: 3, generation: 0, key: 'Info/Author' })).toBeNull();
  expect(await pdf.replay(inputFrom(file), { in: 'header', part: '', name: 'Date', nth: 0 })).toBeNull();
});

it('reads nothing enciphered from a file that needs a password, and says so', async () => {
  const encrypt = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'00'.repeat(32)}> /U <${'00'.repeat(32)}> >>`;
  const { claims, problems } = await readAll(pdf, buildPdf({ info: INFO, id: ['ab01', 'ab02'], trailer: encrypt, lang: 'fr' }));
  expect(claims.map((c) => c.field)).toEqual(['header', 'ID/0', 'ID/1']);
  expect(problems).toEqual([{ code: 'encrypted', message: 'opens with a password only: document information and text were not read' }]);
});

it('survives truncation and garbage', async () => {
  const file = Buffer.from(update({ sign: 'Sig1', replacePage: { page: 1, text: 'x' } }, { xmp: XMP }));
  const first = buildPdf({ info: INFO, pages: [CONTRACT, 'Annex'], xmp: XMP }).length;
  for (let cut = 0; cut < file.length - 1; cut += 97) {
    // Between two revisions nothing is missing.
    if (Math.abs(cut - first) < 20) continue;
    expect((await readAll(pdf, file.subarray(0, cut))).problems.length).toBeGreaterThan(0);
  }
  for (let at = 10; at < file.length; at += 41) {
    const changed = Buffer.from(file);
    changed.fill(0x29, at, at + 5);
    expect((await readAll(pdf, changed)).values('type.version')).toEqual(['1.7']);
  }
});
