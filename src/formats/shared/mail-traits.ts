import type { Extracted } from '../../model/claim.ts';
import { claim, MAX_RAW } from '../../model/claim.ts';
import { fieldName } from '../../structures/mail/elements.ts';
import { fieldNamed } from '../../structures/mail/mime-headers.ts';
import type { Mime } from '../../structures/mail/mime.ts';
import { BOUNDARIES, DATED_HEADERS, MESSAGE_IDS, OWN_FIELDS, type Shape } from './mail-traits.data.ts';

/** Longer ones have no shape that we know. */
const LONGEST = 300;

const programOf = (shapes: readonly Shape[], text: string): string | null =>
  text.length > LONGEST ? null : (shapes.find(({ shape }) => shape.test(text))?.program ?? null);

/** Fewer fields have no order that says anything. */
const LEAST_OWN = 4;

/** In which order the sender's program wrote its fields, each where it stands first. */
function* orderClaim(mime: Mime): Iterable<Extracted> {
  const fields = mime.parts[0].fields.filter((f) => OWN_FIELDS.has(f.key));
  const order = [...new Set(fields.map((f) => f.key))];
  const [first] = fields;
  if (!first || order.length < LEAST_OWN) return;
  const text = order.join(' ');
  // Where the order begins.
  const locator = { in: 'header', part: '', name: first.name, nth: first.nth } as const;
  yield claim({ basis: 'observed', attribute: 'mark.header-order', field: 'header order', raw: text, value: text, locator });
}

/** What a message shows, without saying so, of the program that made it and of its age. */
export function* traitClaims(mime: Mime): Iterable<Extracted> {
  const [message] = mime.parts;
  const id = fieldNamed(message.fields, 'message-id');
  const numbered = id && programOf(MESSAGE_IDS, id.value);
  if (id && numbered) {
    const locator = { in: 'header', part: '', name: id.name, nth: id.nth } as const;
    yield claim({ basis: 'observed', attribute: 'tool.message', field: 'Message-ID', raw: id.value, value: numbered, locator });
  }
  const type = fieldNamed(message.fields, 'content-type');
  const boundary = message.contentType.parameters.get('boundary');
  const divided = boundary && programOf(BOUNDARIES, boundary.value);
  if (type && boundary && divided) {
    const locator = { in: 'header', part: '', name: `${type.name}#boundary`, nth: type.nth } as const;
    yield claim({ basis: 'observed', attribute: 'tool.message', field: 'MIME boundary', raw: boundary.raw, value: divided, locator });
  }
  const seen = new Set<string>();
  for (const f of message.fields) {
    if (!DATED_HEADERS.has(f.key) || seen.has(f.key)) continue;
    seen.add(f.key);
    const locator = { in: 'header', part: '', name: f.name, nth: f.nth } as const;
    yield claim({
      basis: 'asserted',
      attribute: 'mark.dated-header',
      field: fieldName(f.key),
      raw: f.value.slice(0, MAX_RAW),
      value: f.key,
      locator,
    });
  }
  yield* orderClaim(mime);
}
