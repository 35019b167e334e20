import { describe, expect, it } from 'vitest';
import { mime } from '../../src/containers/mime.ts';
import { eml } from '../../src/formats/eml.ts';
import { icalendar } from '../../src/formats/icalendar.ts';
import { vcard } from '../../src/formats/vcard.ts';
import { type Container, DEFAULT_LIMITS, type FormatReader, type Input } from '../../src/model/input.ts';
import { Unpacking } from '../../src/structures/archive/unpacking.ts';
import { bytesOf, inputOf } from '../../src/structures/bytes.ts';
import { decodeBase64 } from '../../src/structures/mail/transfer-encoding.ts';

const MIB = 1024 ** 2;

/** How often a reader or a container says that it is at work, over all it yields. */
async function signs(what: FormatReader | Container, text: string): Promise<number> {
  let count = 0;
  const input: Input = inputOf(bytesOf(Buffer.from(text)), DEFAULT_LIMITS, { alive: () => void count++ });
  const items: unknown[] = [];
  for await (const item of 'read' in what ? what.read(input) : what.open(input)) items.push(item);
  expect(items.length).toBeGreaterThan(0);
  return count;
}

const HEAD = 'From: claire@example.org\r\nDate: Mon, 27 Mar 2017 12:41:05 +0000\r\nMIME-Version: 1.0\r\n';
const withCopies = (count: number): string =>
  `${HEAD}Cc: ${Array.from({ length: count }, (_, i) => `c${i}@example.org`).join(',\r\n ')}\r\n\r\nHello.\r\n`;
const withParts = (count: number): string =>
  `${HEAD}Content-Type: multipart/mixed; boundary=q\r\n\r\n${'--q\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD\r\n'.repeat(count)}--q--\r\n`;
const cards = (count: number): string => 'BEGIN:VCARD\r\nFN:Claire Moreau\r\nNOTE:Hello\r\nEND:VCARD\r\n'.repeat(count);
const calendar = (count: number): string =>
  `BEGIN:VCALENDAR\r\n${'BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Hello\r\nEND:VEVENT\r\n'.repeat(count)}END:VCALENDAR\r\n`;

describe('signs of life', () => {
  it.each([
    ['copies of a mail', eml, withCopies, 10_000, 10],
    ['attachments of a mail that is read', eml, withParts, 50, 50],
    ['attachments of a mail that is opened', mime, withParts, 50, 50],
    ['cards', vcard, cards, 10_000, 20],
    ['entries of a calendar', icalendar, calendar, 10_000, 20],
  ])('come more often the more there is: %s', async (_, what, build, count, more) => {
    expect((await signs(what, build(count))) - (await signs(what, build(1)))).toBeGreaterThanOrEqual(more - 1);
  });

  it('come every 16 MiB of base64 that is one line', () => {
    let count = 0;
    const bytes = decodeBase64(Buffer.alloc(80 * MIB, 'QUJD'), () => void count++);
    expect([count, bytes.byteLength]).toEqual([5, 60 * MIB]);
    expect(Buffer.from(bytes.subarray(-6)).toString()).toBe('ABCABC');
  });

  it.each([
    ['bytes', (out: Unpacking) => out.push(0x78)],
    ['matches', (out: Unpacking) => (out.size === 0 ? out.push(0x78) : out.copy(1, Math.min(200, 9 * MIB - out.size), 0))],
    ['stretches', (out: Unpacking) => out.append(Buffer.alloc(Math.min(5000, 9 * MIB - out.size), 'x'))],
  ])('come every 4 MiB that a decoder of the LZ family gives as %s, with nothing over the cap', (_, step) => {
    let count = 0;
    const out = new Unpacking(9 * MIB, () => void count++);
    while (out.size < 9 * MIB) step(out);
    expect(count).toBe(2);
    expect(Buffer.from(out.content(null).bytes).equals(Buffer.alloc(9 * MIB, 'x'))).toBe(true);
    expect(() => {
      out.push(0x78);
    }).toThrow('over the cap');
  });
});
