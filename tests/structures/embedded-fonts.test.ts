import { expect, it } from 'vitest';
import { opc } from '../../src/containers/ooxml.ts';
import { fontWith } from '../support/build-fonts.ts';
import { buildDocx } from '../support/build-ooxml.ts';
import { bytesOfChild, openAll } from '../support/read.ts';

/** As ECMA-376 part 1 section 17.8.1 says: the GUID from its last byte on, twice over. */
function scrambled(font: Buffer, guid: string): Buffer {
  const key = Buffer.from(guid.replaceAll('-', ''), 'hex').reverse();
  return Buffer.from(font.map((b, i) => (i < 32 ? b ^ (key[i % 16] ?? 0) : b)));
}

const GUID = '0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0';
const FONT = fontWith({ names: { 4: 'Garamonde' } });
const table = (guid: string): string => `<w:fonts xmlns:w="w"><w:font><w:embedRegular w:fontKey="{${guid}}"/></w:font></w:fonts>`;
const fontOf = async (guid: string): Promise<Uint8Array> => {
  const bytes = buildDocx({ parts: { 'word/fontTable.xml': table(guid), 'word/fonts/font1.odttf': scrambled(FONT, GUID) } });
  const { children, problems } = await openAll(opc, bytes);
  expect(problems).toEqual([]);
  expect(children.map((c) => [c.key, c.role])).toEqual([['word/fonts/font1.odttf', 'part']]);
  return bytesOfChild(children[0]);
};

it('is as it was before Word scrambled it', async () => expect(Buffer.from(await fontOf(GUID)).equals(FONT)).toBe(true));
it('stays as it stands where no key fits', async () =>
  expect(Buffer.from(await fontOf('00000000-0000-0000-0000-000000000001')).equals(scrambled(FONT, GUID))).toBe(true));
