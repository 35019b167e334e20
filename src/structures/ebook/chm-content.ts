import type { ProblemDraft } from '../../model/artifact.ts';
import { bytesOf } from '../../model/bytes.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { Lzx, LZX_FRAME } from '../archive/lzx.ts';
import { bufferOf } from '../placed.ts';
import { type ChmEntry, chmLayout } from './chm.ts';

/** A page, picture or table of contents. */
export interface ChmFile {
  /** Without the slash in front: 'html/plan.htm'. */
  readonly name: string;
  /** Null where what holds it is damaged, or ends before it. */
  readonly bytes: Bytes | null;
}

export interface ChmContent {
  readonly files: readonly ChmFile[];
  readonly problems: readonly ProblemDraft[];
}

const STORAGE = '::DataSpace/Storage/MSCompressed/';
const CONTENT = `${STORAGE}Content`;
const CONTROL = `${STORAGE}ControlData`;
const RESETS = `${STORAGE}Transform/{7FC28940-9D31-11D0-9B27-00A0C91E9C7C}/InstanceData/ResetTable`;
/** Version 2 counts in these. */
const UNIT = 0x8000;
const MAX_FILES = 100_000;
const MAX_UNPACKED = 64 * 1024 ** 2;
const MAX_RESETS = 16 * 1024 ** 2;
/** What the compiler keeps for itself: '/#SYSTEM', '/$FIftiMain', and its data spaces. */
const OWN = /^(?:::|\/[#$]|\/$)/;

/** How the packed section is to be read (chmspec, 'Section 1: MSCompressed'). */
interface Plan {
  readonly windowBits: number;
  /** Frames from one reset to the next. */
  readonly resetEvery: number;
  /** Where each frame begins, and where the last ends. */
  readonly starts: readonly number[];
  readonly size: number;
}

function planOf(control: Buffer, resets: Buffer, packed: number): Plan | null {
  if (control.byteLength < 24 || control.toString('latin1', 4, 8) !== 'LZXC' || resets.byteLength < 0x28) return null;
  const unit = control.readUInt32LE(8) === 2 ? UNIT : 1;
  const [interval, window, perReset] = [control.readUInt32LE(12) * unit, control.readUInt32LE(16) * unit, control.readUInt32LE(20)];
  const windowBits = Math.log2(window);
  const resetEvery = Math.floor((interval / (window / 2)) * perReset);
  if (!Number.isInteger(windowBits) || windowBits < 15 || windowBits > 21 || resetEvery < 1) return null;
  const [count, head] = [resets.readUInt32LE(4), resets.readUInt32LE(12)];
  const starts: number[] = [];
  for (let i = 0; i < count && head + 8 * i + 8 <= resets.byteLength; i++) starts.push(Number(resets.readBigUInt64LE(head + 8 * i)));
  return { windowBits, resetEvery, starts: [...starts, packed], size: Number(resets.readBigUInt64LE(16)) };
}

interface Unpacked {
  /** Null for a frame that is damaged. */
  readonly frames: readonly (Uint8Array | null)[];
  readonly problem: ProblemDraft | null;
}

function unpackedBy(plan: Plan, packed: Bytes, input: Input): Unpacked {
  const frames: (Uint8Array | null)[] = [];
  const lzx = new Lzx(plan.windowBits);
  const most = Math.min(
    MAX_UNPACKED,
    input.limits.maxArtifactBytes,
    Math.max(input.limits.expansionFloorBytes, packed.size * input.limits.maxExpansionRatio),
  );
  let damaged = 0;
  let isLost = false;
  for (let i = 0; i + 1 < plan.starts.length && i * LZX_FRAME < plan.size; i++) {
    if ((i + 1) * LZX_FRAME > most)
      return { frames, problem: { code: 'limit-exceeded', message: `its pages unpack to more than ${most} bytes; the rest was left out` } };
    if (i % 64 === 0) input.alive();
    if (i % plan.resetEvery === 0) {
      lzx.reset();
      isLost = false;
    }
    const [from, to] = [plan.starts[i] ?? 0, plan.starts[i + 1] ?? 0];
    // A frame of noise is longer than what it holds by a few bytes.
    const stored = packed.slice(from, Math.max(0, Math.min(to - from, 2 * LZX_FRAME)));
    const frame: Uint8Array | null = isLost ? null : lzx.frame(stored, Math.min(LZX_FRAME, plan.size - i * LZX_FRAME));
    isLost = frame === null;
    if (isLost) damaged++;
    frames.push(frame);
  }
  const message = `${damaged} of ${frames.length} blocks of ${LZX_FRAME} bytes cannot be unpacked`;
  return { frames, problem: damaged === 0 ? null : { code: 'malformed', message } };
}

/** A file out of the frames it lies in. */
function sliceOf(frames: Unpacked['frames'], { offset, length }: ChmEntry): Bytes | null {
  const parts: Uint8Array[] = [];
  for (let at = offset; at < offset + length;) {
    const frame = frames[Math.floor(at / LZX_FRAME)];
    const from = at % LZX_FRAME;
    if (!frame || from >= frame.byteLength) return null;
    const part = frame.subarray(from, from + (offset + length - at));
    parts.push(part);
    at += part.byteLength;
  }
  return bytesOf(Buffer.concat(parts));
}

/** The files of compiled HTML Help, unpacked. Use as `input.once(chmContent)`. Never throws. */
export function chmContent(input: Input): ChmContent {
  const { bytes } = input;
  const { content, entries, error } = chmLayout(bytes);
  if (error !== null) return { files: [], problems: [] };
  const listed: ChmEntry[] = [];
  const own = new Map<string, ChmEntry>();
  let isCut = false;
  for (const entry of entries) {
    if (OWN.test(entry.name)) own.set(entry.name, entry);
    else if (listed.length < MAX_FILES) listed.push(entry);
    else isCut = true;
  }
  const problems: ProblemDraft[] = isCut ? [{ code: 'limit-exceeded', message: `more than ${MAX_FILES} files; the rest was left out` }] : [];
  const stored = (e: ChmEntry): Bytes => bytes.window(content + e.offset, e.length);
  const head = (name: string): Buffer => bufferOf(stored(own.get(name) ?? { name, section: 0, offset: bytes.size, length: 0 }).slice(0, MAX_RESETS));
  const packed = own.get(CONTENT);
  const plan = packed ? planOf(head(CONTROL), head(RESETS), packed.length) : null;
  const unpacked = plan && packed ? unpackedBy(plan, stored(packed), input) : null;
  if (unpacked?.problem) problems.push(unpacked.problem);
  if (!unpacked && listed.some((e) => e.section === 1))
    problems.push({ code: 'malformed', message: 'what is needed to unpack its pages is missing or damaged' });
  const files = listed.flatMap((e): ChmFile[] => {
    if (e.name.endsWith('/') || e.length === 0) return [];
    const within = e.section === 0 ? stored(e) : unpacked && e.section === 1 ? sliceOf(unpacked.frames, e) : null;
    return [{ name: e.name.replace(/^\//, ''), bytes: within && within.size === e.length ? within : null }];
  });
  return { files, problems };
}
