import { childrenOf, type Der, type Element, hexOf, isContext, isUniversal, octetsOf, oidOf, TAG } from '../asn1/der.ts';
import { CIPHER_OF_OID } from '../asn1/oids.data.ts';
import { nameOf } from '../asn1/values.ts';
import { type Fact, factOf } from './facts.ts';

const MAX_RECIPIENTS = 1000;

/** 'serial 0a1b of CN=Exemple CA', or 'key 0123ab' (RFC 5652 section 6.2.1); null where it is neither. */
function recipientText(der: Der, id: Element | undefined): string | null {
  if (isContext(id, 0)) {
    // In a key agreement the identifier is wrapped together with a date.
    const inner = id.constructed ? childrenOf(der, id)[0] : undefined;
    return `key ${octetsOf(der, isUniversal(inner, TAG.octetString) ? inner : id).toString('hex')}`;
  }
  if (!isUniversal(id, TAG.sequence)) return null;
  const [issuer, serial] = childrenOf(der, id);
  const number = hexOf(der, serial);
  return number === null ? null : `serial ${number} of ${nameOf(der, issuer)}`;
}

/** The identifiers in one RecipientInfo: key transport has one, key agreement some, a password none. */
function identifiersOf(der: Der, info: Element): Element[] {
  const parts = childrenOf(der, info);
  if (isUniversal(info, TAG.sequence)) return parts[1] ? [parts[1]] : [];
  if (!isContext(info, 1)) return [];
  return childrenOf(der, parts.at(-1)).flatMap((key) => childrenOf(der, key)[0] ?? []);
}

/** To whom and with what: EnvelopedData, AuthEnvelopedData (RFC 5083) and EncryptedData, which names nobody. */
export function* envelopeFacts(der: Der, content: Element): Iterable<Fact> {
  const parts = childrenOf(der, content);
  const infos = childrenOf(
    der,
    parts.find((e) => isUniversal(e, TAG.set)),
  );
  let count = 0;
  for (const info of infos) {
    if (isContext(info, 3)) yield factOf('envelope.recipient', 'password', info, 'password', 'whoever knows a password', 'observed');
    for (const id of identifiersOf(der, info)) {
      if (++count > MAX_RECIPIENTS) return;
      const text = recipientText(der, id);
      if (text !== null) yield factOf('envelope.recipient', 'recipient', id, text, text);
    }
  }
  const [, algorithm] = childrenOf(
    der,
    parts.find((e) => isUniversal(e, TAG.sequence)),
  );
  const [oidElement] = childrenOf(der, algorithm);
  const oid = oidOf(der, oidElement);
  if (oidElement && oid !== null) yield factOf('envelope.cipher', 'contentEncryptionAlgorithm', oidElement, oid, CIPHER_OF_OID.get(oid) ?? null);
}
