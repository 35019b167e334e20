import { describe, expect, it } from 'vitest';
import { odf as container } from '../../src/containers/odf.ts';
import { odf } from '../../src/formats/odf.ts';
import type { ClaimDraft, Extracted } from '../../src/model/claim.ts';
import type { Child, ClosedChild, Input } from '../../src/model/input.ts';
import { blowfishCfb } from '../../src/structures/blowfish.ts';
import { costOf, encryptedEntries } from '../../src/structures/odf/encryption.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { readZip } from '../../src/structures/zip/zip.ts';
import { buildOdt, type OdtSpec } from '../support/build-odf.ts';
import { lockedPart } from '../support/lock-odf.ts';
import { inputWith } from '../support/locked.ts';
import { bytesOfChild, inputFrom } from '../support/read.ts';

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
const CHART = '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>';
const letter: OdtSpec = {
  author: 'Claire Moreau',
  lastAuthor: 'Paul Petit',
  created: '2015-03-04T09:00:00',
  printer: 'Bureau',
  paragraphs: ['Bonjour', 'Une phrase. '.repeat(300)],
  pictures: { 'a.png': PNG },
  parts: { 'Object 1/content.xml': CHART },
  folders: { 'Object 1/': 'application/vnd.oasis.opendocument.chart' },
};

function told(bytes: Uint8Array, ...texts: string[]): { claims: ClaimDraft[]; text: string[]; problems: string[] } {
  const [claims, text, problems]: [ClaimDraft[], string[], string[]] = [[], [], []];
  for (const item of odf.read(inputWith(bytes, ...texts)) as Iterable<Extracted>) {
    if (item.t === 'claim') claims.push(item.claim);
    else if (item.t === 'passage') text.push(item.passage.text);
    else problems.push(item.problem.message);
  }
  return { claims, text, problems };
}

const childrenOf = (input: Input): (Child | ClosedChild)[] => [...(container.open(input) as Iterable<Child | ClosedChild>)].filter((c) => 'key' in c);
const words = (claims: readonly ClaimDraft[]): unknown[] =>
  claims.filter((c) => c.locator.in === 'xml' || c.attribute === 'content.text').map((c) => [c.attribute, c.raw, c.value]);

describe.each([
  ['AES, as since 2010', 'aes', 'AES-256-CBC'],
  ['Blowfish, as before', 'blowfish', 'Blowfish'],
] as const)('a document under %s', (_, kind, cipher) => {
  const locked = buildOdt({ ...letter, locked: { password: 'gehéim', kind } });
  const visible = `6 parts are encrypted (${cipher}, 100 rounds of PBKDF2), first content.xml; only what stands outside of them was read`;

  it('is read with a password of the list as if it had none', () => {
    const [open, honest] = [told(locked, 'falsch', 'gehéim'), told(buildOdt(letter))];
    expect(open.problems).toEqual([]);
    expect(open.text).toEqual(honest.text);
    expect(open.text).toHaveLength(2);
    expect(words(open.claims)).toEqual(words(honest.claims));
    expect(open.claims.filter((c) => c.attribute === 'mark.password').map((c) => c.value)).toEqual(['line 2 of the password file']);
  });

  it('replays with that password', async () => {
    for (const c of told(locked, 'gehéim').claims)
      if (c.basis === 'asserted') expect(await odf.replay(inputWith(locked, 'gehéim'), c.locator)).toBe(c.raw);
  });

  it('tells without it what can be seen', () => {
    expect(told(locked)).toMatchObject({ text: [], problems: [visible] });
    expect(told(locked, 'falsch', 'verkehrt')).toMatchObject({
      text: [],
      problems: [`${visible}; none of the 2 passwords of the list opens it`],
    });
  });

  it('opens its pictures and objects, and closed they are listed', () => {
    const [picture, object] = childrenOf(inputWith(locked, 'gehéim'));
    expect(Buffer.compare(bytesOfChild(picture), PNG)).toBe(0);
    expect(recognise(inputFrom(bytesOfChild(object))).mediaType).toBe('application/vnd.oasis.opendocument.chart');
    const honest = childrenOf(inputFrom(buildOdt(letter)))[1];
    const partsIn = (child: Child | ClosedChild | undefined): unknown[] => {
      const input = inputFrom(bytesOfChild(child));
      return input.once(readZip).members.map((m) => [m.name, m.size, m.crc32]);
    };
    expect(partsIn(object)).toEqual(partsIn(honest));
    expect(partsIn(honest)).toHaveLength(2);
    expect(childrenOf(inputWith(locked, 'falsch')).map((c) => [c.key, c.bytes, 'why' in c ? c.why : null])).toEqual([
      ['Pictures/a.png', null, 'encrypted'],
      ['Object 1/', null, 'encrypted'],
    ]);
  });
});

it('a cipher that is not tried is named', () => {
  const data = [
    '<manifest:encryption-data><manifest:algorithm manifest:algorithm-name="http://www.w3.org/2009/xmlenc11#aes256-gcm" manifest:initialisation-vector="AAAA"/>',
    '<manifest:key-derivation manifest:key-derivation-name="urn:org:documentfoundation:names:experimental:office:manifest:argon2id"/></manifest:encryption-data>',
  ].join('');
  const manifest = `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="encrypted-package">${data}</manifest:file-entry></manifest:manifest>`;
  const parts = { 'content.xml': null, 'meta.xml': null, 'styles.xml': null, 'settings.xml': null, 'encrypted-package': Buffer.alloc(40, 7) };
  const file = buildOdt({ parts: { ...parts, 'META-INF/manifest.xml': manifest } });
  expect(told(file, 'gehéim').problems).toContain(
    '1 parts are encrypted (AES-256-GCM, a key by Argon2id), first encrypted-package; only what stands outside of them was read',
  );
});

describe('a lock that is not opened', () => {
  const { data } = lockedPart('<a/>', 'x', 'aes');
  const costWith = (made: string): number | undefined => {
    const { entries } = encryptedEntries(`<m xmlns:manifest="m"><manifest:file-entry manifest:full-path="a.xml">${made}</manifest:file-entry></m>`);
    const entry = entries.get('a.xml');
    return entry && costOf(entry);
  };
  it.each([
    ['asks for more rounds than anybody has', 'iteration-count="100"', 'iteration-count="9000000000"'],
    ['has a key that does not fit its cipher', 'key-size="32" manifest:iter', 'key-size="17" manifest:iter'],
    ['has an unknown derivation', 'PBKDF2', 'PBKDF9'],
  ])('%s', (_, honest, hostile) => {
    expect(costWith(data)).toBe(400);
    expect(costWith(data.replace(honest, hostile))).toBe(0);
  });
});

// B. Schneier's own vectors: one block, with the clear text for an IV and zeros to decipher.
it.each([
  ['0000000000000000', '0000000000000000', '4ef997456198dd78'],
  ['ffffffffffffffff', 'ffffffffffffffff', '51866fd5b85ecb8a'],
  ['0123456789abcdef', '1111111111111111', '61f9c3802281b096'],
])('Blowfish with the key %s makes of %s what it should', (key, clear, secret) => {
  expect(Buffer.from(blowfishCfb(Buffer.from(key, 'hex'), Buffer.from(clear, 'hex'), Buffer.alloc(8))).toString('hex')).toBe(secret);
});
