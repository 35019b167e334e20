import { type Extracted, problem } from '../../model/claim.ts';
import type { Input } from '../../model/input.ts';
import type { PartText } from '../ooxml/package.ts';
import { memberOf, readMember, type Zip } from '../zip/zip.ts';
import { type PartBytes, xmlSignatureClaims } from './claims.ts';

/** ECMA-376-2 section 12.2.4 leaves the name open; Office uses these. OpenDocument 1.3 part 2 section 5.1: any name with 'signatures'. */
const SIGNATURES = /^(?:_xmlsignatures\/[^/]*\.xml|META-INF\/[^/]*signatures[^/]*\.xml)$/i;
const MAX_DOCUMENTS = 50;
/** Bytes unpacked to be compared, in all. */
const MAX_UNPACKED = 512 * 1024 ** 2;
const MAX_PART = 64 * 1024 ** 2;
const SMALL = 1024 ** 2;

/** Signatures of a package, whose parts are compared with what was signed. */
export function* packageSignatureClaims(input: Input, zip: Zip, textOf: (part: string) => PartText): Iterable<Extracted> {
  let left = MAX_UNPACKED;
  const known = new Map<string, Uint8Array>();
  const bytesOf: PartBytes = (name) => {
    const member = memberOf(zip, name);
    if (!member) return 'missing';
    const before = known.get(member.key);
    if (before || left <= 0) return before ?? null;
    const read = readMember(input, member, Math.min(left, MAX_PART));
    if (!read.ok) return null;
    left -= read.bytes.byteLength;
    // Each of several signatures asks for the same parts; large ones are unpacked again.
    if (read.bytes.byteLength < SMALL) known.set(member.key, read.bytes);
    return read.bytes;
  };
  for (const { name } of zip.members.filter((m) => SIGNATURES.test(m.name)).slice(0, MAX_DOCUMENTS)) {
    const { text, problem: trouble } = textOf(name);
    if (trouble) yield problem(trouble.code, trouble.message);
    if (text !== null) yield* xmlSignatureClaims(text, name, bytesOf);
  }
}
