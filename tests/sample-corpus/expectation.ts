/** What a scan of the corpus must say, and must not say. Paths are rendered provenances. */
export interface Expectation {
  readonly plants: readonly Plant[];
  readonly supports: readonly { readonly path: string; readonly rule: string }[];
  readonly silent: readonly { readonly path: string; readonly why: string }[];
}

/**
 * Something put there. Everything that is ranked is one of these. Until the mailboxes are filed, `path` and `twin` may name a
 * letter and a mailbox, 'budget@gmail', and a part of it, 'budget@gmail!/mime:2'.
 */
export interface Plant {
  readonly path: string;
  /** Rules that must fire on it; others may. */
  readonly rules: readonly string[];
  /** The gravest proposition that is made about it. */
  readonly proposition: 'altered' | 'fabricated' | 'misdated' | 'handled' | 'context';
  /** What was done to it, and by whom in the story. */
  readonly story: string;
  /** The honest item that lacks what tells, and is like it in all else that rules look at: it must have no rank. */
  readonly twin: string;
}
