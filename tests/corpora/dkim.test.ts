import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keysByName, parseDkimKeys } from '../../src/examinations/shared/dkim-keys.ts';
import { type Checked, checkSignature, KeyRing } from '../../src/examinations/shared/signature-check.ts';
import { eml } from '../../src/formats/eml.ts';
import { readSignature, type SignatureRecord } from '../../src/model/dkim.ts';
import { readAll } from '../support/read.ts';

/** Real signed mail, beside a checkout on some machines and never part of it. */
const CORPORA = new URL('../../../shared/corpora/', import.meta.url);
const present = fs.existsSync(new URL('DKIM-KEYS.tsv', CORPORA));
if (!present) process.stderr.write('dkim: skipped, no ../shared/corpora beside this checkout\n');

const bytesOf = (path: string): Buffer => fs.readFileSync(new URL(path.split('/').map(encodeURIComponent).join('/'), CORPORA));
const rows = (name: string): string[][] =>
  bytesOf(name)
    .toString('utf8')
    .split('\n')
    .filter((l) => l !== '')
    .map((l) => l.split('\t'));

async function recordsOf(path: string): Promise<SignatureRecord[]> {
  const { claims } = await readAll(eml, bytesOf(path));
  return claims.flatMap((c) => (c.attribute === 'dkim.signature' ? [readSignature(c.value)] : [])).filter((r) => r !== null);
}

/** The nth DKIM-Signature from the top. */
const nthOf = async (path: string, n: string | undefined): Promise<SignatureRecord | undefined> =>
  (await recordsOf(path)).filter((r) => r.kind === 'dkim')[Number(n)];

const asItStands = (r: SignatureRecord | undefined): string => {
  if (!r || r.body.state === 'none') return `err: ${r?.fault ?? 'none'}`;
  return r.body.state === 'intact' && r.body.undone === '' ? 'bh-ok' : 'bh-FAIL';
};

describe.skipIf(!present)('on real mail', () => {
  const ring = (): KeyRing => new KeyRing(keysByName(parseDkimKeys(bytesOf('DKIM-KEYS.tsv').toString('utf8'))));

  it('verifies the 18 signatures that dkimpy verifies; the one it calls expired was not when it was sent', async () => {
    const keys = ring();
    const found: [string, string][] = [];
    for (const [path = '', n] of rows('DKIM-VERIFIED.tsv')) {
      const record = await nthOf(path, n);
      found.push([path, record ? checkSignature(record, keys, (record.signedAt ?? 0) * 1000).outcome : 'none']);
    }
    expect(found).toHaveLength(18);
    expect(found.filter(([, outcome]) => outcome !== 'verified')).toEqual([]);
  });

  it('agrees with dkimpy on every body hash', async () => {
    const differing: string[][] = [];
    const all = rows('DKIM-BODYHASH.tsv').slice(1);
    for (const [path = '', , n, wanted = ''] of all) {
      const found = asItStands(await nthOf(path, n));
      if (wanted.startsWith('err:') ? !found.startsWith('err:') : found !== wanted) differing.push([path, wanted, found]);
    }
    expect(all.length).toBe(99);
    expect(differing).toEqual([]);
  });

  it('has no key for the rest, and says what their names say of the body', async () => {
    const keys = ring();
    const checked = async (path: string): Promise<Checked[]> => (await recordsOf(path)).map((r) => checkSignature(r, keys, null));
    const mailauth = 'postalsys__mailauth/test/fixtures';
    const zk = 'zkemail__zk-email-verify/packages/helpers/tests/test-data';
    const expected: Readonly<Record<string, readonly string[]>> = {
      [`${mailauth}/arc-pass2.eml`]: ['body intact'],
      [`${mailauth}/arc-fail.eml`]: ['body intact'],
      [`${zk}/email-body-tampered.eml`]: ['body changed'],
      [`${zk}/email-bodyless.eml`]: ['body changed'],
      [`${zk}/email-good-large.eml`]: ['body intact'],
      [`${zk}/email-invalid-selector.eml`]: ['body intact'],
      'ICIJ__extract/extract-lib/src/test/resources/documents/ocr/embedded_doc.eml': ['body intact'],
    };
    for (const [path, notes] of Object.entries(expected)) {
      const found = await checked(path);
      expect(new Set(found.map((c) => c.outcome)), path).toEqual(new Set(['key unknown']));
      expect([...new Set(found.flatMap((c) => c.notes))], path).toEqual(notes);
    }
  });
});
