import type { ProblemDraft } from '../model/artifact.ts';
import { type ClaimDraft, MAX_RAW } from '../model/claim.ts';
import { fileNameClaim } from '../model/file-name.ts';
import type { Bytes, Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { fontKeysOf, unscrambledFont } from '../structures/ooxml/embedded-fonts.ts';
import { OOXML_MEDIA_TYPES } from '../structures/ooxml/types.data.ts';
import { openMember, readZip, type ZipMember } from '../structures/zip/zip.ts';

/** Files of their own inside a package. Everything else is the document itself, which the reader of its format reads. */
const EMBEDDED = /(?:^|\/)embeddings\/[^/]+$/i;
const PARTS = /(?:^|\/)media\/[^/]+$|(?:^|\/)thumbnail[^/]*\.[a-z]+$|(?:^|\/)vbaProject[^/]*\.bin$/i;
/** Fonts a document carries: Word scrambles their first bytes, PowerPoint packs them in a way of its own. */
const FONT = /(?:^|\/)[^/]+\.odttf$/i;
/** Controls and other objects; but also settings of printers and all parts of a binary workbook, which are no files. */
const OBJECT = /(?:^|\/)[^/]+\.bin$/i;
const NO_OBJECT =
  /(?:^|\/)(?:printerSettings[^/]*|(?:workbook|sharedStrings|styles|sheet\d*|table\d*|calcChain|comments\d*|binaryIndex\d*|metadata|externalLink\d*|pivot[A-Za-z]*\d*)\.bin)$/i;
const XML = /\.(?:xml|rels|vml)$/i;

const OLE_MAGIC = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const isOle = (bytes: Bytes): boolean => {
  const head = bytes.slice(0, OLE_MAGIC.length);
  return OLE_MAGIC.every((b, i) => head[i] === b);
};

type Kind = 'embedded' | 'part' | 'font' | 'object';

function kindOf({ name, directory }: ZipMember): Kind | null {
  if (directory || XML.test(name)) return null;
  if (EMBEDDED.test(name)) return 'embedded';
  if (PARTS.test(name)) return 'part';
  if (FONT.test(name)) return 'font';
  return OBJECT.test(name) && !NO_OBJECT.test(name) ? 'object' : null;
}

const says = (label: string): ClaimDraft[] => (label === '' ? [] : [fileNameClaim(label)]);

interface Opened {
  /** Null where the member turns out to be no object of its own. */
  readonly child: Child | ClosedChild | null;
  readonly problem: ProblemDraft | null;
  /** Bytes unpacked in vain. */
  readonly wasted: number;
}

function opened(input: Input, member: ZipMember, kind: Kind, exhausted = false): Opened {
  const label = member.name.slice(member.name.lastIndexOf('/') + 1);
  const around = { key: member.key, label, role: kind === 'embedded' ? 'document' : 'part', says: says(label) } as const;
  if (exhausted) {
    const problem: ProblemDraft = { code: 'limit-exceeded', message: 'not opened: too much of this package exceeds the limits' };
    return { child: { ...around, bytes: null, why: 'over-limit', problem }, problem: null, wasted: 0 };
  }
  const result = openMember(input, member);
  if (!result.ok)
    return { child: { ...around, bytes: null, why: result.why, problem: result.problem }, problem: null, wasted: result.triedBytes ?? 0 };
  if (kind === 'object' && !isOle(result.bytes)) return { child: null, problem: null, wasted: result.bytes.size };
  const bytes = kind === 'font' ? unscrambledFont(result.bytes, input.once(fontKeysOf)) : result.bytes;
  return { child: { ...around, bytes }, problem: result.problem, wasted: 0 };
}

function* open(input: Input): Iterable<Child | ClosedChild | OpeningProblem> {
  // The engine counts what comes out; what is unpacked and thrown away is counted here.
  const budget = Math.max(input.limits.expansionFloorBytes, input.bytes.size * input.limits.maxExpansionRatio);
  let wasted = 0;
  for (const member of input.once(readZip).members) {
    const kind = kindOf(member);
    if (!kind) continue;
    const result = opened(input, member, kind, wasted > budget);
    wasted += result.wasted;
    if (result.problem) yield { problem: result.problem };
    if (result.child?.label && result.child.label.length > MAX_RAW)
      yield { problem: { code: 'limit-exceeded', message: `the name of member ${member.index} was cut to ${MAX_RAW} characters` } };
    if (result.child) yield result.child;
  }
}

/** What is embedded in a document of Word, Excel or PowerPoint: pictures, thumbnails, macros, and documents in documents. Keys are member names. */
export const opc: Container = {
  id: 'opc',
  version: 2,
  mediaTypes: OOXML_MEDIA_TYPES,
  open,
  openOne(input, key) {
    const member = input.once(readZip).members.find((m) => m.key === key);
    const kind = member ? kindOf(member) : null;
    return member && kind ? opened(input, member, kind).child : null;
  },
};
