import { decodeUnlabelled } from './charset.ts';
import type { Range } from './mime-headers.ts';
import type { Mime } from './mime.ts';

/** Text that mail programs do not show: in front of a multipart's first delimiter or behind its last one (RFC 2046 section 5.1.1). */
export interface AroundParts {
  /** 'text before the parts of 1', without a number for the message itself. */
  readonly label: string;
  /** In bytes of the artifact. */
  readonly range: Range;
  readonly text: string;
}

/** What mail programs write there for readers without MIME, a sentence each: lower case, without what ends it. */
const USUAL: readonly RegExp[] = [
  /^this is an? (?:nested )?(?:multi-?part|mime[- ](?:encapsulated|formatted|encoded)|cryptographically signed|s\/mime (?:signed|encrypted)|openpgp\/mime (?:signed|encrypted)) message(?: in mime format| \(rfc [\d, and]{4,40}\))?$/,
  /^this (?:message )?is (?:a message )?in mime format$/,
  /^(?:since )?your (?:mail|e-?mail) reader does not (?:understand|support) (?:this|(?:the )?mime(?: message)?) format(?:, some or all of (?:the|this) message may not be legible)?$/,
  /^some or all of (?:the|this) message may not be legible$/,
  /^portions of this message may be unreadable without a mime-capable mail program$/,
  /^the first part should be readable text, while the remaining parts are likely unreadable without mime-aware tools$/,
  /^send mail to mime@docserver\.cac\.washington\.edu for more info$/,
  /^if you (?:see|are reading) this(?: text)?,? (?:it means that )?your (?:mail|e-?mail) (?:software|reader|program|client) does not (?:understand|support) (?:this format|mime(?:[- ]formatted messages)?)$/,
];

const isUsual = (sentence: string): boolean => {
  const plain = sentence
    .replace(/[>\s]+/g, ' ')
    .trim()
    .toLowerCase();
  return !/[\p{L}\p{N}]/u.test(plain) || USUAL.some((usual) => usual.test(plain));
};

/** Sentences end at a stop before a blank or a capital, and at an empty line. */
const SENTENCE_END = /(?<![.!])[.!]+(?=\s|\p{Lu}|$)|\n\s*\n/u;

/** Whether there is more in it than programs write by themselves. */
const tells = (text: string): boolean => !text.includes('\u0000') && !text.split(SENTENCE_END).every(isUsual);

/** Words around the parts, at most so many bytes of each place; the usual sentences of mail programs are left out. */
export function* aroundParts(mime: Mime, maxBytes: number): Generator<AroundParts> {
  for (const part of mime.parts) {
    if (!part.multipart) continue;
    const { preamble, epilogue } = part.multipart;
    const of = part.path === '' ? '' : ` of ${part.path}`;
    for (const [label, range] of [
      [`text before the parts${of}`, preamble],
      [`text behind the parts${of}`, epilogue],
    ] as const) {
      if (!range || range.length === 0) continue;
      const kept = { offset: range.offset, length: Math.min(range.length, maxBytes) };
      const text = decodeUnlabelled(mime.bytes.subarray(kept.offset, kept.offset + kept.length))
        .replace(/\r\n?/g, '\n')
        .trim();
      if (text !== '' && tells(text)) yield { label, range: kept, text: text.normalize('NFC') };
    }
  }
}
