import { childrenOf, type Der, derOf, type Element, elementAt, isUniversal, TAG } from '../asn1/der.ts';
import { CMS } from '../asn1/oids.data.ts';
import { parseTime, timeText } from '../asn1/values.ts';
import { subjectOf } from '../cms/certificate.ts';
import { entryOf, membersOf } from '../cbor.ts';
import { type Fact, factOf } from '../cms/facts.ts';
import { contentInfoAt, signedDataAt, stampOf } from '../cms/signed-data.ts';
import { stampState } from '../cms/verify.ts';
import type { CoseSignature } from './cose.ts';

const MAX_TOKENS = 10;

/** The token itself, or the one in the answer of an authority (RFC 3161 section 2.4.2), which begins with its status. */
function tokenIn(der: Der): Element | null {
  const whole = elementAt(der, 0);
  const [first, second] = childrenOf(der, whole);
  return isUniversal(first, TAG.sequence) && isUniversal(second, TAG.sequence) ? second : whole;
}

/** Tokens of sigTst and sigTst2 (C2PA 2.1 section 10.3.2.5): when an authority saw the signature. What they stamp is not checked. */
export function* stampFactsOf(cose: CoseSignature, field: (name: string) => string): Iterable<Fact> {
  for (const key of ['sigTst', 'sigTst2']) {
    for (const entry of membersOf(entryOf(entryOf(cose.unprotected, key), 'tstTokens')).slice(0, MAX_TOKENS)) {
      const value = entryOf(entry, 'val');
      if (value?.kind !== 'bytes') continue;
      const der = derOf(value.bytes);
      const info = contentInfoAt(der, tokenIn(der));
      const token = info?.type === CMS.signed ? signedDataAt(der, info.content) : null;
      const stamp = token && stampOf(token);
      const raw = stamp && timeText(der, stamp.genTime);
      if (!stamp || raw === null) continue;
      const at = (e: Element): { offset: number; length: number } => ({ offset: value.from + e.offset, length: e.length });
      yield factOf('time.signed', field(key), at(stamp.genTime), raw, parseTime(raw));
      const authority = token.signers[0]?.certificate;
      if (authority)
        yield factOf('signature.signer', field(`${key}, authority`), at(authority.subject), subjectOf(authority), subjectOf(authority) || null);
      const state = stampState(stamp, null);
      yield factOf('signature.state', field(key), at(token.whole), state, state, 'observed');
    }
  }
}
