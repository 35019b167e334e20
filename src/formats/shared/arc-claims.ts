import { claim, type Extracted, MAX_RAW } from '../../model/claim.ts';
import { arcChainOf } from '../../structures/mail/arc.ts';
import type { Mime } from '../../structures/mail/mime.ts';

/** Of either kind: a message with more of them says nothing by the next. */
const MOST_TOLD = 50;

/** What the seals of a message's ARC sets say, and how the sets are no chain. RFC 8617. */
export function* arcClaims(mime: Mime): Iterable<Extracted> {
  const chain = arcChainOf(mime.parts[0].fields);
  if (!chain) return;
  for (const { field: f, instance, raw, verdict } of chain.verdicts.slice(0, MOST_TOLD)) {
    if (raw === null) continue;
    const locator = { in: 'header', part: '', name: `${f.name}#cv`, nth: f.nth } as const;
    yield claim({
      basis: 'asserted',
      attribute: 'arc.verdict',
      field: `ARC-Seal i=${instance}`,
      raw: raw.slice(0, MAX_RAW),
      value: verdict,
      locator,
    });
  }
  for (const { field: f, says } of chain.faults.slice(0, MOST_TOLD)) {
    const locator = { in: 'header', part: '', name: f.name, nth: f.nth } as const;
    yield claim({ basis: 'observed', attribute: 'arc.fault', field: 'ARC sets', raw: says, value: says, locator });
  }
}
