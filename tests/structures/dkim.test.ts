import { describe, expect, it } from 'vitest';
import { keysByName } from '../../src/examinations/shared/dkim-keys.ts';
import { checkSignature, KeyRing } from '../../src/examinations/shared/signature-check.ts';
import { stateText } from '../../src/model/signature-state.ts';
import { digestBody } from '../../src/structures/mail/dkim/canonical-body.ts';
import { canonicalField, selectFields, withoutSignature } from '../../src/structures/mail/dkim/canonical-header.ts';
import { messageSignatures } from '../../src/structures/mail/dkim/signatures.ts';
import { parseTagList } from '../../src/structures/mail/dkim/tag-list.ts';
import { readMime } from '../../src/structures/mail/mime.ts';
import { sealMail, signMail, testKey } from '../support/build-dkim.ts';
import { ED25519, OTHER_RSA_1024, RSA_1024, RSA_512 } from '../support/build-dkim.data.ts';
import { inputFrom } from '../support/read.ts';

const rsa = testKey(RSA_1024);
const ed = testKey(ED25519);
const short = testKey(RSA_512);
const record = (name: string, value: string): { name: string; record: string; from: null; until: null; source: string } => ({
  name,
  record: value,
  from: null,
  until: null,
  source: '',
});
const ring = new KeyRing(
  keysByName([
    record('s1._domainkey.example.org', testKey(OTHER_RSA_1024).record),
    record('s1._domainkey.example.org', rsa.record),
    record('ed._domainkey.example.org', ed.record),
    record('short._domainkey.example.org', short.record),
    record('gone._domainkey.example.org', 'v=DKIM1; p='),
  ]),
);

const mimeOf = (mail: string | Uint8Array): ReturnType<typeof readMime> =>
  inputFrom(typeof mail === 'string' ? Buffer.from(mail, 'latin1') : mail).once(readMime);
/** The states of a mail's signatures, from the top. */
const states = (mail: string, ownTime: number | null = null): string[] =>
  messageSignatures(mimeOf(mail), true).signatures.map(({ record: r }) => {
    const { outcome, notes } = checkSignature(r, ring, ownTime);
    return stateText(outcome, notes);
  });

const HEADER = [
  'From: Claire Moreau <claire@example.org>',
  'To: Paul Petit <paul@example.net>,',
  '\tlea@example.net',
  'Subject:  Lettre   de mars ',
  'Date: Mon, 27 Mar 2017 14:41:05 +0200',
];
const mailOf = (...body: string[]): string => [...HEADER, '', ...body].join('\r\n');
const MAIL = mailOf('Bonjour,', '', 'le  virement est\tparti. ', '', 'Claire', '', '', '');

describe('tag lists', () => {
  const names = (text: string): string[] => [...(parseTagList(text)?.values() ?? [])].map((t) => `${t.name}=${t.value}`);
  it('keeps values, trims them, allows a semicolon at the end', () => {
    expect(names(' v=1; h=From : To;\r\n\tb= AB\r\n CD ; ')).toEqual(['v=1', 'h=From : To', 'b=AB\r\n CD']);
    expect(names('x==;')).toEqual(['x==']);
  });
  it.each(['v=1; v=1', 'v=1; nonsense', '=1', '', 'v=1;; a=2'])('refuses %j', (text) => expect(parseTagList(text)).toBeNull());
});

const sha = (body: string, form: 'simple' | 'relaxed', algorithm: 'sha1' | 'sha256', limit: number | null = null): string | undefined =>
  digestBody([Buffer.from(body, 'latin1')], form, 0x0a, [{ algorithm, limit }]).digests[0];

describe('canonical bodies', () => {
  it('of nothing have the digests that RFC 6376 section 3.4.3 and 3.4.4 print', () => {
    for (const body of ['', '\r\n', '\r\n\r\n\r\n']) {
      expect(sha(body, 'simple', 'sha1')).toBe('uoq1oCgLlTqpdDX/iUbLy7J1Wic=');
      expect(sha(body, 'simple', 'sha256')).toBe('frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=');
      expect(sha(body, 'relaxed', 'sha1')).toBe('2jmj7l5rSw0yVb/vlWAYkK/YBwk=');
      expect(sha(body, 'relaxed', 'sha256')).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
    }
  });
  it.each([
    // The body of RFC 6376 section 3.4.5.
    [' C \r\nD \t E\r\n\r\n\r\n', ' C\r\nD E\r\n', ' C \r\nD \t E\r\n'],
    [' C \nD \t E\n\n\n', ' C\r\nD E\r\n', ' C \r\nD \t E\r\n'],
    ['no line end', 'no line end\r\n', 'no line end\r\n'],
    ['\r\n\r\na', '\r\n\r\na\r\n', '\r\n\r\na\r\n'],
    [' \t\r\na\r\n \r\n', '\r\na\r\n', ' \t\r\na\r\n \r\n'],
    ['a\rb\r', 'a\rb\r\r\n', 'a\rb\r\r\n'],
    ['a \r b\r\n', 'a \r b\r\n', 'a \r b\r\n'],
  ])('%j', (body, relaxed, simple) => {
    expect(sha(body, 'relaxed', 'sha256')).toBe(sha(relaxed, 'simple', 'sha256'));
    expect(sha(body, 'simple', 'sha256')).toBe(digestBody([Buffer.from(simple)], 'simple', 0x0a, [{ algorithm: 'sha256', limit: null }]).digests[0]);
    expect(digestBody([Buffer.from(body)], 'relaxed', 0x0a, []).length).toBe(relaxed.length);
    expect(digestBody([Buffer.from(body)], 'simple', 0x0a, []).length).toBe(simple.length);
  });
  it('are the same however the bytes are cut', () => {
    const body = 'ab \t c\r\n\r\n  d \r\n'.repeat(9000);
    const whole = Buffer.from(body);
    const cut = [0, 1, 3, 7, 8, 40_000, 99_999, 100_001].map((from, i, all) => whole.subarray(from, all[i + 1] ?? whole.length));
    const wanted = [{ algorithm: 'sha256', limit: null } as const];
    for (const form of ['simple', 'relaxed'] as const) expect(digestBody(cut, form, 0x0a, wanted)).toEqual(digestBody([whole], form, 0x0a, wanted));
    expect(digestBody(cut, 'relaxed', 0x0a, wanted).length).toBe('ab c\r\n\r\n d\r\n'.length * 9000);
  });
  it('stop at l=', () => expect(sha('abc\r\ndef\r\n', 'simple', 'sha256', 5)).toBe(sha('abc\r\n', 'simple', 'sha256')));
});

describe('canonical headers', () => {
  const field = (text: string): { key: string; name: string; value: string } => {
    const colon = text.indexOf(':');
    return { key: text.slice(0, colon).trim().toLowerCase(), name: text.slice(0, colon), value: text.slice(colon + 1) };
  };
  it('are those of RFC 6376 section 3.4.5', () => {
    expect(canonicalField(field('A: X'), 'relaxed')).toBe('a:X');
    expect(canonicalField(field('B : Y\t\r\n\tZ  '), 'relaxed')).toBe('b:Y Z');
    expect(canonicalField(field('B : Y\t\r\n\tZ  '), 'simple')).toBe('B : Y\t\r\n\tZ  ');
  });
  it('take fields of one name from the bottom, and nothing where none is left', () => {
    const fields = ['A: 1', 'B: 2', 'A: 3'].map(field);
    expect(selectFields(fields, ['a', 'a', 'a', 'c', 'b']).map((f) => f.value)).toEqual([' 3', ' 1', ' 2']);
  });
  it('empty b= and nothing else', () => {
    expect(withoutSignature(field('D: b=AB\r\n CD; bh=b=; x=b')).value).toBe(' b=; bh=b=; x=b');
    expect(withoutSignature(field('D: bh=EF; b = AB== ')).value).toBe(' bh=EF; b =');
  });
});

describe('signatures that verify', () => {
  const forms = ['relaxed/relaxed', 'simple/simple', 'relaxed/simple', 'simple/relaxed', 'relaxed', 'simple'];
  it.each(forms)('%s, with line ends of either kind', (c) => {
    const mail = signMail(signMail(MAIL, { key: rsa, c }), { key: rsa, c, hash: 'sha1' });
    expect(states(mail)).toEqual(['verified', 'verified']);
    expect(states(mail.replaceAll('\r\n', '\n'))).toEqual(['verified', 'verified']);
    expect(states(mail.trimEnd())).toEqual(['verified', 'verified']);
  });
  it('Ed25519 beside RSA', () =>
    expect(states(signMail(signMail(MAIL, { key: rsa }), { key: ed, selector: 'ed' }))).toEqual(['verified', 'verified']));
  it('an over-signed name that is not there', () =>
    expect(states(signMail(MAIL, { key: rsa, h: ['From', 'From', 'Subject', 'Reply-To'] }))).toEqual(['verified']));
  it('three ARC sets over each other', () => {
    const mail = [1, 2, 3].reduce((m, i) => sealMail(m, { key: rsa }, i), signMail(MAIL, { key: rsa }));
    expect(states(mail)).toEqual(Array.from({ length: 7 }, () => 'verified'));
    const broken = states(mail.replace('i=1; mx.example.org; dkim=pass', 'i=1; mx.example.org; dkim=fail'));
    expect(broken.filter((s) => s === 'headers changed')).toHaveLength(3);
  });
  it('is not undone by fields put on top', () => {
    const mail = signMail(MAIL, { key: rsa });
    expect(states(`Received: from a by b; Mon, 27 Mar 2017 14:41:06 +0200\r\nX-Spam: no\r\n${mail}`)).toEqual(['verified']);
    expect(states(`Subject: another\r\n${mail}`)).toEqual(['verified']);
  });
  it('says how much l= covers', () => {
    const mail = signMail(MAIL, { key: rsa, l: 10 });
    expect(states(mail)).toEqual(['verified (covers 10 of 46 bytes)']);
    expect(states(`${mail}P.S. more`)).toEqual(['verified (covers 10 of 61 bytes)']);
    expect(states(signMail(MAIL, { key: rsa, l: 46 }))).toEqual(['verified']);
  });
  it('names a short key', () => expect(states(signMail(MAIL, { key: short, selector: 'short' }))).toEqual(['verified (key of 512 bits)']));
  it('judges x= by the time of the message', () => {
    const mail = signMail(MAIL, { key: rsa, tags: ['t=1490618465', 'x=1490704865'] });
    expect(states(mail, 1490618470_000)).toEqual(['verified']);
    expect(states(mail, 1490704866_000)).toEqual(['verified (past its own expiry)']);
  });
});

describe('signatures that do not', () => {
  const mail = signMail(MAIL, { key: rsa });
  it.each([
    ['a word of the text', mail.replace('virement', 'paiement'), 'body changed'],
    ['Subject', mail.replace('de mars', 'de mai'), 'headers changed'],
    ['Date', mail.replace('27 Mar 2017', '26 Mar 2017'), 'headers changed'],
    ['both', mail.replace('virement', 'paiement').replace('de mars', 'de mai'), 'headers and body changed'],
    [
      'a field of a forbidden kind added',
      signMail(MAIL, { key: rsa, h: ['From', 'Cc'] }).replace('From:', 'Cc: lea@example.org\r\nFrom:'),
      'headers changed',
    ],
    ['the signature itself', mail.replace('d=example.org;', 'd=example.org ;'), 'headers changed'],
    ['another key', signMail(MAIL, { key: short, selector: 's1' }), 'headers changed'],
  ])('%s', (_, changed, state) => expect(states(changed)).toEqual([state]));
  it.each([
    ['no key', signMail(MAIL, { key: rsa, selector: 's9' }), 'key unknown (body intact)'],
    ['a revoked key', signMail(MAIL, { key: rsa, selector: 'gone' }), 'key unknown (body intact; key revoked)'],
    ['a key of another kind', signMail(MAIL, { key: rsa, selector: 'ed' }), 'key unknown (body intact; key is of another algorithm)'],
    ['no key and a changed text', signMail(MAIL, { key: rsa, selector: 's9' }).replace('virement', 'paiement'), 'key unknown (body changed)'],
    ['a form nobody knows', mail.replace('c=relaxed/relaxed', 'c=nowsp'), "not checkable (canonicalization 'nowsp')"],
    ['no list of fields', mail.replace('h=From : To : Subject : Date', 'q=dns'), 'not checkable (no h=; body intact)'],
    ['two of a tag', mail.replace('v=1;', 'v=1; v=1;'), 'not checkable (its tags cannot be read)'],
    ['an identity elsewhere', signMail(MAIL, { key: rsa, tags: ['i=@example.net'] }), 'not checkable (i= lies outside of d=; body intact)'],
    ['From not signed', signMail(MAIL, { key: rsa, h: ['To'] }), 'not checkable (h= leaves out From; body intact)'],
    [
      'half an ARC set',
      sealMail(MAIL, { key: rsa }, 1).replace(/ARC-Authentication-Results: .*\r\n/, ''),
      'not checkable (its set of headers is incomplete)',
    ],
  ])('%s', (_, given, state) => expect(states(given)[0]).toBe(state));
});

it('keeps the header of a message whose body is not there', () => {
  const [found] = messageSignatures(mimeOf(signMail(MAIL, { key: rsa }).split('\r\n\r\n')[0] + '\r\n\r\n'), false).signatures;
  expect(found && checkSignature(found.record, ring, null).outcome).toBe('headers verified, body absent');
});

describe('limits', () => {
  it('looks at fifty signatures', () => {
    const many = messageSignatures(mimeOf(`${'DKIM-Signature: v=1; a=rsa-sha256\r\n'.repeat(60)}${MAIL}`), true);
    expect(many.signatures).toHaveLength(50);
    expect(many.more).toBe(true);
  });
  it('takes its time with neither a huge header nor a huge body', () => {
    const began = performance.now();
    const signed = signMail(MAIL, { key: rsa }).replace('virement', 'paiement');
    const names = `DKIM-Signature: v=1; a=rsa-sha1; c=simple; d=a; s=b; b=AA; bh=AA; h=from:${'x:'.repeat(400)}y\r\n`;
    messageSignatures(mimeOf(`${names.repeat(40)}${'X: y\r\n'.repeat(9000)}${MAIL}`), true);
    messageSignatures(mimeOf(signed + '-- \r\n>From me\r\n'.repeat(200_000)), true);
    messageSignatures(mimeOf(signed + '\r\n'.repeat(2_000_000)), true);
    messageSignatures(mimeOf(signed + '_'.repeat(3_000_000)), true);
    messageSignatures(mimeOf(signMail(MAIL, { key: rsa, c: 'simple/simple' }).replace('virement', `${' '.repeat(2_000_000)}x`)), true);
    messageSignatures(
      mimeOf(`X: ${' '.repeat(200_000)}x\r\nDKIM-Signature: v=1; a=rsa-sha1; d=a; s=b; b=AA; h=from:x; bh=${'='.repeat(200_000)}A\r\n${MAIL}`),
      true,
    );
    expect(performance.now() - began).toBeLessThan(8000);
  });
});
