import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { wholeOf } from '../bytes.ts';
import { DelimiterScan, endPart, type OpenPart } from './mime-delimiters.ts';
import { type HeaderBlock, type LineEnd, fieldNamed, type Range, readHeaderBlock } from './mime-headers.ts';
import type { Part } from './mime-part.ts';
import { decodeWords } from './encoded-words.ts';
import { parseParameterised } from './mime-parameters.ts';

export type { Part } from './mime-part.ts';

export interface Mime {
  readonly bytes: Uint8Array;
  /** In the order of the bytes; the first is the message. A message inside is one leaf: it is its own artifact. */
  readonly parts: readonly [Part, ...Part[]];
  /** An mbox 'From ' line on top of the file. */
  readonly envelope: Range | null;
  readonly problems: readonly ProblemDraft[];
}

/** Honest mail nests a tenth of it. */
const MAX_NESTING = 100;
const TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;

/** A message whose lines end in CR alone has no LF at all. */
const lineEndOf = (bytes: Buffer): LineEnd => (bytes.indexOf(0x0a) === -1 && bytes.indexOf(0x0d) !== -1 ? 0x0d : 0x0a);

function openPart(bytes: Buffer, block: HeaderBlock, start: number, path: string, depth: number, parent: number, digest: boolean): OpenPart {
  const { fields } = block;
  const contentType = parseParameterised(fieldNamed(fields, 'content-type')?.value ?? '');
  const declared = fieldNamed(fields, 'content-disposition');
  const disposition = declared ? parseParameterised(declared.value) : null;
  const name = disposition?.parameters.get('filename') ?? contentType.parameters.get('name');
  const encoding = /^[\w-]+/.exec(fieldNamed(fields, 'content-transfer-encoding')?.value ?? '')?.[0].toLowerCase() ?? '';
  return {
    path,
    depth,
    parent,
    fields,
    contentType,
    disposition,
    encoding,
    header: { offset: start, length: block.bodyOffset - start },
    body: { offset: block.bodyOffset, length: bytes.byteLength - block.bodyOffset },
    type: TYPE.test(contentType.value) ? contentType.value : digest ? 'message/rfc822' : 'text/plain',
    filename: name ? decodeWords(name.value) : null,
    multipart: null,
  };
}

/** What was seen on the way that deserves a word. */
interface Tally {
  broken: number;
  overlong: boolean;
  unclosed: number;
  deep: boolean;
  many: boolean;
}

/** The part behind a delimiter, put in its place. */
function nextPart(bytes: Buffer, scan: DelimiterScan, start: number, parts: OpenPart[], tally: Tally): OpenPart {
  const level = scan.top;
  level.children++;
  const block = readHeaderBlock(bytes, start, bytes.byteLength, scan.lineEnd, (line) => scan.isDelimiter(line));
  const path = level.part.path === '' ? String(level.children) : `${level.part.path}.${level.children}`;
  const part = openPart(bytes, block, start, path, scan.depth, level.index, level.part.type === 'multipart/digest');
  parts.push(part);
  tally.broken += block.brokenLines;
  tally.overlong ||= block.overlong;
  return part;
}

/** The tree of parts found by our own scan for delimiter lines: one pass, no recursion, byte ranges instead of copies. Call as input.once(readMime). */
export function readMime(input: Input): Mime {
  const { limits } = input;
  const raw = input.bytes.size > limits.maxArtifactBytes ? input.bytes.slice(0, limits.maxArtifactBytes) : wholeOf(input.bytes);
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const scan = new DelimiterScan(bytes, lineEndOf(bytes));
  const start = firstLine(bytes);
  const top = readHeaderBlock(bytes, start, bytes.byteLength, scan.lineEnd);
  const root = openPart(bytes, top, start, '', 0, -1, false);
  const parts: [OpenPart, ...OpenPart[]] = [root];
  const tally: Tally = { broken: top.brokenLines, overlong: top.overlong, unclosed: 0, deep: false, many: false };
  let leaf = scan.enter(root, 0) ? null : root;
  let at = top.bodyOffset;
  for (let d = scan.next(at); d && !tally.many; d = scan.next(at)) {
    if (leaf) endPart(leaf, d.contentEnd);
    tally.unclosed += scan.leaveTo(d.level, d.contentEnd);
    scan.begin(d.contentEnd);
    at = d.next;
    if (d.closes) {
      leaf = scan.close(d.next);
    } else if (parts.length >= limits.maxParts) {
      tally.many = true;
      leaf = null;
    } else {
      const part = nextPart(bytes, scan, at, parts, tally);
      at = part.body.offset;
      const tooDeep = scan.depth >= MAX_NESTING;
      tally.deep ||= tooDeep && part.type.startsWith('multipart/');
      leaf = !tooDeep && scan.enter(part, parts.length - 1) ? null : part;
    }
  }
  if (leaf) endPart(leaf, bytes.byteLength);
  tally.unclosed += scan.leaveTo(-1, bytes.byteLength);
  const cut: ProblemDraft[] =
    raw.byteLength < input.bytes.size ? [{ code: 'limit-exceeded', message: `read to byte ${raw.byteLength} of ${input.bytes.size}` }] : [];
  return { bytes, parts, envelope: top.envelope, problems: [...cut, ...complaints(tally, parts, limits.maxParts)] };
}

/** Behind a byte order mark and empty lines, which some exporters put in front. */
function firstLine(bytes: Buffer): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (bytes[at] === 0x0a || bytes[at] === 0x0d) at++;
  return at === bytes.byteLength ? 0 : at;
}

function complaints(counts: Tally, parts: readonly Part[], maxParts: number): ProblemDraft[] {
  const problems: ProblemDraft[] = [];
  const say = (code: ProblemDraft['code'], message: string): number => problems.push({ code, message });
  if (parts[0]?.fields.length === 0) say('malformed', 'no header field at the start of the message');
  if (counts.broken > 0) say('malformed', `${counts.broken} lines between header fields are no header fields`);
  if (counts.overlong) say('limit-exceeded', 'a header block is longer than we read; its rest counts as body');
  if (counts.many) say('limit-exceeded', `more than ${maxParts} parts; the rest was not read`);
  if (counts.deep) say('limit-exceeded', `parts nest deeper than ${MAX_NESTING}; the innermost was not taken apart`);
  const orphans = parts.filter((p) => p.type.startsWith('multipart/') && p.multipart === null).length;
  if (orphans > 0 && !counts.deep) say('malformed', `${orphans} multipart bodies hold no delimiter of their own`);
  if (counts.unclosed > orphans && !counts.many) say('truncated', `${counts.unclosed - orphans} multiparts have no closing delimiter`);
  return problems;
}
