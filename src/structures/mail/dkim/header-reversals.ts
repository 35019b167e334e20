import type { Mime } from '../mime.ts';
import type { RawField } from './canonical-header.ts';
import { rawField } from './canonical-header.ts';
import type { SignatureField } from './signature-field.ts';
import { WRAPPED } from './list-footer.ts';

export interface HeaderReversal {
  readonly undone: string;
  readonly fields: readonly RawField[];
}

/** What lists, gateways and repliers put before a subject. */
const PREFIX =
  /^([ \t]*)(?:\[[^\]\r\n]{1,60}\]|\*{2,}[^*\r\n]{1,40}\*{2,}|(?:re|fwd?|aw|wg|tr|ext|external|caution|spam)[ \t]*:)[ \t]*(?:\r\n[ \t]+)?/i;
const MOST_PREFIXES = 3;
/** Set by the list on its own mail; a signer that names them without having them forbids that. */
const OF_LISTS = /^(?:sender|reply-to|errors-to|precedence|list-[\w-]+)$/;
const CONTENT = /^(?:content-[\w-]+|mime-version)$/;
const ENCODINGS = ['7bit', '8bit', 'quoted-printable', 'base64'];

const changed = (fields: readonly RawField[], key: string, value: (old: string) => string): RawField[] =>
  fields.map((f) => (f.key === key ? { ...f, value: value(f.value) } : f));

function* subjects(fields: readonly RawField[]): Iterable<HeaderReversal> {
  let at = fields;
  for (let i = 0; i < MOST_PREFIXES; i++) {
    const next = changed(at, 'subject', (v) => v.replace(PREFIX, '$1'));
    if (next.every((f, n) => f.value === at[n]?.value)) return;
    at = next;
    yield { undone: 'subject prefix', fields: at };
  }
}

/** Lists that rewrite From against DMARC keep the author's in another field. */
function* authors(fields: readonly RawField[]): Iterable<HeaderReversal> {
  for (const key of ['x-original-from', 'reply-to']) {
    const kept = fields.filter((f) => f.key === key).at(-1);
    const from = fields.filter((f) => f.key === 'from').at(-1);
    if (!kept || !from || (key === 'reply-to' && !/ via /i.test(from.value))) continue;
    yield { undone: 'From rewritten by a list', fields: changed(fields, 'from', () => kept.value) };
  }
}

function* structure(mime: Mime, fields: readonly RawField[], signature: SignatureField): Iterable<HeaderReversal> {
  const first = mime.parts.find((p) => p.parent === 0);
  if (first && mime.parts[0].type === 'multipart/mixed') {
    const own = first.fields.filter((f) => CONTENT.test(f.key)).map((f) => rawField(mime.bytes, f));
    yield { undone: WRAPPED, fields: [...fields.filter((f) => !CONTENT.test(f.key) || f.key === 'mime-version'), ...own] };
  }
  if (!first && signature.names.includes('content-transfer-encoding'))
    for (const encoding of ENCODINGS)
      yield {
        undone: `transfer encoding (from ${encoding})`,
        fields: changed(fields, 'content-transfer-encoding', (v) => v.replace(/\S+/, encoding)),
      };
}

/** Only simple form sees these. */
function* spelling(fields: readonly RawField[]): Iterable<HeaderReversal> {
  yield { undone: 'folding', fields: fields.map((f) => ({ ...f, value: f.value.replace(/\r\n[ \t]+/g, ' ') })) };
  yield { undone: 'folding', fields: fields.map((f) => ({ ...f, value: f.value.replace(/\r\n\t/g, '\r\n ') })) };
  yield { undone: 'folding', fields: fields.map((f) => ({ ...f, value: f.value.replace(/\r\n +/g, '\r\n\t') })) };
  yield { undone: 'blanks at line ends', fields: fields.map((f) => ({ ...f, value: f.value.replace(/(?<![ \t])[ \t]+(?=\r\n|$)/g, '') })) };
  const title = (name: string): string => name.toLowerCase().replace(/(?:^|-)[a-z]/g, (c) => c.toUpperCase());
  yield { undone: 'spelling of names', fields: fields.map((f) => ({ ...f, name: title(f.name) })) };
  yield { undone: 'spelling of names', fields: fields.map((f) => ({ ...f, name: title(f.name).replace(/-Id$/, '-ID').replace('Mime', 'MIME') })) };
}

/** What honest transport does to the header, each put back in turn; then those of a list together. */
export function* headerReversals(mime: Mime, fields: readonly RawField[], signature: SignatureField): Iterable<HeaderReversal> {
  const bare = { undone: 'fields of a list', fields: fields.filter((f) => !OF_LISTS.test(f.key)) };
  yield* subjects(fields);
  yield* authors(fields);
  if (bare.fields.length < fields.length) {
    yield bare;
    for (const s of subjects(bare.fields)) yield { undone: `${s.undone}, ${bare.undone}`, fields: s.fields };
    for (const a of authors(fields)) yield { undone: `${a.undone}, ${bare.undone}`, fields: a.fields.filter((f) => !OF_LISTS.test(f.key)) };
  }
  for (const other of structure(mime, fields, signature)) {
    yield other;
    for (const s of subjects(other.fields)) yield { undone: `${s.undone}, ${other.undone}`, fields: s.fields };
  }
  if (signature.header === 'simple') yield* spelling(fields);
}
