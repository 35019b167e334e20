import { claim, type Extracted, type Locator, MAX_RAW, problem } from '../../model/claim.ts';
import { bodyText, signerOf, writeSignature } from '../../model/dkim.ts';
import { messageSignatures } from '../../structures/mail/dkim/signatures.ts';
import { fieldName } from '../../structures/mail/elements.ts';
import type { Mime } from '../../structures/mail/mime.ts';

/**
 * Every DKIM and ARC signature of a message: what checking it later needs, whose it is, and what became of the body. A copy of
 * the tags' text may be cut to fit; the record is whole.
 * @param hasBody false where only the header was kept, as Outlook keeps it.
 */
export function* dkimClaims(mime: Mime, hasBody: boolean): Iterable<Extracted> {
  const { signatures, more, gaveUp } = messageSignatures(mime, hasBody);
  for (const { field: f, record } of signatures) {
    const locator: Locator = { in: 'header', part: '', name: f.name, nth: f.nth };
    const said = { basis: 'observed', field: fieldName(f.key), locator } as const;
    const signer = signerOf(record);
    yield claim({ ...said, attribute: 'dkim.signature', raw: f.value.slice(0, MAX_RAW), value: writeSignature(record) });
    if (record.domain !== '') yield claim({ ...said, attribute: 'dkim.signer', raw: signer.slice(0, MAX_RAW), value: signer });
    if (record.domain === '') yield problem('malformed', `${fieldName(f.key)}: ${record.fault}`);
    if (record.body.state === 'none') continue;
    const body = bodyText(record.body);
    yield claim({ ...said, attribute: 'dkim.body', raw: body, value: body });
  }
  if (hasBody && !signatures.some((s) => s.record.kind === 'dkim')) {
    const { offset, length } = mime.parts[0].header;
    yield claim({
      basis: 'observed',
      attribute: 'dkim.body',
      field: 'DKIM-Signature',
      raw: 'unsigned',
      value: 'unsigned',
      locator: { in: 'bytes', offset, length },
    });
  }
  if (more) yield problem('limit-exceeded', `more signatures than the ${signatures.length} that were looked at`);
  if (gaveUp) yield problem('limit-exceeded', 'the signed body differs, and not every change of transport was tried');
}
