import { claim, type Extracted, type Locator, MAX_RAW } from '../../model/claim.ts';
import { derOf, elementAt } from '../../structures/asn1/der.ts';
import { CMS } from '../../structures/asn1/oids.data.ts';
import { parseTime, timeText } from '../../structures/asn1/values.ts';
import { mailText, subjectOf, trustOf } from '../../structures/cms/certificate.ts';
import { contentInfoAt, type SignedData, signedDataAt, type Signer } from '../../structures/cms/signed-data.ts';
import { contentIn, type SignatureState, stateOf } from '../../structures/cms/verify.ts';
import type { Mime, Part } from '../../structures/mail/mime.ts';
import { carriedBytes } from '../../structures/mail/parts.ts';
import { withCrlf } from '../../structures/mail/canonical.ts';
import { detachedPgpClaims } from './mail-pgp.ts';

const SIGNATURE = /^application\/(?:x-)?pkcs7-signature$/;
/** Signed layers of one message: two occur, where a list signs again. */
const MAX_SIGNED = 20;
const MAX_SIGNERS = 20;

/** A part as it was signed: header and body, as written. */
const entityOf = ({ bytes }: Mime, part: Part): Uint8Array => bytes.subarray(part.header.offset, part.body.offset + part.body.length);

function signedDataIn(mime: Mime, part: Part): SignedData | null {
  const der = derOf(carriedBytes(mime, part));
  const info = contentInfoAt(der, elementAt(der, 0));
  return info?.type === CMS.signed ? signedDataAt(der, info.content) : null;
}

/** As written, then as it was sent: files of mail often lost the CR of their line ends (RFC 8551 section 3.1.1). */
function checked(data: SignedData, signer: Signer, entity: Uint8Array): SignatureState {
  const state = stateOf(data, signer, contentIn(entity));
  if (state === 'verified') return state;
  const sent = withCrlf(entity);
  return sent === null ? state : stateOf(data, signer, contentIn(sent));
}

function* signerClaims(
  data: SignedData,
  signer: Signer,
  entity: Uint8Array,
  signed: Part,
  said: { field: string; locator: Locator },
): Iterable<Extracted> {
  const observed = { basis: 'observed', ...said } as const;
  if (signer.certificate) {
    const certificate = signer.certificate;
    const subject = subjectOf(certificate);
    yield claim({ ...observed, attribute: 'signature.signer', raw: subject.slice(0, MAX_RAW), value: subject || null });
    for (const mail of certificate.mails) {
      const address = mailText(certificate, mail);
      yield claim({ ...observed, attribute: 'signature.signer', raw: address.slice(0, MAX_RAW), value: address.toLowerCase() || null });
    }
  }
  const signedAt = timeText(data.der, signer.signingTime);
  if (signedAt !== null)
    yield claim({
      ...observed,
      field: `${said.field} signingTime`,
      attribute: 'time.signed',
      raw: signedAt.slice(0, MAX_RAW),
      value: parseTime(signedAt),
    });
  const coverage = `part ${signed.path}, not the header of the message`;
  yield claim({ ...observed, attribute: 'mark.signature-coverage', raw: coverage, value: coverage });
  const state = checked(data, signer, entity);
  yield claim({ ...observed, attribute: 'signature.state', raw: state, value: state });
  if (!signer.certificate) return;
  const trust = trustOf(signer.certificate, data.certificates);
  yield claim({ ...observed, attribute: 'signature.trust', raw: trust, value: trust });
}

/**
 * Signatures that lie beside what they sign (multipart/signed, RFC 8551 section 3.5.3): only the message has both. What such a
 * signature says of itself is claimed by its own part.
 */
export function* signatureClaims(mime: Mime): Iterable<Extracted> {
  let found = 0;
  for (const [index, part] of mime.parts.entries()) {
    if (part.type !== 'multipart/signed' || !part.multipart || found >= MAX_SIGNED) continue;
    found++;
    const [signed, signature] = mime.parts.filter((p) => p.parent === index && p.depth === part.depth + 1);
    if (!signed || !signature) continue;
    if (signature.type === 'application/pgp-signature') yield* detachedPgpClaims(mime, signed, signature);
    if (!SIGNATURE.test(signature.type)) continue;
    const data = signedDataIn(mime, signature);
    if (!data) continue;
    const entity = entityOf(mime, signed);
    const { offset } = signed.header;
    const said = { field: `S/MIME signature ${signature.path}`, locator: { in: 'bytes', offset, length: entity.byteLength } } as const;
    for (const signer of data.signers.slice(0, MAX_SIGNERS)) yield* signerClaims(data, signer, entity, signed, said);
  }
}
