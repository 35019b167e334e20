import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KeyFileError, keyOfFile, keysByName, parseDkimKeys, txtOf } from '../../src/examinations/shared/dkim-keys.ts';
import { readKeyRecord } from '../../src/examinations/shared/key-record.ts';
import { bitsOf, modPow, readRsaKey, signedDigest } from '../../src/examinations/shared/rsa.ts';
import { readDkimKeys } from '../../src/run/dkim-keys.ts';
import { testKey } from '../support/build-dkim.ts';
import { ED25519, RSA_1024, RSA_512 } from '../support/build-dkim.data.ts';

const NAME = 's1._domainkey.example.org';
const plain = (name: string, record: string): unknown => ({ name, record, from: null, until: null, source: '' });

describe('files of keys', () => {
  it('JSON: a record, or several with dates', () => {
    const text = JSON.stringify({
      'S1._domainkey.Example.org.': 'v=DKIM1; p=AA',
      's2._domainkey.example.org': [
        { value: 'p=BB', from: '2016-10-25', until: '2017-01-31', source: 'archive' },
        { value: 'p=CC', from: '2017-02-01T12:00:00Z' },
      ],
      'example.org': 'v=spf1 -all',
    });
    expect(parseDkimKeys(text)).toEqual([
      plain(NAME, 'v=DKIM1; p=AA'),
      { name: 's2._domainkey.example.org', record: 'p=BB', from: Date.UTC(2016, 9, 25), until: Date.UTC(2017, 1, 1) - 1, source: 'archive' },
      { name: 's2._domainkey.example.org', record: 'p=CC', from: Date.UTC(2017, 1, 1, 12), until: null, source: '' },
    ]);
  });
  it('a zone file: origins, comments, strings in a row and in brackets', () => {
    const zone = [
      '$ORIGIN example.org.',
      's1._domainkey 3600 IN TXT ( "v=DKIM1; k=rsa; " ; a comment',
      '  "p=AA" "BB" )',
      's2._domainkey.example.net. IN TXT "v=DKIM1; p=CC" ; another',
      'www 3600 IN A 192.0.2.1',
      's3._domainkey TXT v=DKIM1\\; p=DD',
    ].join('\n');
    expect(parseDkimKeys(zone)).toEqual([
      plain(NAME, 'v=DKIM1; k=rsa; p=AABB'),
      plain('s2._domainkey.example.net', 'v=DKIM1; p=CC'),
      plain('s3._domainkey.example.org', 'v=DKIM1; p=DD'),
    ]);
  });
  it('names and records with a tab between them', () => {
    expect(parseDkimKeys(`# keys\n${NAME}\tv=DKIM1; p=AA BB\nexample.org\tv=spf1 -all\n`)).toEqual([plain(NAME, 'v=DKIM1; p=AA BB')]);
  });
  it('one record in a file of its name', () => {
    expect(keyOfFile(`${NAME}.txt`, '"v=DKIM1; "\n"p=AA"\n')).toEqual(plain(NAME, 'v=DKIM1; p=AA'));
    expect(keyOfFile('keys.txt', 'v=DKIM1; p=AA')).toBeNull();
    expect(txtOf('"a\\"b" "c"')).toBe('a"bc');
  });
  it.each([
    ['{', /no JSON/],
    ['{"s._domainkey.a": 7}', /a record/],
    ['{"s._domainkey.a": [{"value": "p=", "from": "soon"}]}', /no date/],
    ['example.org\tv=spf1 -all', /holds no record/],
    ['', /holds no record/],
  ])('%s is refused', (text, message) => {
    expect(() => parseDkimKeys(text)).toThrow(KeyFileError);
    expect(() => parseDkimKeys(text)).toThrow(message);
  });
  it('keeps several of a name and each once', () => {
    const keys = keysByName(parseDkimKeys(`${NAME}\tp=AA\n${NAME}\tp=BB\n${NAME}\tp=AA\n`));
    expect(keys.get(NAME)?.map((k) => k.record)).toEqual(['p=AA', 'p=BB']);
  });
  it('a directory of either, read in order; what is none is named', () => {
    const dir = fs.mkdtempSync(join(os.tmpdir(), 'tainted-keys-'));
    try {
      fs.writeFileSync(join(dir, `${NAME}.txt`), 'v=DKIM1; p=AA');
      fs.writeFileSync(join(dir, 'more.json'), JSON.stringify({ [NAME]: 'p=BB' }));
      expect(
        readDkimKeys(dir)
          .get(NAME)
          ?.map((k) => k.record),
      ).toEqual(['p=BB', 'v=DKIM1; p=AA']);
      expect(readDkimKeys(join(dir, 'more.json')).size).toBe(1);
      fs.writeFileSync(join(dir, 'notes'), 'nothing');
      expect(() => readDkimKeys(dir)).toThrow(/--dkim-keys .*: notes holds no record/);
      expect(() => readDkimKeys(join(dir, 'absent'))).toThrow(/ENOENT/);
    } finally {
      fs.rmSync(dir, { recursive: true });
    }
  });
});

describe('records', () => {
  it('of RSA and Ed25519', () => {
    expect(readKeyRecord(testKey(RSA_1024).record)).toMatchObject({ bits: 1024, fault: '', testing: false, strict: false, forMail: true });
    expect(readKeyRecord(testKey(RSA_512).record).bits).toBe(512);
    expect(readKeyRecord(testKey(ED25519).record)).toMatchObject({ bits: 256, key: { kind: 'ed25519' } });
  });
  it.each([
    ['v=DKIM1; p=', 'revoked'],
    ['v=DKIM1; k=rsa', 'has no p='],
    ['v=DKIM1; p=AAAA', 'has a p= that is no key'],
    ['v=DKIM1; k=ed25519; p=AAAA', 'has a p= that is no key'],
    ['v=DKIM1; k=gost; p=AAAA', "is of the unknown type 'gost'"],
    ['v=DMARC1; p=none', 'is no key record'],
  ])('%s', (text, fault) => expect(readKeyRecord(text)).toMatchObject({ key: null, fault }));
  it('with flags', () => {
    expect(readKeyRecord('p=; t=y:s; s=tlsrpt; h=sha256; g=claire')).toMatchObject({
      testing: true,
      strict: true,
      forMail: false,
      hashes: ['sha256'],
      granularity: 'claire',
    });
  });
});

describe('RSA', () => {
  it('raises to powers', () => {
    expect(modPow(4n, 13n, 497n)).toBe(445n);
    expect(modPow(2n, 65537n, 1000007n)).toBe(2n ** 65537n % 1000007n);
  });
  it('counts bits', () => expect([0n, 1n, 255n, 256n, 2n ** 1023n, 2n ** 1024n - 1n].map(bitsOf)).toEqual([0, 1, 8, 9, 1024, 1024]));
  it('reads a bare RSAPublicKey', () =>
    expect(readRsaKey(Buffer.from('300802030f4247020107', 'hex'))).toMatchObject({ n: 1000007n, e: 7n, bits: 20 }));
  it.each(['', '30', '3080', '30020201', '3003020100', '308400000001', '300802030f424802010f', '30060201000201030500'])('refuses %s', (hex) =>
    expect(readRsaKey(Buffer.from(hex, 'hex'))).toBeNull(),
  );
  it('takes no signature as large as the modulus, and no digest that is not padded to the end', () => {
    const key = { n: 2n ** 1024n - 105n, e: 3n, bits: 1024 };
    expect(signedDigest(key, Buffer.alloc(128, 0xff), 'sha256', [Buffer.alloc(32)])).toBe(-1);
    expect(signedDigest(key, Buffer.alloc(0), 'sha256', [Buffer.alloc(32)])).toBe(-1);
  });
});
