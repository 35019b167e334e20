import { describe, expect, it } from 'vitest';
import { keysByName } from '../../src/examinations/shared/dkim-keys.ts';
import { checkSignature, KeyRing } from '../../src/examinations/shared/signature-check.ts';
import { stateText } from '../../src/model/signature-state.ts';
import { messageSignatures } from '../../src/structures/mail/dkim/signatures.ts';
import { readMime } from '../../src/structures/mail/mime.ts';
import { type SignSpec, signMail, testKey } from '../support/build-dkim.ts';
import { RSA_1024 } from '../support/build-dkim.data.ts';
import { inputFrom } from '../support/read.ts';

const key = testKey(RSA_1024);
const ring = new KeyRing(keysByName([{ name: 's1._domainkey.example.org', record: key.record, from: null, until: null, source: '' }]));

function stateOf(mail: string): string | undefined {
  const [last] = messageSignatures(inputFrom(Buffer.from(mail, 'latin1')).once(readMime), true).signatures.slice(-1);
  const checked = last && checkSignature(last.record, ring, null);
  return checked && stateText(checked.outcome, checked.notes);
}

const lines = (...l: string[]): string => l.join('\r\n');
const HEADER = [
  'From: Claire Moreau <claire@example.org>',
  'To: liste@example.net',
  'Subject: Lettre de mars',
  'Date: Mon, 27 Mar 2017 14:41:05 +0200',
];
const PLAIN = lines(
  ...HEADER,
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: 8bit',
  '',
  'Bonjour,',
  '',
  'From demain, --',
  'on change de local.',
  '',
  '-- ',
  'Claire',
  '',
);
const BOTH = lines(
  ...HEADER,
  'MIME-Version: 1.0',
  'Content-Type: multipart/alternative; boundary="b1"',
  '',
  '--b1',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Bonjour,',
  '',
  'on change de local.',
  '--b1',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<html><body><p>Bonjour,</p><p>on change de local.</p></body></html>',
  '--b1--',
  '',
);
const signed = (mail: string, more: Partial<SignSpec> = {}): string => signMail(mail, { key, ...more });
const base64 = (text: string, width = 76): string =>
  (
    Buffer.from(text, 'latin1')
      .toString('base64')
      .match(new RegExp(`.{1,${width}}`, 'g')) ?? []
  ).join('\r\n');
const SIMPLE = { c: 'simple/simple' };
const WITH_TYPE = { h: ['From', 'Subject', 'Date', 'Content-Type', 'Content-Transfer-Encoding'] };

/** A letter, what honest transport did to it, and the words by which that is named. */
const TRANSPORT: readonly (readonly [string, string, string])[] = [
  ['mbox quoting', signed(PLAIN).replace('\r\nFrom demain', '\r\n>From demain'), 'mbox quoting of From lines'],
  [
    'a footer under the text',
    `${signed(PLAIN)}_______________________________________________\r\nliste mailing list\r\nliste@example.net\r\n`,
    'list footer',
  ],
  ['a footer with a blank line in front', `${signed(PLAIN)}\r\n-- \r\nYou received this message because you are subscribed.\r\n`, 'list footer'],
  [
    'both of them',
    `${signed(PLAIN)}_______________________________________________\r\nliste\r\n`.replace('\r\nFrom demain', '\r\n>From demain'),
    'mbox quoting of From lines, list footer',
  ],
  [
    'a footer under the plain text of two',
    signed(BOTH).replace('local.\r\n--b1', 'local.\r\n\r\n_______________________________________________\r\nliste\r\n--b1'),
    'list footer',
  ],
  [
    'a footer under both texts',
    signed(BOTH)
      .replace('local.\r\n--b1', 'local.\r\n\r\n-- \r\nYou received this\r\n--b1')
      .replace('</body>', '<br />\r\n-- <br />\r\nYou received this<br /></body>'),
    'list footer',
  ],
  [
    'a footer in base64',
    signed(
      lines(...HEADER, 'Content-Type: text/plain', 'Content-Transfer-Encoding: base64', '', base64('Bonjour,\r\non change de local.\r\n'), ''),
    ).replace(
      base64('Bonjour,\r\non change de local.\r\n'),
      base64('Bonjour,\r\non change de local.\r\n_______________________________________________\r\nliste\r\n'),
    ),
    'list footer',
  ],
  [
    'a footer in a part of its own',
    signed(BOTH.replace('multipart/alternative', 'multipart/mixed')).replace(
      '\r\n--b1--',
      '\r\n--b1\r\nContent-Type: text/plain\r\n\r\n___\r\nliste\r\n--b1--',
    ),
    'footer in a part of its own',
  ],
  [
    'a banner over the text',
    signed(PLAIN).replace(
      '\r\n\r\nBonjour',
      '\r\n\r\nCAUTION: This email originated from outside of the organisation.\r\nDo not click.\r\n\r\nBonjour',
    ),
    'banner of a gateway',
  ],
  ['a mark in the first line', signed(PLAIN).replace('\r\n\r\nBonjour', '\r\n\r\n[EXTERNAL] Bonjour'), 'banner of a gateway'],
  [
    'a banner over both texts',
    signed(BOTH)
      .replace('\r\n\r\nBonjour', '\r\n\r\n[EXTERNAL EMAIL]\r\n\r\nBonjour')
      .replace('<body>', '<body><div style="color:red"><b>CAUTION:</b> external sender</div>'),
    'banner of a gateway',
  ],
  ['blanks at line ends', signed(PLAIN.replace('-- \r\n', '--\r\n'), SIMPLE).replace('local.\r\n', 'local.  \r\n'), 'blanks at line ends'],
  ['a blank trimmed off', signed(PLAIN, SIMPLE).replace('-- \r\n', '--\r\n'), 'lost blank behind the signature dashes'],
  ['dots doubled', signed(PLAIN.replace('Bonjour', '.Bonjour')).replace('.Bonjour', '..Bonjour'), 'doubled dots'],
  [
    'quoted-printable in place of 8bit',
    signed(PLAIN.replace('change', 'changé'), WITH_TYPE).replace('changé', 'chang=E9').replace('Encoding: 8bit', 'Encoding: quoted-printable'),
    'transfer encoding (from 8bit)',
  ],
  [
    '8bit in place of base64',
    signed(lines(...HEADER, 'Content-Transfer-Encoding: base64', '', base64('Bonjour,\r\n\r\ndemain.\r\n'), ''), WITH_TYPE)
      .replace(base64('Bonjour,\r\n\r\ndemain.\r\n'), 'Bonjour,\r\n\r\ndemain.')
      .replace('Encoding: base64', 'Encoding: 8bit'),
    'transfer encoding (from base64)',
  ],
  [
    '8bit in place of quoted-printable',
    signed(
      lines(
        ...HEADER,
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'Ch=C3=A8re Claire, le local de la rue haute est plus grand et moins cher =',
        'que celui du port=20',
        'demain.',
        '',
      ),
      WITH_TYPE,
    )
      .replace(
        'Ch=C3=A8re Claire, le local de la rue haute est plus grand et moins cher =\r\nque celui du port=20',
        'Ch\u00c3\u00a8re Claire, le local de la rue haute est plus grand et moins cher que celui du port ',
      )
      .replace('Encoding: quoted-printable', 'Encoding: 8bit'),
    'transfer encoding (from quoted-printable)',
  ],
  [
    'base64 in place of quoted-printable',
    signed(lines(...HEADER, 'Content-Transfer-Encoding: quoted-printable', '', 'Ch=C3=A8re Claire,', 'demain =3D lundi.', ''), WITH_TYPE)
      .replace('Ch=C3=A8re Claire,\r\ndemain =3D lundi.', base64('Ch\u00c3\u00a8re Claire,\r\ndemain = lundi.\r\n'))
      .replace('Encoding: quoted-printable', 'Encoding: base64'),
    'transfer encoding (from quoted-printable)',
  ],
  [
    'quoted-printable broken at other places',
    signed(
      lines(
        ...HEADER,
        'Content-Transfer-Encoding: quoted-printable',
        '',
        `${'abcdefghi '.repeat(7)}abcde=`,
        `fghi ${'abcdefghi '.repeat(2)}fin.`,
        '',
      ),
    ).replace(`${'abcdefghi '.repeat(7)}abcde=\r\nfghi `, `${'abcdefghi '.repeat(4)}=\r\n${'abcdefghi '.repeat(4)}`),
    'lines of quoted-printable',
  ],
  [
    'only the text that needed it decoded',
    signed(
      BOTH.replace('charset=utf-8\r\n\r\nBonjour,', 'charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nCh=C3=A8re Claire,'),
    ).replace('quoted-printable\r\n\r\nCh=C3=A8re', '8bit\r\n\r\nCh\u00c3\u00a8re'),
    'transfer encoding (from quoted-printable)',
  ],
  [
    'base64 in other lines',
    signed(lines(...HEADER, 'Content-Transfer-Encoding: base64', '', base64('x'.repeat(300)), '')).replace(
      base64('x'.repeat(300)),
      base64('x'.repeat(300), 64),
    ),
    'line length of base64 (from 76)',
  ],
  ['Latin-1 in place of UTF-8', signed(PLAIN.replace('change', 'chang\u00c3\u00a9')).replace('\u00c3\u00a9', '\u00e9'), 'character set'],
  ['a prefix of a list', signed(PLAIN).replace('Subject: ', 'Subject: [liste] '), 'subject prefix'],
  ['two prefixes', signed(PLAIN).replace('Subject: ', 'Subject: [EXTERNAL] Re: '), 'subject prefix'],
  ['header lines folded anew', signed(PLAIN, SIMPLE).replace('Subject: Lettre de mars', 'Subject: Lettre\r\n de mars'), 'folding'],
  ['names spelled anew', signed(PLAIN, SIMPLE).replace('\r\nSubject:', '\r\nSUBJECT:'), 'spelling of names'],
  [
    'From rewritten',
    signed(PLAIN).replace(
      'From: Claire Moreau <claire@example.org>',
      'From: Claire via Liste <liste@example.net>\r\nX-Original-From: Claire Moreau <claire@example.org>',
    ),
    'From rewritten by a list',
  ],
  [
    "a list's own fields, its prefix and its footer",
    `${signed(PLAIN, { h: ['From', 'Subject', 'Date', 'Sender', 'List-Id'] })
      .replace('Subject: ', 'Subject: [liste] ')
      .replace('\r\nTo:', '\r\nSender: liste-bounces@example.net\r\nList-Id: <liste.example.net>\r\nTo:')}_____________\r\nliste\r\n`,
    'subject prefix, fields of a list; undone: list footer',
  ],
];

describe('what honest transport does is undone and named', () => {
  it.each(TRANSPORT)('%s', (_, mail, undone) => expect(stateOf(mail)).toBe(`verified (undone: ${undone})`));
  it('a letter put whole into the first part of another', () => {
    const letter = signed(PLAIN, { h: ['From', 'Subject', 'Content-Type', 'MIME-Version'] });
    const [header = '', ...rest] = letter.split('\r\n\r\n');
    const type = /Content-Type: .*\r\nContent-Transfer-Encoding: .*/.exec(header)?.[0] ?? '';
    const wrapped = lines(
      header.replace(type, 'Content-Type: multipart/mixed; boundary="=====1=="'),
      '',
      '--=====1==',
      type,
      '',
      rest.join('\r\n\r\n') + '--=====1==',
      'Content-Type: text/plain',
      '',
      '_____',
      'liste',
      '--=====1==--',
      '',
    );
    expect(stateOf(wrapped)).toBe('verified (undone: wrapping by a list)');
  });
});

describe('the same with one more word changed is a change', () => {
  it.each(TRANSPORT.filter(([, mail]) => mail.includes('change de local')))('%s', (_, mail) =>
    expect(stateOf(mail.replaceAll('change de local', 'garde ce local'))).toMatch(/^body changed(?: \(|$)/),
  );
});
