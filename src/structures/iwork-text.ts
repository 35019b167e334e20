import type { ProblemDraft } from '../model/artifact.ts';
import type { Input } from '../model/input.ts';
import { type IwaMessage, iwaFields, readIwa } from './iwa.ts';
import { readMember, readZip, type ZipMember } from './zip/zip.ts';

/** One string of a document's objects. */
export interface IworkString {
  readonly part: string;
  /** 'TSWP.StorageArchive/text': the kind of object and the field, by the names in Apple's programs. */
  readonly element: string;
  /** Of its kind in the part, from 0. */
  readonly nth: number;
  readonly text: string;
}

/** A comment; author and time as they stand, null where they are not given. */
export interface IworkComment {
  readonly text: IworkString | null;
  /** Seconds since 2001-01-01T00:00Z. */
  readonly created: IworkString | null;
  readonly author: number | null;
}

/** What tracking noted: a change, or a session in which changes were made. */
export interface IworkRevision {
  readonly what: 'insertion' | 'deletion' | 'change' | 'session';
  /** Seconds since 2001-01-01T00:00Z. */
  readonly date: IworkString | null;
  /** Of a session; a change names its session. */
  readonly author: number | null;
}

export interface IworkObjects {
  /** Texts of the document and its tables; not those of masters and styles. */
  readonly texts: readonly IworkString[];
  readonly comments: readonly IworkComment[];
  readonly revisions: readonly IworkRevision[];
  /** Names of those who commented, or changed something with tracking on, by object. */
  readonly authors: ReadonlyMap<number, IworkString>;
  /** Everything above, to be found again. */
  readonly strings: readonly IworkString[];
  readonly problems: readonly ProblemDraft[];
}

/** Numbers of the kinds, alike in the three programs (S. O'Brien, iWorkFileFormat). */
const TYPES = { text: [2001, 2005], list: 6005, author: 212, comment: 3056, change: 2060, session: 2062 } as const;
const CHANGES = { 1: 'insertion', 2: 'deletion' } as const;
/** A list of a table's strings; others hold formulas, styles, formats. */
const STRINGS = 1;
/** What a theme brings with it: nobody wrote it into this document. */
const THEMES = /^Index\/(?:MasterSlide|TemplateSlide|DocumentStylesheet|ThemeStylesheet)/;
/** Of one part and of all, unpacked: texts of a document are a few megabytes. */
const MAX_PART = 32 * 1024 ** 2;
const MAX_ALL = 64 * 1024 ** 2;

const isPart = (m: ZipMember): boolean => /^Index\/.*\.iwa$/.test(m.name) && !THEMES.test(m.name);

/** The document itself first, then by name, numbers as numbers: the order in the zip is that of the saving. */
const inOrder = (members: readonly ZipMember[]): ZipMember[] => {
  const key = (name: string): string => (name === 'Index/Document.iwa' ? '' : name.replace(/\d+/g, (n) => n.padStart(12, '0')));
  return members
    .map((m) => ({ m, key: key(m.name) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ m }) => m);
};

interface Collected {
  readonly texts: IworkString[];
  readonly comments: IworkComment[];
  readonly revisions: IworkRevision[];
  readonly authors: Map<number, IworkString>;
  readonly strings: IworkString[];
}

/** TSP.Reference. */
function referenceIn(bytes: Buffer): number | null {
  for (const f of iwaFields(bytes)) if (f.number === 1) return f.value;
  return null;
}

/** Collects the strings of one part. */
class PartReader {
  private readonly counts = new Map<string, number>();
  private readonly part: string;
  private readonly into: Collected;

  constructor(part: string, into: Collected) {
    this.part = part;
    this.into = into;
  }

  private string(element: string, text: string): IworkString {
    const nth = this.counts.get(element) ?? 0;
    this.counts.set(element, nth + 1);
    const string = { part: this.part, element, nth, text };
    this.into.strings.push(string);
    return string;
  }

  private list(body: Buffer): void {
    let isStrings = false;
    for (const f of iwaFields(body)) {
      if (f.number === 1) isStrings = f.value === STRINGS;
      else if (f.number === 3 && isStrings)
        for (const entry of iwaFields(f.bytes))
          if (entry.number === 3) this.into.texts.push(this.string('TST.TableDataList/string', entry.bytes.toString('utf8')));
    }
  }

  /** TSP.Date. */
  private date(element: string, bytes: Buffer): IworkString | null {
    for (const f of iwaFields(bytes)) if (f.number === 1 && f.bytes.byteLength === 8) return this.string(element, String(f.bytes.readDoubleLE(0)));
    return null;
  }

  private comment(body: Buffer): void {
    let [text, created, author]: [IworkString | null, IworkString | null, number | null] = [null, null, null];
    for (const f of iwaFields(body)) {
      if (f.number === 1) text = this.string('TSD.CommentStorageArchive/text', f.bytes.toString('utf8'));
      else if (f.number === 2) created = this.date('TSD.CommentStorageArchive/creation_date', f.bytes);
      else if (f.number === 3) author = referenceIn(f.bytes);
    }
    this.into.comments.push({ text, created, author });
  }

  /** In both the date is field 3; field 1 is the kind of a change, field 2 the author of a session. */
  private revision(body: Buffer, isSession: boolean): void {
    let [what, date, author]: [IworkRevision['what'], IworkString | null, number | null] = [isSession ? 'session' : 'change', null, null];
    for (const f of iwaFields(body)) {
      if (f.number === 1 && !isSession && (f.value === 1 || f.value === 2)) what = CHANGES[f.value];
      else if (f.number === 2 && isSession) author = referenceIn(f.bytes);
      else if (f.number === 3) date = this.date(`TSWP.Change${isSession ? 'Session' : ''}Archive/date`, f.bytes);
    }
    this.into.revisions.push({ what, date, author });
  }

  read({ type, object, body }: IwaMessage): void {
    if (type === TYPES.list) this.list(body);
    else if (type === TYPES.comment) this.comment(body);
    else if (type === TYPES.change || type === TYPES.session) this.revision(body, type === TYPES.session);
    else if (type === TYPES.author || TYPES.text.some((t) => t === type))
      for (const f of iwaFields(body)) {
        if (type === TYPES.author && f.number === 1)
          this.into.authors.set(object, this.string('TSK.AnnotationAuthorArchive/name', f.bytes.toString('utf8')));
        else if (type !== TYPES.author && f.number === 3) this.into.texts.push(this.string('TSWP.StorageArchive/text', f.bytes.toString('utf8')));
      }
  }
}

/** Texts, comments and tracked changes of a document of 2013 and later. Use as `input.once(iworkObjects)`. Never throws. */
export function iworkObjects(input: Input): IworkObjects {
  const into: Collected = { texts: [], comments: [], revisions: [], authors: new Map(), strings: [] };
  const problems: ProblemDraft[] = [];
  let left = Math.min(MAX_ALL, input.limits.expansionFloorBytes);
  const isLimit = (error: string): boolean => error.startsWith('unpacks') || error.startsWith('more');
  for (const member of inOrder(input.once(readZip).members.filter(isPart))) {
    input.alive();
    const stored = readMember(input, member, Math.min(MAX_PART, left));
    if (!stored.ok) {
      problems.push(stored.problem);
      continue;
    }
    const { messages, size, error } = readIwa(stored.bytes, Math.min(MAX_PART, left));
    left -= size;
    if (error !== null) problems.push({ code: isLimit(error) ? 'limit-exceeded' : 'malformed', message: `${member.name.slice(0, 200)}: ${error}` });
    const reader = new PartReader(member.name, into);
    for (const message of messages) reader.read(message);
  }
  return { ...into, problems };
}
