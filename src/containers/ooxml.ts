import type { ProblemDraft } from '../model/artifact.ts';
import { type ClaimDraft, MAX_RAW } from '../model/claim.ts';
import type { Bytes, Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { OOXML_MEDIA_TYPES } from '../structures/ooxml-types.data.ts';
import { openMember, readZip, type ZipMember } from '../structures/zip.ts';

/** Files of their own inside a package. Everything else is the document itself, which the reader of its format reads. */
const EMBEDDED = /(?:^|\/)embeddings\/[^/]+$/i;
const PARTS = /(?:^|\/)media\/[^/]+$|(?:^|\/)thumbnail[^/]*\.[a-z]+$|(?:^|\/)vbaProject[^/]*\.bin$/i;
/** Controls and other objects; but also settings of printers and all parts of a binary workbook, which are no files. */
const OBJECT = /(?:^|\/)[^/]+\.bin$/i;
const NO_OBJECT = /(?:^|\/)(?:printerSettings[^/]*|(?:workbook|sharedStrings|styles|sheet\d*|table\d*|calcChain|comments\d*|binaryIndex\d*|metadata|externalLink\d*|pivot[A-Za-z]*\d*)\.bin)$/i;
const XML = /\.(?:xml|rels|vml)$/i;

const OLE_MAGIC = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const isOle = (bytes: Bytes): boolean => {
  const head = bytes.slice(0, OLE_MAGIC.length);
  return OLE_MAGIC.every((b, i) => head[i] === b);
};

type Kind = 'embedded' | 'part' | 'object';

function kindOf({ name, directory }: ZipMember): Kind | null {
  if (directory || XML.test(name)) return null;
  if (EMBEDDED.test(name)) return 'embedded';
  if (PARTS.test(name)) return 'part';
  return OBJECT.test(name) && !NO_OBJECT.test(name) ? 'object' : null;
}

function says(label: string): ClaimDraft[] {
  return label === '' ? [] : [{ basis: 'asserted', attribute: 'name.file', field: 'file name', raw: label.slice(0, MAX_RAW), value: label.slice(0, MAX_RAW), locator: { in: 'parent', key: 'name' } }];
}

/** Null where the member turns out to be no object of its own. */
function childOf(input: Input, member: ZipMember, kind: Kind): { readonly child: Child | ClosedChild; readonly problem: ProblemDraft | null } | null {
  const label = member.name.slice(member.name.lastIndexOf('/') + 1);
  const around = { key: member.key, label, role: kind === 'embedded' ? 'document' : 'part', says: says(label) } as const;
  const opened = openMember(input, member);
  if (!opened.ok) return { child: { ...around, bytes: null, why: opened.why, problem: opened.problem }, problem: null };
  if (kind === 'object' && !isOle(opened.bytes)) return null;
  return { child: { ...around, bytes: opened.bytes }, problem: opened.problem };
}

function* open(input: Input): Iterable<Child | ClosedChild | OpeningProblem> {
  for (const member of input.once(readZip).members) {
    const kind = kindOf(member);
    const found = kind && childOf(input, member, kind);
    if (!found) continue;
    if (found.problem) yield { problem: found.problem };
    if (found.child.label && found.child.label.length > MAX_RAW) yield { problem: { code: 'limit-exceeded', message: `the name of member ${member.index} was cut to ${MAX_RAW} characters` } };
    yield found.child;
  }
}

/** What is embedded in a document of Word, Excel or PowerPoint: pictures, thumbnails, macros, and documents in documents. Keys are member names. */
export const opc: Container = {
  id: 'opc',
  version: 1,
  mediaTypes: OOXML_MEDIA_TYPES,
  open,
  openOne(input, key) {
    const member = input.once(readZip).members.find((m) => m.key === key);
    const kind = member ? kindOf(member) : null;
    return member && kind ? (childOf(input, member, kind)?.child ?? null) : null;
  },
};
