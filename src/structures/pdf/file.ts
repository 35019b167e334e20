import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input, Password } from '../../model/input.ts';
import { attemptsOf, encodings, triedInVain } from '../passwords.ts';
import { cipherCost, openCipher, type PdfCipher } from './crypt.ts';
import { catalogOf, type ObjectStore, objectStore, type PdfView, viewOf } from './objects.ts';
import { rebuildSection } from './rebuild.ts';
import { type PdfRevision, revisionsOf } from './revisions.ts';
import { indexOfText, lastIndexOfText, latin1At, note, parseAt, type PdfSource, sourceOf } from './source.ts';
import { nextToken } from './tokens.ts';
import { dictOf, isArray, isDict, isRef, type PdfDict, type PdfValue } from './values.ts';
import { readChain } from './xref.ts';

export interface PdfFile {
  readonly source: PdfSource;
  /** Bytes in front of '%PDF': what {@link PdfSource} counts from 0 stands this much further on in the artifact. */
  readonly shift: number;
  /** Oldest first; at least one. Consecutive sections that change nothing (hybrid files, linearised ones) are one revision. */
  readonly revisions: readonly [PdfRevision, ...PdfRevision[]];
  /** 'open': enciphered with the empty password, and deciphered. 'closed': strings and streams are not readable. */
  readonly encryption: 'none' | 'open' | 'closed';
  /** What of the list opened it; null where it took none. */
  readonly password: Password | null;
  /** True where the XMP packet of a closed file stands in the clear. */
  readonly hasClearMetadata: boolean;
  readonly problems: readonly ProblemDraft[];
}

/** The newest revision: what a viewer shows. */
export const latestOf = (pdf: PdfFile): PdfRevision => pdf.revisions[pdf.revisions.length - 1] ?? pdf.revisions[0];

/** The offset that the last 'startxref' names; null where there is none. */
function lastStartxref(source: PdfSource): number | null {
  const at = lastIndexOfText(source.bytes, 'startxref', 0, source.bytes.size);
  const offset = at < 0 ? null : parseAt(source, at + 'startxref'.length, nextToken);
  return typeof offset === 'number' ? offset : null;
}

/** Everything the encryption dictionary refers to, two levels down, where its filters are. */
function withoutReferences(view: PdfView, value: PdfValue, depth = 0): PdfValue {
  const v = view.resolve(value);
  return isDict(v) && depth < 3 ? new Map([...v].map(([key, inner]) => [key, withoutReferences(view, inner, depth + 1)])) : v;
}

interface Lock {
  readonly encryption: PdfFile['encryption'];
  readonly password: Password | null;
  readonly hasClearMetadata: boolean;
}

interface Opened {
  readonly cipher: PdfCipher;
  readonly password: Password | null;
}

function cipherOf(input: Input, encrypt: PdfDict, id: PdfValue | undefined): Opened | null {
  const open = openCipher(encrypt, id);
  if (open) return { cipher: open, password: null };
  const attempts = input.once(attemptsOf);
  for (const password of attempts.tries(cipherCost(encrypt))) {
    for (const bytes of encodings(password)) {
      const cipher = openCipher(encrypt, id, bytes);
      if (!cipher) continue;
      attempts.opened(password);
      return { cipher, password };
    }
  }
  return null;
}

function unlock(input: Input, store: ObjectStore, view: PdfView): Lock {
  const encrypt = dictOf(withoutReferences(view, view.trailer.get('Encrypt') ?? null));
  if (!encrypt) return { encryption: 'none', password: null, hasClearMetadata: false };
  const id = view.resolve(view.trailer.get('ID'));
  const opened = cipherOf(input, encrypt, isArray(id) ? view.resolve(id[0]) : undefined);
  store.cipher = opened?.cipher ?? null;
  // Read before the cipher was known: enciphered strings, and the dictionary itself, which never is.
  store.parsed.clear();
  store.packs.clear();
  return {
    encryption: opened ? 'open' : 'closed',
    password: opened?.password ?? null,
    hasClearMetadata: encrypt.get('EncryptMetadata') === false,
  };
}

/** A cross-reference section may stand where it should and still be wrong about the objects that matter. */
function isUsable(view: PdfView): boolean {
  const info = view.trailer.get('Info');
  const catalog = catalogOf(view);
  if (!catalog || !isDict(view.resolve(catalog.get('Pages')))) return false;
  return !isRef(info) || view.locate(info.object) === null || isDict(view.resolve(info));
}

function openByChain(input: Input, store: ObjectStore): { readonly revisions: PdfRevision[]; readonly lock: Lock } | null {
  const start = lastStartxref(store.source);
  const chain = start === null ? null : readChain(store.source, start);
  if (!chain) return null;
  const revisions = revisionsOf(store, chain);
  const latest = revisions.at(-1);
  if (!latest) return null;
  const lock = unlock(input, store, latest.view);
  return lock.encryption === 'closed' || isUsable(latest.view) ? { revisions, lock } : null;
}

function openByRebuilding(input: Input, store: ObjectStore): { readonly revision: PdfRevision; readonly lock: Lock } {
  const rebuilt = rebuildSection(store.source);
  const view = viewOf(store, [rebuilt.section], rebuilt.section.trailer);
  const lock = unlock(input, store, view);
  for (const stream of rebuilt.objectStreams) for (const [index, object] of view.packed(stream).entries()) rebuilt.pack(object, stream, index);
  return { revision: { number: 1, start: 0, end: store.source.bytes.size, view, changed: [] }, lock };
}

/** What stands behind the last revision: an update that was cut off, or one that a later 'startxref' points past. */
function noteTail(source: PdfSource, revisions: readonly PdfRevision[]): void {
  const end = revisions.at(-1)?.end ?? 0;
  const to = Math.min(source.bytes.size, end + 1024 ** 2);
  if (indexOfText(source.bytes, 'startxref', end, to) >= 0)
    note(source, 'malformed', `bytes ${end} to ${source.bytes.size} look like a revision and belong to none`);
  else if (indexOfText(source.bytes, ' obj', end, to) >= 0)
    note(source, 'truncated', `bytes ${end} to ${source.bytes.size} look like the beginning of a revision`);
  if (!latin1At(source.bytes, Math.max(0, end - 8), 8).includes('%%EOF'))
    note(source, 'truncated', 'no %%EOF behind the last cross-reference section');
}

/** By its cross-reference sections. Offsets count from '%PDF'; writers that did not know of what stands in front count from 0. */
function openSound(input: Input, shift: number): PdfFile | null {
  for (const base of shift > 0 ? [shift, 0] : [0]) {
    const source = sourceOf(input.bytes.window(base, input.bytes.size - base), input.limits);
    const opened = openByChain(input, objectStore(source));
    if (!opened) continue;
    noteTail(source, opened.revisions);
    return { source, shift: base, revisions: opened.revisions as [PdfRevision, ...PdfRevision[]], ...opened.lock, problems: source.problems };
  }
  return null;
}

function openBroken(input: Input, shift: number): PdfFile {
  const source = sourceOf(input.bytes.window(shift, input.bytes.size - shift), input.limits);
  const isCut = lastIndexOfText(source.bytes, '%%EOF', Math.max(0, source.bytes.size - 2048), source.bytes.size) < 0;
  const code = isCut ? 'truncated' : 'malformed';
  note(source, code, 'PDF without a usable cross-reference section: objects were found by scanning, revisions cannot be told apart');
  const { revision, lock } = openByRebuilding(input, objectStore(source));
  if (!catalogOf(revision.view) && lock.encryption !== 'closed') note(source, code, 'PDF without a catalog');
  return { source, shift, revisions: [revision], ...lock, problems: source.problems };
}

/**
 * Opens a PDF: by its cross-reference sections from the last 'startxref' back, or, where these are missing or wrong, by its
 * objects as they stand. Never throws on any bytes; reads little of a sound file. For `input.once`.
 */
export function openPdf(input: Input): PdfFile {
  const shift = Math.max(0, indexOfText(input.bytes, '%PDF-', 0, 1024 + 5));
  const pdf = openSound(input, shift) ?? openBroken(input, shift);
  if (pdf.encryption === 'closed')
    note(pdf.source, 'encrypted', `opens with a password only: document information and text were not read${triedInVain(input)}`);
  return pdf;
}
