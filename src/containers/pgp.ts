import type { ClaimDraft } from '../model/claim.ts';
import { MAX_RAW } from '../model/claim.ts';
import { fileNameClaim } from '../model/file-name.ts';
import type { Child, Container } from '../model/input.ts';
import { baseName } from '../structures/archive/archive-member.ts';
import { bytesOf } from '../structures/bytes.ts';
import { type PgpContent, readPgp } from '../structures/pgp/message.ts';

const keyOf = (index: number): string => `content ${index}`;

/** RFC 9580 section 5.9: the name of the file and when it was last changed, by the writer's account. */
function saysOf({ name, seconds }: PgpContent): ClaimDraft[] {
  const base = baseName(name).slice(0, MAX_RAW);
  const says: ClaimDraft[] = [];
  // '_CONSOLE' asks not to be stored, and is no name.
  if (base !== '' && base !== '_CONSOLE') says.push(fileNameClaim(base));
  if (seconds > 0) {
    const value = { kind: 'instant', epochMs: seconds * 1000, offsetMinutes: 0, precisionMs: 1000 } as const;
    says.push({ basis: 'asserted', attribute: 'time.stored', field: 'date', raw: String(seconds), value, locator: { in: 'parent', key: 'date' } });
  }
  return says;
}

function childOf(content: PgpContent, index: number): Child {
  const says = saysOf(content);
  const name = says.find((s) => s.attribute === 'name.file')?.raw;
  return { key: keyOf(index), role: 'document', bytes: bytesOf(content.bytes), says, ...(name === undefined ? {} : { label: name }) };
}

/** What an OpenPGP file carries in the clear: a signed text, a literal packet, packed or not. */
export const pgp: Container = {
  id: 'pgp',
  version: 1,
  mediaTypes: ['application/pgp-encrypted', 'application/pgp-keys', 'application/pgp-signature'],
  *open(input) {
    for (const [i, content] of input.once(readPgp).contents.entries()) yield childOf(content, i);
  },
  openOne(input, key) {
    for (const [i, content] of input.once(readPgp).contents.entries()) if (keyOf(i) === key) return childOf(content, i);
    return null;
  },
};
