import type { Mime } from '../mime.ts';
import type { Edit, Reversal } from './edits.ts';
import { listFooters, listParts } from './list-footer.ts';
import { reEncodings } from './re-encoding.ts';
import { textLeaves } from './text-leaf.ts';
import { warningBanners } from './warning-banner.ts';

/** Lines that a store or a server changes one by one; more of them in one body are left alone. */
const MOST_LINES = 5_000;
/** Bodies above this are only looked at as they stand and for what was added as a part. */
const MOST_BYTES = 8 * 1024 ** 2;

const CRLF = Buffer.from('\r\n', 'latin1');
const BLANK = Buffer.from(' ', 'latin1');

/** An edit for each place where `pattern` finds something; its first group is what goes, or the place where `put` comes in. */
function everywhere(text: string, base: number, pattern: RegExp, put: Uint8Array | null): Edit[] {
  const edits: Edit[] = [];
  for (const m of text.matchAll(pattern)) {
    if (edits.length >= MOST_LINES) return [];
    const [whole, group = ''] = m;
    const from = base + m.index + (put ? whole.length : whole.indexOf(group));
    edits.push({ from, to: from + (put ? 0 : group.length), put });
  }
  return edits;
}

/** mboxrd and mboxo put '>' before lines that begin with 'From '. */
const unquoted = (text: string, base: number): Edit[] => everywhere(text, base, /^(>)>*From /gm, null);

function* linewise(text: string, base: number): Iterable<Reversal> {
  const rows: readonly (readonly [string, Edit[]])[] = [
    ['blanks at line ends', everywhere(text, base, /(?<![ \t])([ \t]+)(?=\r?$)/gm, null)],
    ['lost blank behind the signature dashes', everywhere(text, base, /^--(?=\r?$)/gm, BLANK)],
    ['doubled dots', everywhere(text, base, /^(\.)\./gm, null)],
    ['blank line on top', everywhere(text, base, /^(\r?\n)/g, null)],
    ['lost blank line on top', [{ from: base, to: base, put: CRLF }]],
  ];
  for (const [undone, edits] of rows) if (edits.length > 0) yield { undone, edits };
}

/**
 * What honest transport and storage do to a body, each put back in turn, the likeliest first. Where From lines are quoted
 * each is tried with and without those quotes.
 */
export function* bodyReversals(mime: Mime): Iterable<Reversal> {
  const { offset } = mime.parts[0].body;
  if (mime.bytes.byteLength - offset > MOST_BYTES) {
    yield* listParts(mime);
    return;
  }
  const text = Buffer.from(mime.bytes.buffer, mime.bytes.byteOffset + offset, mime.bytes.byteLength - offset).toString('latin1');
  const quotes = unquoted(text, offset);
  const [first, ...rest] = text.includes('From ') ? [{ undone: 'mbox quoting of From lines', edits: quotes }] : [];
  if (first && rest.length === 0 && quotes.length > 0) yield first;
  const leaves = textLeaves(mime);
  for (const source of [listFooters(mime, leaves), listParts(mime), warningBanners(leaves), linewise(text, offset), reEncodings(mime)])
    for (const reversal of source) {
      yield reversal;
      if (quotes.length > 0) yield { ...reversal, undone: `mbox quoting of From lines, ${reversal.undone}`, edits: [...reversal.edits, ...quotes] };
    }
}
