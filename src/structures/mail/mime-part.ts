import type { HeaderField, Range } from './mime-headers.ts';
import type { Parameterised } from './mime-parameters.ts';

/** What the boundary lines of a multipart leave around its parts. */
export interface Multipart {
  readonly boundary: string;
  readonly preamble: Range;
  /** Null where the closing delimiter is missing. */
  readonly epilogue: Range | null;
}

export interface Part {
  /** '' for the message itself, then '1', '2', '2.1' as IMAP counts (RFC 9051 section 6.4.5). */
  readonly path: string;
  /** 0 for the message itself. */
  readonly depth: number;
  /** Position of the enclosing part in `parts`; -1 for the message. */
  readonly parent: number;
  /** Header and body as written, in bytes of the artifact. */
  readonly header: Range;
  readonly body: Range;
  readonly fields: readonly HeaderField[];
  /** Content-Type, lower case; 'text/plain' (in a digest 'message/rfc822') where none is declared or it is no type. */
  readonly type: string;
  readonly contentType: Parameterised;
  /** Content-Transfer-Encoding, lower case; '' where none is declared. */
  readonly encoding: string;
  /** Null where none is declared. */
  readonly disposition: Parameterised | null;
  /** Decoded, as written otherwise: it may hold folders. Null where the part has no name. */
  readonly filename: string | null;
  /** Null for a leaf, and for a multipart whose delimiters never come. */
  readonly multipart: Multipart | null;
}
