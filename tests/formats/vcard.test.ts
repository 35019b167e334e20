import { expect, it } from 'vitest';
import { vcard } from '../../src/formats/vcard.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildVcard } from '../support/build-content-lines.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const claire = {
  PRODID: '-//Apple Inc.//macOS//EN',
  FN: 'Claire Moreau',
  UID: 'urn:uuid:1',
  REV: '2017-03-27T12:41:05Z',
  'item1.EMAIL;TYPE=work': 'claire@campagne.example',
  NOTE: 'une, deux\ntrois',
} as const;
const stated = async (bytes: Uint8Array): Promise<unknown[]> =>
  (await readAll(vcard, bytes)).claims.filter((c) => c.basis === 'asserted').map((c) => [c.attribute, c.raw, c.value]);

it('reads who made the card and when, and keeps what it says of a person as text', async () => {
  const bytes = buildVcard(claire);
  expect(recognise(inputFrom(bytes)).mediaType).toBe('text/vcard');
  expect(await stated(bytes)).toEqual([
    ['type.version', 'VERSION:3.0', '3.0'],
    ['tool.producer', 'PRODID:-//Apple Inc.//macOS//EN', '-//Apple Inc.//macOS//EN'],
    ['name.title', 'FN:Claire Moreau', 'Claire Moreau'],
    ['id.document', 'UID:urn:uuid:1', 'urn:uuid:1'],
    ['time.modified', 'REV:2017-03-27T12:41:05Z', { kind: 'instant', epochMs: 1_490_618_465_000, offsetMinutes: 0, precisionMs: 1000 }],
  ]);
  expect((await readAll(vcard, bytes)).passages.map((p) => [p.label, p.text])).toEqual([
    ['VCARD 1 FN', 'FN: Claire Moreau'],
    ['VCARD 1 EMAIL', 'EMAIL: claire@campagne.example'],
    ['VCARD 1 NOTE', 'NOTE: une, deux trois'],
  ]);
  expect(await unreplayable(vcard, bytes)).toEqual([]);
});

it('takes no time and no title from one card of many', async () => {
  const { claims } = await readAll(vcard, buildVcard(claire, { FN: 'Paul Petit', REV: '20170328T080000Z' }));
  expect(claims.filter((c) => c.attribute.startsWith('time.')).map((c) => c.attribute)).toEqual(['time.metadata', 'time.metadata']);
  expect(claims.filter((c) => c.attribute === 'name.title')).toEqual([]);
});

it('decodes vCard 2.1', async () => {
  const bytes = Buffer.from(
    'BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:H=C3=A9l=\n=C3=A8ne\nEMAIL;PREF;INTERNET:h@x.example\nREV:20170327T124105Z\nEND:VCARD\n',
  );
  expect((await readAll(vcard, bytes)).values('name.title')).toEqual(['Hélène']);
  expect((await readAll(vcard, bytes)).problems).toEqual([]);
  expect(await unreplayable(vcard, bytes)).toEqual([]);
});

it('says what is no line and what never ends', async () => {
  expect((await readAll(vcard, Buffer.from('BEGIN:VCARD\nFN:a\nnonsense\n'))).problems).toEqual([
    { code: 'malformed', message: '1 lines without a name and a value' },
    { code: 'truncated', message: 'VCARD never ends' },
  ]);
});

it('does not follow endless nesting', async () => {
  expect((await readAll(vcard, Buffer.from(`${'BEGIN:VCARD\n'.repeat(100_000)}FN:a\n`))).problems).toEqual([
    { code: 'limit-exceeded', message: '1 lines stand deeper than 16 components and were left out' },
    { code: 'truncated', message: 'VCARD never ends' },
  ]);
});
