import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { decodeXml, scanXml } from '../xml.ts';
import { memberOf, readMember, readZip, type Zip } from '../zip/zip.ts';

/** Bytes of XML unpacked for one document: some seconds of work, and far more than the budget of its text needs. */
const MAX_XML_BYTES = 48 * 1024 ** 2;
/** More relationships than any package of an office program has. */
const MAX_RELATIONSHIPS = 20_000;

/** One line of a .rels part (ECMA-376-2 6.5). */
export interface Relationship {
  readonly id: string;
  /** The last segment of the type's URI, the same in the transitional and the strict namespaces: 'styles', 'attachedTemplate'. */
  readonly type: string;
  /** As written. */
  readonly target: string;
  /** Name of the member it leads to; null where it leads out of the package. */
  readonly part: string | null;
  /** Elements 'Relationship' before it, for a locator into `list`. */
  readonly nth: number;
  /** As written: 'Relationship'. */
  readonly element: string;
  /** The .rels part it stands in. */
  readonly list: string;
}

export type OfficeProgram = 'word' | 'excel' | 'powerpoint';

/** An Open Packaging document (ECMA-376-2) by its relationships. */
export interface Ooxml {
  readonly zip: Zip;
  /** Parts with core properties; a second one is against the standard (ECMA-376-2 8.3.2), and Office writes it all the same. */
  readonly core: readonly string[];
  /** Member names, as the archive spells them; null where there is no such part. */
  readonly app: string | null;
  readonly main: string | null;
  readonly program: OfficeProgram | null;
  /** The text of an XML part, as long as the document as a whole keeps within bounds. */
  readonly text: (part: string) => PartText;
  /** What was wrong with relationships. */
  readonly problems: readonly ProblemDraft[];
  /** Relationships of a part, '' for those of the package. Read once. */
  readonly relationships: (part: string) => readonly Relationship[];
  /** The first part of that type that `source` leads to. */
  readonly related: (source: string, type: string) => string | null;
}

/** Where every writer puts them; tried where the relationships are lost. */
const USUAL = {
  core: ['docProps/core.xml'],
  app: ['docProps/app.xml'],
  main: ['word/document.xml', 'xl/workbook.xml', 'ppt/presentation.xml'],
} as const;

const PROGRAM_OF_FOLDER: readonly (readonly [RegExp, OfficeProgram])[] = [
  [/(?:^|\/)(?:word\/|document\d*\.xml$)/i, 'word'],
  [/(?:^|\/)(?:xl\/|workbook\d*\.(?:xml|bin)$)/i, 'excel'],
  [/(?:^|\/)(?:ppt\/|presentation\d*\.xml$)/i, 'powerpoint'],
];

/** Not for `input.once`: each reading has a budget of its own, or the second would find less. Never throws. */
export function readOoxml(input: Input): Ooxml {
  const zip = input.once(readZip);
  const text = xmlBudget(input);
  const known = new Map<string, readonly Relationship[]>();
  const problems: ProblemDraft[] = [];
  const relationships = (part: string): readonly Relationship[] => {
    const list = known.get(part) ?? relationshipsOf(zip, text, problems, part);
    known.set(part, list);
    return list;
  };
  const related = (source: string, type: string): string | null => {
    const part = relationships(source).find((r) => r.type === type)?.part;
    return part ? (memberOf(zip, part)?.name ?? null) : null;
  };
  const usual = (names: readonly string[]): string | null => names.map((n) => memberOf(zip, n)?.name).find((n) => n !== undefined) ?? null;
  const core = relationships('').flatMap((r) => (r.type === 'core-properties' && r.part !== null ? (memberOf(zip, r.part)?.name ?? []) : []));
  const main = related('', 'officeDocument') ?? related('', 'document') ?? usual(USUAL.main);
  return {
    zip,
    main,
    text,
    problems,
    relationships,
    related,
    core: core.length > 0 ? core : [usual(USUAL.core) ?? []].flat(),
    app: related('', 'extended-properties') ?? related('', 'extendedProperties') ?? usual(USUAL.app),
    program: main === null ? null : (PROGRAM_OF_FOLDER.find(([pattern]) => pattern.test(main))?.[1] ?? null),
  };
}

/** The text of an XML part; null with a problem where it cannot be read, without one where there is none. */
export interface PartText {
  readonly text: string | null;
  /** Also beside a text: it may break off or differ from its checksum. */
  readonly problem: ProblemDraft | null;
}

/** One part by itself, for replaying a locator. */
export const partText = (input: Input, name: string): PartText => readPart(input, name, MAX_XML_BYTES).part;

function readPart(input: Input, name: string, maxBytes: number): { readonly part: PartText; readonly cost: number } {
  const member = memberOf(input.once(readZip), name);
  if (!member) return { part: { text: null, problem: null }, cost: 0 };
  const read = readMember(input, member, maxBytes);
  if (!read.ok) return { part: { text: null, problem: read.problem }, cost: read.triedBytes ?? 0 };
  return { part: { text: decodeXml(read.bytes), problem: read.problem }, cost: read.bytes.byteLength };
}

/** A package may unpack one stream a hundred thousand times: what was unpacked in vain counts too. */
export function xmlBudget(input: Input): (name: string) => PartText {
  let left = MAX_XML_BYTES;
  return (name) => {
    if (left <= 0)
      return { text: null, problem: { code: 'limit-exceeded', message: `more than ${MAX_XML_BYTES} bytes of XML; the rest was not read` } };
    const { part, cost } = readPart(input, name, left);
    left -= cost;
    return part;
  };
}

/** 'word/document.xml' -> 'word/_rels/document.xml.rels', '' -> '_rels/.rels' (ECMA-376-2 6.5.2.2). */
const listOf = (part: string): string => {
  const slash = part.lastIndexOf('/') + 1;
  return `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
};

function relationshipsOf(zip: Zip, textOf: (part: string) => PartText, problems: ProblemDraft[], part: string): readonly Relationship[] {
  const list = memberOf(zip, listOf(part))?.name;
  if (list === undefined) return [];
  const { text, problem } = textOf(list);
  if (problem) problems.push(problem);
  if (text === null) return [];
  const found: Relationship[] = [];
  const { error } = scanXml(text, {
    open(e) {
      if (e.local !== 'Relationship') return;
      if (found.length === MAX_RELATIONSHIPS)
        problems.push({ code: 'limit-exceeded', message: `${list} has more than ${MAX_RELATIONSHIPS} relationships; the rest was not read` });
      if (found.length >= MAX_RELATIONSHIPS) return;
      const value = (name: string): string => e.attributes.find((a) => a.local === name)?.value ?? '';
      const type = value('Type');
      const target = value('Target');
      found.push({
        id: value('Id'),
        type: type.slice(type.lastIndexOf('/') + 1),
        target,
        part: value('TargetMode') === 'External' ? null : resolve(part, target),
        nth: e.nth,
        element: e.name,
        list,
      });
    },
  });
  if (error !== null && !problem) problems.push({ code: 'malformed', message: `${list}: ${error}` });
  return found;
}

/** A target against the folder of its source. Some writers use the separator of Windows, some leave a fragment. */
function resolve(source: string, target: string): string {
  const path = percentDecoded(target.replaceAll('\\', '/').split('#', 1)[0] ?? '');
  const segments = path.startsWith('/') ? [] : source.split('/').slice(0, -1);
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}

/** '%20' -> ' ', UTF-8; what is no UTF-8 becomes U+FFFD instead of an error. */
export const percentDecoded = (text: string): string =>
  text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
