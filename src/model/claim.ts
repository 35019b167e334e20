import type { Attribute, ValueOf } from './attribute.ts';
import type { ProblemDraft } from './artifact.ts';
import type { ArtifactId } from './provenance.ts';

/** Who says so: the file (`asserted`, forgeable by anyone who wrote it) or we, by measuring (`observed`). */
export type Basis = 'asserted' | 'observed';

/** Where inside the artifact the raw value stands; enough to cut the same bytes out again. */
export type Locator =
  /** `offset` and `length` in bytes of the artifact. */
  | { readonly in: 'bytes'; readonly offset: number; readonly length: number }
  /** `part` is the MIME part path ('' for the message itself); `nth` counts headers of that name from 0, top down. */
  | { readonly in: 'header'; readonly part: string; readonly name: string; readonly nth: number }
  /** `part` is the member of the package ('' where the artifact is the XML itself); `nth` counts in document order from 0. */
  | { readonly in: 'xml'; readonly part: string; readonly element: string; readonly attribute?: string; readonly nth: number }
  /** `block` is 'ifd0', 'exif', 'gps', 'ifd1', …; `tag` its number. */
  | { readonly in: 'tag'; readonly block: string; readonly tag: number }
  /** `revision` counts from 1; `key` is a path of names inside the object: 'Info/CreationDate', 'ID/0'. */
  | { readonly in: 'pdf'; readonly revision: number; readonly object: number; readonly generation: number; readonly key: string }
  /** An OLE property: the stream's path, the section's index from 0 and the property id. */
  | { readonly in: 'property'; readonly stream: string; readonly section: number; readonly id: number }
  /** Said by the enclosing artifact about this one: a zip entry's time, a file name, an mbox envelope. */
  | { readonly in: 'parent'; readonly key: string };

/** What a reader yields; the engine adds who and which. */
export interface ClaimDraft<A extends Attribute = Attribute> {
  readonly basis: Basis;
  readonly attribute: A;
  /** The format's own name for it: 'Date', 'dcterms:created', 'DateTimeOriginal'. */
  readonly field: string;
  /** As found, at most {@link MAX_RAW} characters. */
  readonly raw: string;
  /** Null where the field is present and we could not make sense of it: that too is evidence. */
  readonly value: ValueOf<A> | null;
  readonly locator: Locator;
}

export interface Claim<A extends Attribute = Attribute> extends ClaimDraft<A> {
  readonly artifact: ArtifactId;
  /** Position among this artifact's claims; (artifact, seq) is the claim's name. */
  readonly seq: number;
  /** The other end, where an examination compared two places. */
  readonly other?: { readonly artifact: ArtifactId; readonly locator: Locator };
  /** 'jpeg@1': so that a finding can be traced to the code that read the value. */
  readonly reader: string;
}

/** Characters kept of a raw value. Whoever cuts says so in a problem. */
export const MAX_RAW = 1024;

/**
 * Text that will be compared: a body, a quoted block, a cell, a page of one revision. Normalised, stored once per content
 * hash, limited by `maxTextBytes` and not by the cap on raw. With passages at rest, comparing two documents re-opens nothing.
 */
export interface Passage {
  readonly role: 'body' | 'quoted' | 'cell' | 'paragraph' | 'page' | 'note';
  readonly address: Locator;
  /** A name a person knows: 'Budget!B7', 'page 2', 'text/plain'. */
  readonly label: string;
  readonly revision?: number;
  readonly text: string;
}

/** Checks the value's type against the attribute at the place of writing. */
export const claim = <A extends Attribute>(draft: ClaimDraft<A>): Extracted => ({ t: 'claim', claim: draft });
export const passage = (p: Passage): Extracted => ({ t: 'passage', passage: p });
export const problem = (code: ProblemDraft['code'], message: string): Extracted => ({ t: 'problem', problem: { code, message } });

/** What a reader yields: claims, passages, and problems that did not stop it. */
export type Extracted =
  | { readonly t: 'claim'; readonly claim: ClaimDraft }
  | { readonly t: 'passage'; readonly passage: Passage }
  | { readonly t: 'problem'; readonly problem: ProblemDraft };
