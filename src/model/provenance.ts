import { hash } from 'node:crypto';

declare const brand: unique symbol;
type Brand<T, B extends string> = T & { readonly [brand]: B };

/** 64 lowercase hex digits. */
export type Sha256 = Brand<string, 'Sha256'>;
/** Names one *occurrence* of some bytes: derived from the provenance path, not from the content. 32 lowercase hex digits. */
export type ArtifactId = Brand<string, 'ArtifactId'>;

/** One replayable hop. `opener` is 'corpus' for the first hop, a container id after that. */
export interface Step {
  readonly opener: string;
  /** Addresses the child inside its parent whatever the reading order: '@10240', '2.1', 'word/media/image1.jpeg'. */
  readonly key: string;
  /** What a person would call it, if that differs from the key: a file name, a subject. Never part of the identity. */
  readonly label?: string;
}

/** From the corpus root down to the artifact. */
export type ProvenancePath = readonly [Step, ...Step[]];

/** Between two rendered steps. A step's own '!' is escaped, so the separator is unambiguous. */
const SEPARATOR = '!/';

/** Lone surrogates make encodeURIComponent throw, and a name from a dump may hold one. */
const escapeChar = (c: string): string => {
  const unit = c.charCodeAt(0);
  if (c.length === 1 && unit >= 0xd800 && unit <= 0xdfff) return `%u${unit.toString(16)}`;
  return encodeURIComponent(c).replace('!', '%21');
};

const escape = (text: string): string => text.replace(/[%!\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escapeChar);

const unescape = (text: string): string =>
  text
    .replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => decodeURIComponent(run))
    .replace(/%u([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

/** `mail/2015.mbox!/mbox:@10240!/mime:2.1`: one line, unambiguous, safe to print. */
export function renderPath(path: ProvenancePath): string {
  const [root, ...inner] = path;
  return [escape(root.key), ...inner.map((s) => `${s.opener}:${escape(s.key)}`)].join(SEPARATOR);
}

/** The reverse of {@link renderPath}; labels are not part of a rendered path. Throws a RangeError on text that is none. */
export function parsePath(text: string): ProvenancePath {
  const [root, ...inner] = text.split(SEPARATOR);
  if (root === undefined || root === '') throw new RangeError('A provenance starts with a path relative to the scanned directory.');
  const steps = inner.map((part): Step => {
    const colon = part.indexOf(':');
    if (colon < 1) throw new RangeError(`'${part}' is not a step of a provenance; expected 'opener:key'.`);
    return { opener: part.slice(0, colon), key: unescape(part.slice(colon + 1)) };
  });
  return [{ opener: 'corpus', key: unescape(root) }, ...steps];
}

/**
 * Sorts a child right after its parent, whatever sibling names begin with: 'a', 'a!/zip:x', 'a b'. The rendered path
 * does not ('a b' < 'a!'), so orders are taken from this. Compare as UTF-8 bytes.
 */
export const orderKey = (rendered: string): string => rendered.replaceAll(SEPARATOR, '\u0001');

export function artifactId(path: ProvenancePath): ArtifactId {
  return hash('sha256', renderPath(path), 'hex').slice(0, 32) as ArtifactId;
}

export const sha256Of = (bytes: Uint8Array | string): Sha256 => hash('sha256', bytes, 'hex') as Sha256;

/** UTF-8 byte order, the order of every list in a report. JavaScript's `<` differs above U+FFFF. */
export const compareBytes = (a: string, b: string): number => (a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b)));
