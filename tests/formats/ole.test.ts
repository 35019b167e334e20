import { describe, expect, it } from 'vitest';
import { ole } from '../../src/formats/ole.ts';
import { buildCfb, buildPropertySet, propertyStreams } from '../support/build-cfb.ts';
import { buildDoc, buildXls, type XlsSpec } from '../support/build-ole.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const budget: XlsSpec = {
  codePage: 1251,
  title: 'Бюджет',
  author: 'A. Martin',
  lastAuthor: 'Иванов И.',
  created: '2015-03-04T10:00:00Z',
  modified: '2017-03-27T10:41:05.123Z',
  printed: '2016-01-01T00:00:00Z',
  revision: 7,
  editingMinutes: 95,
  application: 'Microsoft Excel',
  template: 'C:\\Users\\ivanov\\Budget.xlt',
  pages: 2,
  words: 140,
  company: 'Ромашка',
  manager: 'B. Petit',
  version: [11, 9999],
  headingPairs: [['Листы', 2]],
  titles: ['Feuil1', 'Budget'],
  rootModified: '2017-03-27T10:41:06Z',
  userType: 'Лист Microsoft Excel',
  country: [7, 7],
  sheets: {
    Feuil1: [
      ['Итого', 12, 0.1, true],
      [null, { formula: 92_000 }, { formula: 'да' }, { error: 0x2a }],
    ],
    Budget: [['  two   words ', -3]],
  },
};
const instant = (iso: string): unknown => ({ kind: 'instant', epochMs: Date.parse(iso), offsetMinutes: 0, precisionMs: 1 });

describe('an xls', () => {
  it('says who, when, with what and where', async () => {
    const { claims, problems } = await readAll(ole, buildXls(budget));
    expect(problems).toEqual([]);
    expect(claims.filter((c) => c.basis === 'asserted').map((c) => [c.attribute, c.field, c.raw, c.value])).toEqual([
      ['name.title', 'PIDSI_TITLE', 'Бюджет', 'Бюджет'],
      ['party.author', 'PIDSI_AUTHOR', 'A. Martin', 'A. Martin'],
      ['party.last-author', 'PIDSI_LASTAUTHOR', 'Иванов И.', 'Иванов И.'],
      ['time.created', 'PIDSI_CREATE_DTM', '130699368000000000', instant('2015-03-04T10:00:00Z')],
      ['time.modified', 'PIDSI_LASTSAVE_DTM', '131350848651230000', instant('2017-03-27T10:41:05.123Z')],
      ['time.printed', 'PIDSI_LASTPRINTED', '130960800000000000', instant('2016-01-01T00:00:00Z')],
      ['count.revision', 'PIDSI_REVNUMBER', '7', 7],
      ['count.editing-minutes', 'PIDSI_EDITTIME', '57000000000', 95],
      ['tool.application', 'PIDSI_APPNAME', 'Microsoft Excel', 'Microsoft Excel'],
      ['machine.path', 'PIDSI_TEMPLATE', 'C:\\Users\\ivanov\\Budget.xlt', 'C:\\Users\\ivanov\\Budget.xlt'],
      ['count.pages', 'PIDSI_PAGECOUNT', '2', 2],
      ['count.words', 'PIDSI_WORDCOUNT', '140', 140],
      ['locale.codepage', 'CODEPAGE', '1251', 1251],
      ['party.company', 'PIDDSI_COMPANY', 'Ромашка', 'Ромашка'],
      ['party.manager', 'PIDDSI_MANAGER', 'B. Petit', 'B. Petit'],
      ['tool.version', 'PIDDSI_VERSION', '730895', '11.9999'],
      ['locale.saved', 'PIDDSI_HEADINGPAIR', 'Листы, 2', 'ru'],
      ['locale.created', 'PIDDSI_DOCPARTS', 'Feuil1, Budget', 'fr'],
      ['locale.codepage', 'CODEPAGE', '1251', 1251],
      ['time.directory', 'Root Entry Modified Time', '004d53a3e6a6d201', instant('2017-03-27T10:41:06Z')],
      ['tool.object-type', 'AnsiUserType', 'Лист Microsoft Excel', 'Лист Microsoft Excel'],
      ['locale.saved', 'COUNTRY record', '7, 7', 'ru'],
    ]);
  });

  it('gives every raw value back from its locator', async () => {
    expect(await unreplayable(ole, buildXls({ ...budget, writeAccess: 'user' }))).toEqual([]);
    expect(await unreplayable(ole, buildXls({ sheets: {}, codePage: 1252, writeAccess: 'Иванов' }))).toEqual([]);
  });

  it('replays nothing where nothing stands', () => {
    const input = inputFrom(buildXls(budget));
    expect(ole.replay(input, { in: 'property', stream: '\u0005SummaryInformation', section: 0, id: 99 })).toBeNull();
    expect(ole.replay(input, { in: 'property', stream: 'Nothing', section: 0, id: 4 })).toBeNull();
    expect(ole.replay(input, { in: 'bytes', offset: 1e9, length: 8 })).toBeNull();
    expect(ole.replay(input, { in: 'header', part: '', name: 'Date', nth: 0 })).toBeNull();
  });

  it('has its cells as passages', async () => {
    const { passages } = await readAll(ole, buildXls(budget));
    expect(passages.map((p) => [p.label, p.text])).toEqual([
      ['Feuil1!A1', 'Итого'],
      ['Feuil1!B1', '12'],
      ['Feuil1!C1', '0.1'],
      ['Feuil1!D1', '1'],
      ['Feuil1!B2', '92000'],
      ['Feuil1!C2', 'да'],
      ['Feuil1!D2', '#N/A'],
      ['Budget!A1', 'two words'],
      ['Budget!B1', '-3'],
    ]);
    expect(new Set(passages.map((p) => p.role))).toEqual(new Set(['cell']));
  });

  it('has the same text when another person saves it, and another when a number changes', async () => {
    const text = async (spec: XlsSpec): Promise<unknown> => (await readAll(ole, buildXls(spec))).values('content.text')[0];
    const first = await text(budget);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(
      await text({ ...budget, lastAuthor: 'C. Blanc', codePage: 1252, title: 'Budget', company: '', headingPairs: [], titles: [], userType: 'x' }),
    ).toBe(first);
    expect(await text({ ...budget, sheets: { ...budget.sheets, Budget: [['two words', -4]] } })).not.toBe(first);
  });

  it('reads shared strings across records', async () => {
    const long = (n: number, c: string): string =>
      Array.from({ length: n }, (_, i) => (i % 50 === 49 ? ' ' : c))
        .join('')
        .trim();
    const cells = [long(9000, 'a'), long(5000, 'Ж'), 'plain', long(20_000, 'é'), 'Конец'];
    const { passages } = await readAll(ole, buildXls({ sheets: { S: [cells] } }));
    expect(passages.map((p) => p.text)).toEqual(cells);
  });

  it('gives numbers the shortest text that means them', async () => {
    const numbers = [1234, 12.34, 1e21, -0.5, 2 ** 40, 0.1 + 0.2, 43_000];
    const { passages } = await readAll(ole, buildXls({ sheets: { S: [numbers] } }));
    expect(passages.map((p) => p.text)).toEqual(['1234', '12.34', '1e+21', '-0.5', '1099511627776', '0.30000000000000004', '43000']);
  });

  it('names the columns beyond Z', async () => {
    const { passages } = await readAll(ole, buildXls({ sheets: { S: [Array.from({ length: 60 }, (_, i) => i)] } }));
    expect([0, 25, 26, 51, 52].map((i) => passages[i]?.label)).toEqual(['S!A1', 'S!Z1', 'S!AA1', 'S!AZ1', 'S!BA1']);
  });

  it('takes the user of WRITEACCESS only where nothing else names one, and never LibreOffice for a person', async () => {
    const names = async (spec: Partial<XlsSpec>): Promise<unknown[]> =>
      (await readAll(ole, buildXls({ sheets: {}, ...spec }))).values('party.last-author');
    expect(await names({ lastAuthor: 'A. Martin', writeAccess: 'Иванов' })).toEqual(['A. Martin']);
    expect(await names({ writeAccess: 'Иванов' })).toEqual(['Иванов']);
    expect(await names({ writeAccess: 'Calc' })).toEqual([]);
  });

  it('says when it is encrypted, and no cells', async () => {
    const { passages, problems, ...read } = await readAll(ole, buildXls({ ...budget, encrypted: true }));
    expect(problems).toEqual([{ code: 'encrypted', message: 'the text is encrypted (XOR obfuscation); only what stands outside of it was read' }]);
    expect(passages).toEqual([]);
    expect(read.values('content.text')).toEqual([]);
    expect(read.values('party.last-author')).toEqual(['Иванов И.']);
  });

  it('stops at the budget for text', async () => {
    const { passages, problems, ...read } = await readAll(ole, buildXls(budget), { maxTextBytes: 40 });
    expect(passages.map((p) => p.label)).toEqual(['Feuil1!A1', 'Feuil1!B1']);
    expect(problems.map((p) => p.code)).toEqual(['limit-exceeded']);
    expect(read.values('content.text')).toEqual([]);
  });
});

describe('what is not there', () => {
  it('makes no claim: empty names, times of 0, a template without a folder', async () => {
    const { claims } = await readAll(ole, buildXls({ sheets: {}, lastAuthor: '', created: 0n, template: 'Normal.dot' }));
    expect(claims.map((c) => c.attribute)).toEqual(['locale.codepage', 'locale.codepage']);
  });

  it('keeps what cannot be understood, without a value', async () => {
    const { claims } = await readAll(
      ole,
      buildXls({ sheets: {}, lastAuthor: ' ', created: 0x7fff_ffff_ffff_ffffn, modified: '1601-01-01T05:00:00Z', country: [41, 41] }),
    );
    expect(claims.filter((c) => c.value === null).map((c) => [c.attribute, c.raw])).toEqual([
      ['party.last-author', ' '],
      ['time.created', '9223372036854775807'],
      ['time.modified', '180000000000'],
      ['locale.saved', '41, 41'],
    ]);
  });

  it('reads the code page 65001 of LibreOffice from its signed number', async () => {
    const { claims } = await readAll(ole, buildXls({ sheets: {}, codePage: 65001 }));
    expect(claims.map((c) => [c.raw, c.value])).toEqual([
      ['-535', 65001],
      ['-535', 65001],
    ]);
  });
});

describe('a doc', () => {
  const memo = {
    paragraphs: ['Café  au lait', 'Записка', '', 'a\tb', 'cell\u0007', 'see \u0013HYPERLINK "x"\u0014the site\u0015 now'],
    author: 'A. Martin',
    rootModified: '2015-03-04T10:00:00Z',
  };

  it('has its paragraphs as passages, without the instructions of fields', async () => {
    const file = buildDoc(memo);
    const { passages, problems } = await readAll(ole, file);
    expect(problems).toEqual([]);
    expect(passages.map((p) => [p.label, p.text])).toEqual([
      ['paragraph 1', 'Café au lait'],
      ['paragraph 2', 'Записка'],
      ['paragraph 3', 'a b'],
      ['paragraph 4', 'cell'],
      ['paragraph 5', 'see the site now'],
    ]);
    const { address } = passages[0] ?? {};
    if (address?.in !== 'bytes') throw new Error('no address');
    expect(Buffer.from(file).toString('latin1', address.offset, address.offset + address.length)).toBe('Café  au lait\r');
    expect(await unreplayable(ole, file)).toEqual([]);
  });

  it('keeps its times in minutes, where they are whole ones', async () => {
    const { claims } = await readAll(ole, buildDoc({ ...memo, created: '2015-03-04T10:00:00Z', modified: '2015-03-04T10:00:07Z' }));
    const precision = (a: string): unknown => (claims.find((c) => c.attribute === a)?.value as { precisionMs: number }).precisionMs;
    expect([precision('time.created'), precision('time.modified'), precision('time.directory')]).toEqual([60_000, 1, 1]);
  });

  it('says when it is encrypted', async () => {
    const { passages, problems } = await readAll(ole, buildDoc({ ...memo, encrypted: true }));
    expect(problems.map((p) => p.code)).toEqual(['encrypted']);
    expect(passages).toEqual([]);
  });
});

describe('files of before 1997', () => {
  it('Word 6 has its text in one piece and in the code page of its properties', async () => {
    const word = Buffer.alloc(0x300 + 8);
    word.writeUInt16LE(0xa5dc, 0);
    word.writeUInt32LE(0x300, 0x18);
    word.writeUInt32LE(8, 0x34);
    word.set([0xd2, 0xe5, 0xea, 0xf1, 0xf2, 0x0d, 0x62, 0x0d], 0x300);
    const { passages } = await readAll(ole, buildCfb({ streams: { WordDocument: word, ...propertyStreams({ codePage: 1251 }) } }));
    expect(passages.map((p) => [p.label, p.text, p.address])).toMatchObject([
      ['paragraph 1', 'Текст', { in: 'bytes', length: 6 }],
      ['paragraph 2', 'b', { in: 'bytes', length: 2 }],
    ]);
  });

  it('Excel 5 has strings in its own code page', async () => {
    const record = (type: number, ...body: number[]): number[] => [type & 0xff, type >> 8, body.length, 0, ...body];
    const globals = [...record(0x809, 0, 5, 5, 0), ...record(0x42, 0xe3, 0x04)];
    const name = [0xcb, 0x31];
    const at = globals.length + 4 + 7 + name.length + 4;
    const sheet = [...record(0x809, 0, 5, 0x10, 0), ...record(0x204, 2, 0, 1, 0, 15, 0, 2, 0, 0xe4, 0xe0), ...record(0x0a)];
    const book = Uint8Array.from([...globals, ...record(0x85, at, 0, 0, 0, 0, 0, name.length, ...name), ...record(0x0a), ...sheet]);
    const { claims, passages } = await readAll(ole, buildCfb({ streams: { Book: book } }));
    expect(claims.filter((c) => c.basis === 'asserted').map((c) => [c.attribute, c.raw, c.value])).toEqual([['locale.codepage', '1251', 1251]]);
    expect(passages.map((p) => [p.label, p.text])).toEqual([['Л1!B3', 'да']]);
  });
});

describe('files that are enciphered as a whole', () => {
  it.each(['EncryptedSummary'])('by a stream %s say so', async (name) => {
    expect((await readAll(ole, buildCfb({ streams: { [name]: new Uint8Array(9) } }))).problems.map((p) => p.code)).toEqual(['encrypted']);
    expect((await readAll(ole, buildCfb({ streams: { Other: new Uint8Array(9) } }))).problems).toEqual([]);
  });

  it('by the token of a presentation say so', async () => {
    const user = Buffer.alloc(28);
    user.writeUInt32LE(0xf3d1c4df, 12);
    const plain = Buffer.alloc(28);
    plain.writeUInt32LE(0xe391c05f, 12);
    expect((await readAll(ole, buildCfb({ streams: { 'Current User': user } }))).problems.map((p) => p.code)).toEqual(['encrypted']);
    expect((await readAll(ole, buildCfb({ streams: { 'Current User': plain } }))).problems).toEqual([]);
  });
});

describe('hostile files', () => {
  it('with a name longer than the limit are cut, and say so', async () => {
    const { claims, problems } = await readAll(ole, buildXls({ sheets: {}, author: 'x'.repeat(5000) }));
    expect(claims.find((c) => c.attribute === 'party.author')?.raw.length).toBe(1024);
    expect(problems.map((p) => p.message)).toEqual(['PIDSI_AUTHOR is longer than 1024 characters; its beginning was kept']);
    expect(await unreplayable(ole, buildXls({ sheets: {}, author: 'x'.repeat(5000) }))).toEqual([]);
  });

  it('whose pieces all point at one long text stop where the stream would', async () => {
    const count = 5000;
    const clx = Buffer.alloc(5 + 4 + count * 12);
    clx[0] = 2;
    clx.writeUInt32LE(4 + count * 12, 1);
    for (let i = 1; i <= count; i++) clx.writeUInt32LE(i * 100_000, 5 + i * 4);
    for (let i = 0; i < count; i++) clx.writeUInt32LE((0x400 * 2) | 0x4000_0000, 5 + (count + 1) * 4 + i * 8 + 2);
    // One paragraph of spaces, which costs no budget for text.
    const word = Buffer.alloc(200_000, 0x20).fill(0, 0, 0x400);
    word.writeUInt16LE(0xa5ec, 0);
    word.writeUInt32LE(0xffff_ffff, 0x4c);
    word.writeUInt32LE(clx.byteLength, 0x1a6);
    const began = performance.now();
    const { passages } = await readAll(ole, buildCfb({ streams: { WordDocument: word, '0Table': clx } }));
    expect(passages).toEqual([]);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('without a format of their own are read for their properties', async () => {
    const { problems, ...read } = await readAll(
      ole,
      buildCfb({ streams: { Contents: new Uint8Array(9), ...propertyStreams({ author: 'A. Martin' }) } }),
    );
    expect(read.values('party.author')).toEqual(['A. Martin']);
    expect(problems).toEqual([]);
  });

  it('with a section of a format nobody knows make no claims', async () => {
    const { claims } = await readAll(
      ole,
      buildCfb({
        streams: { '\u0005SummaryInformation': buildPropertySet([{ format: 'user-defined', codePage: 1252, properties: { 4: { lpstr: 'x' } } }]) },
      }),
    );
    expect(claims).toEqual([]);
  });

  it('cut at any place or changed at any place are survived, and a cut is never silent', async () => {
    for (const file of [buildXls(budget), buildDoc({ paragraphs: ['Записка', 'two'], author: 'x' })]) {
      for (let n = 0; n < file.byteLength; n += 211) expect((await readAll(ole, file.slice(0, n))).problems.length, `cut at ${n}`).toBeGreaterThan(0);
      for (let i = 0; i < file.byteLength; i += 53) {
        const bad = Buffer.from(file);
        bad[i] = 0xff - (bad[i] ?? 0);
        for (const c of (await readAll(ole, bad)).claims) expect(c.raw.length).toBeLessThanOrEqual(1024);
      }
    }
  });
});
