import type { ProblemDraft } from '../../model/artifact.ts';

/** A range of the file: bytes [from, to). */
export interface RtfRange {
  readonly from: number;
  readonly to: number;
}

/** A value as it stands: the content of its group, or a control word with its number. */
export interface RtfValue extends RtfRange {
  /** Control word without its backslash: 'author', 'version'. */
  readonly name: string;
  readonly number: number | null;
  /** The group's text, decoded. */
  readonly text: string;
}

export interface RtfStyle extends RtfRange {
  /** 's0', 'cs10', 'ts11': the kind and the number of the style. */
  readonly id: string;
  readonly text: string;
}

/** Hex digits with anything between them, or bytes. */
export interface RtfRun extends RtfRange {
  readonly binary: boolean;
}

/** An embedded object or a picture, by the runs of hex digits or of bytes that hold it. */
export interface RtfObject {
  readonly kind: 'object' | 'picture';
  /** Of its group, in bytes of the file. */
  readonly at: number;
  readonly runs: readonly RtfRun[];
}

export interface Rtf {
  readonly values: readonly RtfValue[];
  readonly styles: readonly RtfStyle[];
  /** Not normalised, empty ones too. */
  readonly paragraphs: readonly (RtfRange & { readonly text: string })[];
  readonly objects: readonly RtfObject[];
  /** False where the text is not all there. */
  readonly complete: boolean;
  readonly problems: readonly ProblemDraft[];
  readonly codePage: number;
}

/** What the text of a group is. */
export type RtfRole = 'body' | 'aside' | 'value' | 'fonts' | 'styles' | 'info' | 'data';

/** What a group changes and gives back at its end. */
export interface RtfGroup {
  role: RtfRole;
  /** Behind \*: left out unless its first word is known. */
  starred: boolean;
  /** No word stood in it yet. */
  fresh: boolean;
  /** Where its content begins. */
  start: number;
  /** Control word of a value, id of a style. */
  name: string;
  codePage: number;
  /** Bytes that stand behind \u for readers without Unicode. */
  fallback: number;
  deleted: boolean;
  /** What \upr around it was in: its part in Unicode is read as that. */
  upper: RtfRole | null;
  /** Where the runs of an object or picture go. */
  data: RtfRun[] | null;
}
