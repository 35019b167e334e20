import fs from 'node:fs';
import { CONTAINERS } from '../../../src/containers/index.ts';
import { FORMATS } from '../../../src/formats/index.ts';
import type { TimeValue } from '../../../src/model/attribute.ts';
import type { ClaimDraft } from '../../../src/model/claim.ts';
import type { Child, ClosedChild, Input } from '../../../src/model/input.ts';
import { recognise } from '../../../src/structures/recognise.ts';
import { inputFrom, openAll, type Read, readAll } from '../../support/read.ts';

/** Real files of parser projects, which lie beside a checkout on some machines and are never part of it. */
const CORPORA = new URL('../../../../shared/corpora/', import.meta.url);
const MANIFEST = new URL('MANIFEST.tsv', CORPORA);
export const present = fs.existsSync(MANIFEST);

/** One value in two readings. */
export interface Compared {
  /** The truth file; inside it, what is nested: 'a.json > attachment 1'. */
  readonly file: string;
  /** 'subject', 'attachments', 'time sent', … */
  readonly what: string;
  readonly theirs: string;
  readonly ours: string;
}

/** Path and kind of every file that the manifest lists. */
export const manifest = (): (readonly [path: string, kind: string])[] =>
  fs
    .readFileSync(MANIFEST, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([path = '', , , kind = '']) => [path, kind]);

const urlOf = (path: string): URL => new URL(path.split('/').map(encodeURIComponent).join('/'), CORPORA);
export const has = (path: string): boolean => fs.existsSync(urlOf(path));
export const bytesAt = (path: string): Buffer => fs.readFileSync(urlOf(path));
export const textAt = (path: string): string => bytesAt(path).toString('utf8');

/** What the reader and the container for these bytes make of them. */
export interface Evidence extends Read {
  readonly mediaType: string;
  readonly input: Input;
  readonly children: readonly (Child | ClosedChild)[];
}

const NOTHING: Read = { claims: [], passages: [], problems: [], values: () => [] };

export async function evidenceOf(bytes: Uint8Array, as?: string): Promise<Evidence> {
  const input = inputFrom(bytes);
  const mediaType = as ?? recognise(input).mediaType;
  const reader = FORMATS.find((f) => f.mediaTypes.includes(mediaType));
  const container = CONTAINERS.find((c) => c.mediaTypes.includes(mediaType));
  const read = reader ? await readAll(reader, bytes) : NOTHING;
  const { children } = container ? await openAll(container, bytes) : { children: [] };
  return { ...read, mediaType, input, children };
}

const textIn = (claim: ClaimDraft | undefined): string => (typeof claim?.value === 'string' ? claim.value : '');
export const nameOf = (child: Child | ClosedChild): string => textIn(child.says.find((c) => c.attribute === 'name.file')) || (child.label ?? '');

/** White space and lookalike blanks folded. */
export const folded = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\s\u0000\u00a0\u200b\ufeff]+/g, ' ')
    .trim();

/** Whole seconds of an instant in UTC, or of the wall clock. */
export const clockOf = (time: TimeValue): string => (time.kind === 'wall' ? time.local : new Date(time.epochMs).toISOString()).slice(0, 19);

/** The texts of one attribute. */
export const textsOf = (claims: readonly ClaimDraft[], attribute: string): string[] =>
  claims.filter((c) => c.attribute === attribute).map((c) => folded(textIn(c)));

export const timesOf = (claims: readonly ClaimDraft[], attributes: readonly string[]): string[] =>
  claims
    .filter((c) => attributes.includes(c.attribute))
    .map((c) => (c.value !== null && typeof c.value === 'object' && 'kind' in c.value ? clockOf(c.value) : `unread: ${c.raw}`));

/** Where one of several claims of ours says what they say, that one; else all of them. */
export const among = (theirs: string, ours: readonly string[]): string => (ours.includes(theirs) ? theirs : JSON.stringify(ours));
export const list = (values: readonly unknown[]): string => JSON.stringify(values);
export const sorted = (values: readonly string[]): string => JSON.stringify([...new Set(values)].sort());
