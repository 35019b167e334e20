import { describe, expect, it } from 'vitest';
import { eml } from '../../src/formats/eml.ts';
import { readAll } from '../support/read.ts';

const USUAL = 'This is a multi-part message in MIME format.';

const letter = (before: string, behind: string): Uint8Array =>
  Buffer.from(
    [
      'From: Claire Moreau <claire@campagne.example>',
      'Date: Wed, 1 Mar 2017 11:00:00 +0100',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      before,
      '--b',
      'Content-Type: text/plain',
      '',
      'Bonjour.',
      '--b--',
      behind,
    ].join('\r\n'),
  );

/** Label and text of what stands around the parts. */
async function around(before: string, behind = ''): Promise<string[]> {
  const { passages } = await readAll(eml, letter(before, behind));
  return passages.filter((p) => p.role === 'note').map((p) => `${p.label}: ${p.text}`);
}

describe('text around the parts of a mail', () => {
  it('is a passage, in front and behind', async () => {
    expect(await around('Rendez-vous à midi.', 'Détruisez ceci.\r\nPaul')).toEqual([
      'text before the parts: Rendez-vous à midi.',
      'text behind the parts: Détruisez ceci.\nPaul',
    ]);
  });

  it('says where it stands', async () => {
    const file = letter('Rendez-vous.', '');
    const [note] = (await readAll(eml, file)).passages.filter((p) => p.role === 'note');
    const address = note?.address.in === 'bytes' ? note.address : { offset: 0, length: 0 };
    expect(
      Buffer.from(file)
        .toString('utf8', address.offset, address.offset + address.length)
        .trim(),
    ).toBe('Rendez-vous.');
  });

  it.each([
    ['', ''],
    [USUAL, ''],
    ['This is a multi-part message in MIME format...', '\r\n\r\n'],
    ['This is a MIME-encapsulated message', '______________'],
    ['This message is in MIME format.Since your mail reader does not understand this format, some or all of the message may not be legible', ''],
    [
      '> This message is in MIME format. Since your mail reader does not understand\r\n> this format, some or all of this message may not be legible.',
      '',
    ],
    ['This is a MIME-formatted message.  Portions of this message may be\r\nunreadable without a MIME-capable mail program.', ''],
    ['This is an OpenPGP/MIME signed message (RFC 4880 and 3156)', ''],
  ])('is none where a program wrote it: %j', async (before, behind) => {
    expect(await around(before, behind)).toEqual([]);
  });

  it('is told whole where a sentence hides among the usual ones', async () => {
    expect(await around(`${USUAL} Rendez-vous in MIME format.`)).toEqual([`text before the parts: ${USUAL} Rendez-vous in MIME format.`]);
    expect(await around('This is a multi-part message in MIME format meet Paul')).toEqual([
      'text before the parts: This is a multi-part message in MIME format meet Paul',
    ]);
  });
});
