import { type ClaimDraft, claim, type Extracted, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { DATA_KINDS, dataKindOf } from '../structures/data-file.ts';
import { rawAt } from './shared/quote-bytes.ts';

function drafts({ bytes }: Input): ClaimDraft[] {
  const found = dataKindOf(bytes);
  if (!found) return [];
  const { kind, from } = found;
  return kind.facts(bytes.window(from, bytes.size - from)).map(({ attribute, field, offset, length, raw, value }) => ({
    basis: 'asserted',
    attribute,
    field,
    raw: raw.slice(0, MAX_RAW),
    value,
    locator: { in: 'bytes', offset: from + offset, length },
  }));
}

function* read(input: Input): Generator<Extracted> {
  const kind = dataKindOf(input.bytes)?.kind;
  if (!kind) {
    yield problem('malformed', 'not a file of any of these kinds');
    return;
  }
  for (const draft of drafts(input)) yield claim(draft);
  if (kind.unread !== null) yield problem('unsupported', `of a ${kind.name} the head is read, its ${kind.unread} not`);
}

/** What systems and programs keep beside documents: databases, registry hives, event logs, traces of programs that ran, colour profiles, disks. */
export const dataFile: FormatReader = {
  id: 'data-file',
  version: 1,
  mediaTypes: DATA_KINDS.map((k) => k.mediaType),
  read,
  replay: (input, locator) => (locator.in === 'bytes' ? rawAt(drafts(input), locator) : null),
};
