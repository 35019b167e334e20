/** Differences that were looked at, one by one: why the two readings of one file differ. */
export const EXPLAINED: readonly { readonly file: string; readonly tag: string; readonly why: string }[] = [];
