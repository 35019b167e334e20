import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { RSA_1024 } from './build-dkim.data.ts';

export interface TestKey {
  readonly privateKey: KeyObject;
  /** As it stands in DNS. */
  readonly record: string;
}

/** From PKCS #8 in base64. */
export function testKey(pkcs8: string): TestKey {
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const isEd = privateKey.asymmetricKeyType === 'ed25519';
  return { privateKey, record: `v=DKIM1; k=${isEd ? 'ed25519' : 'rsa'}; p=${(isEd ? spki.subarray(12) : spki).toString('base64')}` };
}

export interface SignSpec {
  readonly key: TestKey;
  readonly domain?: string;
  readonly selector?: string;
  /** Default 'relaxed/relaxed'. */
  readonly c?: string;
  readonly hash?: 'sha1' | 'sha256';
  /** Default From, To, Subject, Date. */
  readonly h?: readonly string[];
  /** l=, in bytes of the canonical body. */
  readonly l?: number;
  /** Further tags as written: 't=1490000000'. */
  readonly tags?: readonly string[];
}

// Written straight from RFC 6376 section 3.4 with whole strings, apart from the streaming code it tests.
const relaxedBody = (body: string): string => {
  const lines = body.replace(/[ \t]+\r\n/g, '\r\n').replace(/[ \t]+/g, ' ');
  const text = `${lines.replace(/ $/, '').replace(/(?:\r\n)+$/, '')}\r\n`;
  return text === '\r\n' ? '' : text;
};
const simpleBody = (body: string): string => `${body.replace(/(?:\r\n)+$/, '')}\r\n`;
const relaxedField = (field: string): string => {
  const colon = field.indexOf(':');
  const value = field
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${field.slice(0, colon).toLowerCase().trim()}:${value}`;
};

const partsOf = (mail: string): [string[], string] => {
  const empty = mail.indexOf('\r\n\r\n');
  return [mail.slice(0, empty).split(/\r\n(?![ \t])/), mail.slice(empty + 4)];
};

const signHash = (key: KeyObject, hash: 'sha1' | 'sha256', text: string): string =>
  key.asymmetricKeyType === 'ed25519'
    ? sign(null, createHash('sha256').update(text, 'latin1').digest(), key).toString('base64')
    : sign(hash, Buffer.from(text, 'latin1'), key).toString('base64');

const algorithmOf = (key: KeyObject, hash: string): string => `${key.asymmetricKeyType === 'ed25519' ? 'ed25519' : 'rsa'}-${hash}`;

/** The fields named, bottom up, each once. */
function chosen(fields: readonly string[], names: readonly string[]): string[] {
  const left = [...fields];
  return names.flatMap((name) => {
    const at = left.findLastIndex((f) => f.slice(0, f.indexOf(':')).toLowerCase() === name.toLowerCase());
    return at === -1 ? [] : left.splice(at, 1);
  });
}

/** The mail with a signature on top, its lines ending in CRLF. `instance` makes it an ARC-Message-Signature. */
export function signMail(mail: string, spec: SignSpec, instance?: number): string {
  const { key, domain = 'example.org', selector = 's1', c = 'relaxed/relaxed', hash = 'sha256', h = ['From', 'To', 'Subject', 'Date'] } = spec;
  const [fields, body] = partsOf(mail);
  const [header, form = 'simple'] = c.split('/');
  const canonical = form === 'relaxed' ? relaxedBody(body) : simpleBody(body);
  const covered = spec.l === undefined ? canonical : canonical.slice(0, spec.l);
  const bh = createHash(hash).update(covered, 'latin1').digest('base64');
  const first = instance === undefined ? ['v=1'] : [`i=${instance}`];
  const length = spec.l === undefined ? [] : [`l=${spec.l}`];
  const tags = [...first, `a=${algorithmOf(key.privateKey, hash)}`, `c=${c}`, `d=${domain}`, `s=${selector}`, ...length, ...(spec.tags ?? [])];
  const own = `${instance === undefined ? 'DKIM' : 'ARC-Message'}-Signature: ${tags.join('; ')};\r\n\th=${h.join(' : ')};\r\n\tbh=${bh};\r\n\tb=`;
  const form2 = (f: string): string => (header === 'relaxed' ? relaxedField(f) : f);
  const b = signHash(key.privateKey, hash, [...chosen(fields, h), own].map(form2).join('\r\n'));
  return `${own}${b.replace(/.{60}/g, '$&\r\n\t ')}\r\n${mail}`;
}

/** One ARC set on top: results, message signature, seal (RFC 8617 section 5.1). */
export function sealMail(mail: string, spec: SignSpec, instance: number): string {
  const { key, domain = 'example.org', selector = 's1' } = spec;
  const results = `ARC-Authentication-Results: i=${instance}; mx.example.org; dkim=pass`;
  const signed = `${results}\r\n${signMail(mail, spec, instance)}`;
  const [fields] = partsOf(signed);
  const covered: string[] = [];
  for (let i = 1; i <= instance; i++)
    for (const name of ['ARC-Authentication-Results', 'ARC-Message-Signature', 'ARC-Seal'])
      covered.push(...fields.filter((f) => f.startsWith(`${name}: i=${i};`)));
  const seal = `ARC-Seal: i=${instance}; a=${algorithmOf(key.privateKey, 'sha256')}; cv=${instance === 1 ? 'none' : 'pass'}; d=${domain}; s=${selector}; t=1490000000;\r\n b=`;
  return `${seal}${signHash(key.privateKey, 'sha256', [...covered, seal].map(relaxedField).join('\r\n'))}\r\n${signed}`;
}

/** A letter signed, sealed by one hop and changed after both: every change of transport is tried on it. */
export function signedFixture(): Uint8Array {
  const letter = [
    'From: Claire Moreau <claire@example.org>',
    'To: Paul Petit <paul@example.net>',
    'Subject: Re: [liste] Lettre',
    'Date: Mon, 27 Mar 2017 14:41:05 +0200',
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'EXTERNAL',
    '',
    'Bonjour,',
    '>From demain',
    '-- ',
    'Claire',
    '--b1',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('<html><body><div>CAUTION</div><p>Bonjour</p><hr>liste</body></html>').toString('base64'),
    '--b1--',
    '',
  ].join('\r\n');
  const key = testKey(RSA_1024);
  const sealed = sealMail(signMail(letter, { key, c: 'simple/simple', tags: ['t=1490618465'] }), { key, selector: 'seal' }, 1);
  return Buffer.from(sealed.replace('Bonjour', 'Bonsoir'), 'latin1');
}
