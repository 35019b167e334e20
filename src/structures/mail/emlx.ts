import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Certainty, Input } from '../../model/input.ts';
import { looksLikeMail } from './type.ts';
import { type PlistValue, readPlist } from '../plist.ts';

/** Blanks pad the number, so that Mail can rewrite it in place. */
const LENGTH_LINE = /^[ \t]*(\d{1,15})[ \t]*\r?\n/;
const MAX_LENGTH_LINE = 64;
/** A property list holds a dozen numbers; a longer tail belongs to the message. */
const MAX_PLIST = 1024 ** 2;

/** One entry of the property list's dictionary: '<key>date-received</key><integer>1303394185</integer>'. */
export interface EmlxProperty {
  readonly key: string;
  readonly kind: PlistValue['kind'];
  readonly text: string;
}

/** Apple Mail's file of one message: a line with its length, the message, a property list. No published specification. */
export interface Emlx {
  /** Bytes that the first line promises. */
  readonly declared: number;
  /** Where the message stands, in bytes of the file. */
  readonly offset: number;
  readonly length: number;
  readonly properties: readonly EmlxProperty[];
  readonly problems: readonly ProblemDraft[];
}

const lengthLine = (head: Uint8Array): RegExpExecArray | null =>
  LENGTH_LINE.exec(Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, MAX_LENGTH_LINE)).toString('latin1'));

/** Whether a file's first bytes are a number on a line of its own and, behind it, the header of a mail. */
export function looksLikeEmlx(head: Uint8Array): Certainty {
  const line = lengthLine(head);
  return line ? looksLikeMail(head.subarray(line[0].length)) : 'no';
}

const startsPlist = (bytes: Bytes, at: number): boolean =>
  /^\s*<(?:\?xml|!DOCTYPE plist|plist)/.test(Buffer.from(bytes.slice(at, 64)).toString('latin1'));

/** Where the last property list of the file begins; -1 where there is none near the end. */
function lastPlist(bytes: Bytes, from: number): number {
  const start = Math.max(from, bytes.size - MAX_PLIST);
  const tail = Buffer.from(bytes.slice(start, MAX_PLIST));
  const plist = tail.lastIndexOf('<plist');
  if (plist === -1) return -1;
  const declaration = tail.lastIndexOf('<?xml', plist);
  return start + (declaration === -1 ? plist : declaration);
}

/** Entries of the outermost dictionary. What is nested deeper is left alone. */
function dictionaryOf(list: Uint8Array): { properties: EmlxProperty[]; error: string | null } {
  const { values, error } = readPlist(list);
  return { properties: values.filter((v) => !v.path.includes('/')).map(({ path, kind, text }) => ({ key: path, kind, text: text.trim() })), error };
}

/** Where the message ends: at the promised byte if the property list stands there, else where the property list stands. */
function endOf(bytes: Bytes, offset: number, declared: number): { end: number; plist: number; problems: ProblemDraft[] } {
  const promised = offset + declared;
  if (promised < bytes.size && startsPlist(bytes, promised)) return { end: promised, plist: promised, problems: [] };
  const plist = lastPlist(bytes, offset);
  if (plist === -1) {
    const left = bytes.size - offset;
    const problems: ProblemDraft[] = [
      { code: 'truncated', message: `no property list behind the message of ${declared} bytes; ${left} bytes are there` },
    ];
    return { end: Math.min(bytes.size, promised), plist, problems };
  }
  const message = `its first line promises a message of ${declared} bytes; the property list begins after ${plist - offset}`;
  return { end: plist, plist, problems: [{ code: 'malformed', message }] };
}

/** Null where the first line is no number. */
export function readEmlx({ bytes }: Input): Emlx | null {
  const line = lengthLine(bytes.slice(0, MAX_LENGTH_LINE));
  if (!line) return null;
  const offset = line[0].length;
  const declared = Number(line[1]);
  const { end, plist, problems } = endOf(bytes, offset, declared);
  const base = { declared, offset, length: end - offset };
  if (plist === -1) return { ...base, properties: [], problems };
  if (bytes.size - plist > MAX_PLIST)
    problems.push({ code: 'limit-exceeded', message: `the property list is longer than ${MAX_PLIST} bytes; the rest was left out` });
  const { properties, error } = dictionaryOf(bytes.slice(plist, MAX_PLIST));
  if (error !== null) problems.push({ code: 'malformed', message: `property list: ${error}` });
  return { ...base, properties, problems };
}
