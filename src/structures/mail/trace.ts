import { HEAD_BYTES } from '../head.ts';
import type { HeaderBlock, HeaderField } from './mime-headers.ts';
import { parseReceived } from './rfc5322.ts';

/** What a server says of how a message came: a clause or a comment, and the time (RFC 5321 section 4.4). */
const PASSED = /^(?:from|by|with|id|via|for|\()\s*\S/i;
/** Tags with the algorithm among them (RFC 6376 section 3.5, RFC 8617 section 4.1). */
const SIGNED = /^(?=.{0,500}\ba\s*=\s*(?:rsa|ed25519)-sha)[a-z]\s*=/s;
/** A server, which some leave out, and what it found (RFC 8601 section 2.2). */
const FOUND = /^(?:i\s*=\s*\d+\s*;\s*)?(?:[\w.-]+(?:\s+\d+)?\s*;\s*)?(?:none\b|[a-z][\w.-]*\s*=\s*\w)/i;

/** How the value of a trace field begins, by its name in lower case. */
const TRACE: ReadonlyMap<string, RegExp> = new Map([
  ['received', PASSED],
  ['x-received', PASSED],
  ['return-path', /^<[^<>\s]*>$/],
  ['delivered-to', /^\S[^\s@]*@\S+$/],
  ['dkim-signature', SIGNED],
  ['arc-seal', SIGNED],
  ['arc-message-signature', SIGNED],
  ['arc-authentication-results', FOUND],
  ['authentication-results', FOUND],
]);

const begins = ({ key, value }: HeaderField): boolean => TRACE.get(key)?.test(value) === true;
const ends = ({ key, value }: HeaderField): boolean => !key.endsWith('received') || parseReceived(value).time !== null;

/**
 * Whether the first bytes of a file are full of fields that servers put on top of a message, each well formed. They may be of
 * one kind: a long way through lists and gateways, or one long signature, keeps the sender's own fields out of sight.
 */
export function isAllTrace(head: Buffer, { fields, brokenLines }: HeaderBlock, lineEnd: number): boolean {
  const last = fields.at(-1);
  if (!last || brokenLines > 0 || head.byteLength < HEAD_BYTES) return false;
  // Up to the line that is cut, at least: no empty line, and no text.
  if (last.offset + last.length <= head.lastIndexOf(lineEnd)) return false;
  // Of the last one, there is a piece only.
  const whole = fields.slice(0, -1);
  return fields.every(({ key }) => TRACE.has(key)) && (fields.length === 1 ? begins(last) : whole.every((f) => begins(f) && ends(f)));
}
