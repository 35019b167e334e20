import type { Instant } from '../model/attribute.ts';
import { type ClaimDraft, MAX_RAW } from '../model/claim.ts';
import type { Child, Container, Input, OpeningProblem } from '../model/input.ts';
import { type Emlx, type EmlxProperty, readEmlx } from '../structures/mail/emlx.ts';

const KEY = '1';
/** 9999-12-31T23:59:59Z, in seconds. */
const LAST_SECOND = 253_402_300_799;

/** Seconds since 1970, as Mail writes them; 0 is what stands there before anything happened. */
function secondsOf({ text }: EmlxProperty): Instant | null {
  const seconds = /^\d{1,12}(?:\.\d{1,9})?$/.test(text) ? Number(text) : 0;
  if (seconds <= 0 || seconds > LAST_SECOND) return null;
  return { kind: 'instant', epochMs: Math.trunc(seconds * 1000), offsetMinutes: 0, precisionMs: text.includes('.') ? 1 : 1000 };
}

function* saidOf({ properties }: Emlx): Iterable<ClaimDraft> {
  for (const p of properties) {
    const said = { basis: 'asserted', field: p.key, raw: p.text.slice(0, MAX_RAW), locator: { in: 'parent', key: p.key } } as const;
    if (p.key === 'date-received') yield { ...said, attribute: 'time.stored', value: secondsOf(p) };
    // 'imap://claire@mail.example/INBOX': the account it came from.
    else if (p.key === 'original-mailbox' && p.text !== '') yield { ...said, attribute: 'machine.path', value: said.raw };
  }
}

const childOf = (input: Input, emlx: Emlx): Child => ({
  key: KEY,
  role: 'document',
  bytes: input.bytes.window(emlx.offset, emlx.length),
  says: [...saidOf(emlx)],
});

function* open(input: Input): Iterable<Child | OpeningProblem> {
  const emlx = input.once(readEmlx);
  if (!emlx) {
    yield { problem: { code: 'malformed', message: 'its first line is not the length of a message' } };
    return;
  }
  for (const problem of emlx.problems) yield { problem };
  yield childOf(input, emlx);
}

/**
 * A message as Apple Mail keeps it, '.emlx' and '.partial.emlx': one child with the bytes of the message as they stand. What a
 * partial one lacks are the contents of its attachments, which Mail keeps in folders beside it.
 */
export const emlx: Container = {
  id: 'emlx',
  version: 1,
  mediaTypes: ['application/x-emlx'],
  open,
  openOne(input, key) {
    const found = key === KEY ? input.once(readEmlx) : null;
    return found ? childOf(input, found) : null;
  },
};
