import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { bufferOf, type PlacedTag } from '../placed.ts';
import { asciiAt, placedText } from '../placed-text.ts';

export interface Dicom {
  readonly tags: readonly PlacedTag[];
  readonly problems: readonly ProblemDraft[];
}

const START = 132;
const MAX_ELEMENTS = 20_000;
const UNDEFINED = 0xffff_ffff;
/** PS3.5 section 7.1.2: these have two spare bytes and a length of four. */
const LONG_FORMS = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'UC', 'UN', 'UR', 'UT', 'SV', 'UV']);
const TRANSFER_SYNTAX = '0002,0010';
const IMPLICIT = '1.2.840.10008.1.2';
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const PIXELS = '7fe0,0010';
/** PS3.6 section 6, of what speaks of the device and the recording. Patients are not read. */
const DICOM_KEYWORDS: ReadonlyMap<string, string> = new Map([
  ['0002,0013', 'ImplementationVersionName'],
  ['0008,0012', 'InstanceCreationDate'],
  ['0008,0013', 'InstanceCreationTime'],
  ['0008,0020', 'StudyDate'],
  ['0008,0022', 'AcquisitionDate'],
  ['0008,0023', 'ContentDate'],
  ['0008,0030', 'StudyTime'],
  ['0008,0032', 'AcquisitionTime'],
  ['0008,0033', 'ContentTime'],
  ['0008,0070', 'Manufacturer'],
  ['0008,0080', 'InstitutionName'],
  ['0008,0201', 'TimezoneOffsetFromUTC'],
  ['0008,1010', 'StationName'],
  ['0008,1030', 'StudyDescription'],
  ['0008,1090', 'ManufacturerModelName'],
  ['0018,1000', 'DeviceSerialNumber'],
  ['0018,1020', 'SoftwareVersions'],
]);

interface Element {
  readonly tag: string;
  readonly from: number;
  readonly length: number;
}

interface Syntax {
  readonly explicit: boolean;
  readonly littleEndian: boolean;
}

const hex = (n: number): string => n.toString(16).padStart(4, '0');

function elementAt(input: Input, at: number, { explicit, littleEndian }: Syntax): Element | null {
  const b = bufferOf(input.bytes.slice(at, 12));
  if (b.byteLength < 8) return null;
  const short = (i: number): number => (littleEndian ? b.readUInt16LE(i) : b.readUInt16BE(i));
  const long = (i: number): number => (littleEndian ? b.readUInt32LE(i) : b.readUInt32BE(i));
  const tag = `${hex(short(0))},${hex(short(2))}`;
  // Items and their ends have no kind of value.
  if (!explicit || tag.startsWith('fffe')) return { tag, from: at + 8, length: long(4) };
  if (!LONG_FORMS.has(b.toString('latin1', 4, 6))) return { tag, from: at + 8, length: short(6) };
  return b.byteLength < 12 ? null : { tag, from: at + 12, length: long(8) };
}

/** The syntax behind the group of meta information; null where its elements cannot be read. */
function syntaxOf(name: string, problems: ProblemDraft[]): Syntax | null {
  if (name === DEFLATED) {
    problems.push({ code: 'unsupported', message: 'DICOM: a deflated data set is not read' });
    return null;
  }
  return { explicit: name !== IMPLICIT, littleEndian: name !== BIG_ENDIAN };
}

/** Elements of the outermost data set up to the pixels, by keyword. Sequences are stepped over. Never throws. */
export function readDicom(input: Input): Dicom {
  const { bytes } = input;
  const tags: PlacedTag[] = [];
  const problems: ProblemDraft[] = [];
  const done = (code: ProblemDraft['code'], message: string): Dicom => ({ tags, problems: [...problems, { code, message: `DICOM: ${message}` }] });
  let syntax: Syntax = { explicit: true, littleEndian: true };
  let after: Syntax | null = syntax;
  let inMeta = true;
  let depth = 0;
  let at = START;
  for (let n = 0; n < MAX_ELEMENTS && at < bytes.size; n++) {
    if (inMeta && asciiAt(bytes, at, 2) !== '\u0002\0') {
      inMeta = false;
      if (!after) return { tags, problems };
      syntax = after;
    }
    const e = elementAt(input, at, syntax);
    if (!e) return done('truncated', 'an element breaks off');
    if (e.tag === PIXELS) return { tags, problems };
    const isUndefined = e.length === UNDEFINED;
    if (!isUndefined && e.from + e.length > bytes.size) return done('truncated', `the element at ${at} ends beyond the file`);
    const keyword = DICOM_KEYWORDS.get(e.tag);
    if (e.tag === 'fffe,e00d' || e.tag === 'fffe,e0dd') depth--;
    else if (isUndefined) depth++;
    else if (e.tag === TRANSFER_SYNTAX) after = syntaxOf(placedText(bytes, '', e.from, e.length).raw.trim(), problems);
    else if (depth === 0 && keyword !== undefined) tags.push(placedText(bytes, keyword, e.from, e.length));
    at = isUndefined ? e.from : e.from + e.length;
  }
  return at < bytes.size ? done('limit-exceeded', `more than ${MAX_ELEMENTS} elements, the rest is not read`) : { tags, problems };
}
