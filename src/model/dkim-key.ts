/** One record of a signer's key, as DNS held it at some time, or as it was recovered from signatures. */
export interface DkimKey {
  /** 'selector._domainkey.example.org', lower case, no dot at the end. */
  readonly name: string;
  /** 'v=DKIM1; k=rsa; p=…' (RFC 6376 section 3.6.1). */
  readonly record: string;
  /** When it was in use, ms since 1970, UTC; null where nobody says. */
  readonly from: number | null;
  readonly until: number | null;
  /** Where it comes from, in words: 'recovered from messages A and B, verifies 14 of 15'; '' where nobody says. */
  readonly source: string;
}

/** Keys by name; several of one name were in use one after the other. */
export type DkimKeys = ReadonlyMap<string, readonly DkimKey[]>;

export const keyName = (selector: string, domain: string): string => `${selector}._domainkey.${domain}`.toLowerCase();

/** How the source of a key begins that was computed from signatures of the corpus itself. */
export const RECOVERED = 'recovered';
