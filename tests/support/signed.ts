import { type SignatureRecord, writeSignature } from '../../src/model/dkim.ts';
import { number, text, type TestClaim } from './claims.ts';

const RECORD: SignatureRecord = {
  kind: 'dkim',
  instance: 0,
  domain: 'example.org',
  selector: 's1',
  algorithm: 'rsa-sha256',
  canonicalization: 'relaxed/relaxed',
  identity: '',
  signedAt: 1490618465,
  expiresAt: null,
  fields: ['from', 'to', 'subject', 'date', 'mime-version'],
  signature: 'AA==',
  digests: [{ undone: '', digest: 'AA==' }],
  body: { state: 'intact', undone: '', covers: null },
  fault: '',
};

interface Signed extends Partial<SignatureRecord> {
  /** Counted from the top of the message. */
  readonly nth?: number;
  readonly bits?: number;
  /** Unchanged of all. */
  readonly neighbours?: readonly [unchanged: number, of: number];
}

/** What reading and the examination of signatures leave about one signature. */
export function signedClaims(state: string, { nth = 0, bits, neighbours, ...record }: Signed = {}): TestClaim[] {
  const locator = { in: 'header', part: '', name: 'DKIM-Signature', nth } as const;
  const claims = [
    text('dkim.signature', writeSignature({ ...RECORD, ...record }), { basis: 'observed' }),
    text('dkim.state', state, { basis: 'observed' }),
    ...(bits === undefined ? [] : [number('dkim.key-bits', bits, { basis: 'observed' })]),
    ...(neighbours === undefined ? [] : [number('dkim.neighbours', neighbours[1]), number('dkim.neighbours-unchanged', neighbours[0])]),
  ];
  return claims.map((c) => ({ ...c, field: 'DKIM-Signature', locator }));
}
