import { expect, it } from 'vitest';
import { text } from '../../src/formats/text.ts';
import { readAll } from '../support/read.ts';

const lines = async (bytes: Uint8Array): Promise<string[]> => (await readAll(text, bytes)).passages.map((p) => `${p.label}: ${p.text}`);

it('keeps the lines that say something, with their numbers', async () => {
  expect(await lines(Buffer.from('Réunion  à 10 h\r\n\r\n\tDurée : 1 h\n'))).toEqual(['line 1: Réunion à 10 h', 'line 3: Durée : 1 h']);
});

it.each([
  ['UTF-8 with a mark', Buffer.from('\ufeffé')],
  ['UTF-16LE with a mark', Buffer.from('\ufeffé', 'utf16le')],
  ['Windows-1252', Buffer.from([0xe9])],
])('reads %s', async (_, bytes) => expect(await lines(bytes)).toEqual(['line 1: é']));

it('gives one text one digest, whatever its line ends and its encoding', async () => {
  const digests = await Promise.all(
    [Buffer.from('a é\nb'), Buffer.from('a é\r\nb\r\n'), Buffer.from([0x61, 0x20, 0xe9, 0x0a, 0x62])].map(async (b) =>
      (await readAll(text, b)).values('content.text'),
    ),
  );
  expect(new Set(digests.flat()).size).toBe(1);
  expect((await readAll(text, Buffer.from('a e\nb'))).values('content.text')).not.toEqual(digests[0]);
});

it('says how much of a long text is compared', async () => {
  expect((await readAll(text, Buffer.from('x'.repeat(2000)), { maxTextBytes: 1000 })).problems).toEqual([
    { code: 'limit-exceeded', message: '2000 bytes of text, of which 1000 are compared' },
  ]);
});
