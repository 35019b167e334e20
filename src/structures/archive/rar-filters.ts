import { crc32 } from 'node:zlib';
import { RarSound } from './rar-sound.ts';
import { u32 } from '../little-endian.ts';

/** Undoes what a packer did to a block in place. `registers`: the numbers given along; `offset`: where in its file the block begins. */
export type Filter = (data: Uint8Array, registers: Uint32Array, offset: number) => void;

/** What the virtual machine has room for, and what is left of it where a block is written to another place. */
const MOST_BYTES = 0x40000;
const MOST_MOVED_BYTES = MOST_BYTES / 2;
const MOST_CHANNELS = 1024;
const MOST_AUDIO_CHANNELS = 128;
/** What a byte of sound is guessed from: the last three changes. */
const TERMS = 3;

function setU32(b: Uint8Array, at: number, value: number): void {
  b[at] = value;
  b[at + 1] = value >>> 8;
  b[at + 2] = value >>> 16;
  b[at + 3] = value >>> 24;
}

const REACH = 2 ** 24;

/** Absolute targets of x86 calls, and of jumps where `both`, become relative again. */
function calls(data: Uint8Array, both: boolean, offset: number): void {
  if (data.byteLength > MOST_BYTES) return;
  for (let at = 0; at < data.byteLength - 4; at++) {
    if (data[at] !== 0xe8 && !(both && data[at] === 0xe9)) continue;
    const here = (at + 1 + offset) >>> 0;
    const target = u32(data, at + 1);
    if (target >= 2 ** 31) {
      if ((target + here) >>> 0 < 2 ** 31) setU32(data, at + 1, target + REACH);
    } else if (target < REACH) setU32(data, at + 1, target - here);
    at += 4;
  }
}

const SLOTS = [4, 4, 6, 6, 0, 0, 7, 7, 4, 4, 0, 0, 4, 4, 0, 0];
const [BUNDLE, SLOT_BITS, FIRST_SLOT] = [16, 41, 5];
const BRANCH = 5;

/** Targets of branches in bundles of Itanium, counted in bundles. */
function itanium(data: Uint8Array, offset: number): void {
  if (data.byteLength > MOST_BYTES) return;
  for (let at = 0, bundle = Math.floor(offset / BUNDLE); at < data.byteLength - 21; at += BUNDLE, bundle++) {
    const kind = (data[at] ?? 0) & 0x1f;
    const slots = kind < 16 ? 0 : (SLOTS[kind - 16] ?? 0);
    for (let slot = 0; slot < 3; slot++) {
      if (((slots >> slot) & 1) === 0) continue;
      const bit = 8 * at + FIRST_SLOT + slot * SLOT_BITS;
      if (((u32(data, (bit + 37) >> 3) >>> ((bit + 37) & 7)) & 15) !== BRANCH) continue;
      const [byte, shift] = [(bit + 13) >> 3, (bit + 13) & 7];
      const word = u32(data, byte);
      const target = ((word >>> shift) - bundle) & 0xfffff;
      setU32(data, byte, (word & ~(0xfffff << shift)) | (target << shift));
    }
  }
}

/** Channels that stand one behind another, of differences, become bytes in turns. */
function delta(data: Uint8Array, channels: number): void {
  if (channels === 0 || channels > MOST_CHANNELS || data.byteLength > MOST_MOVED_BYTES) return;
  const from = data.slice();
  let next = 0;
  for (let channel = 0; channel < channels; channel++)
    for (let at = channel, last = 0; at < data.byteLength; at += channels) data[at] = last = (last - (from[next++] ?? 0)) & 0xff;
}

/** What is nearest to left + upper - upper left, as in PNG. */
function paeth(left: number, upper: number, corner: number): number {
  const guess = left + upper - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - upper), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? upper : corner;
}

/** Pixels of three colours: `row` bytes a line, red (or blue) at `first` and then every third byte; two colours are told beside green. */
function rgb(data: Uint8Array, row: number, first: number): void {
  const size = data.byteLength;
  if (size < 3 || size > MOST_MOVED_BYTES || row < 3 || row - 3 > size || first > 2) return;
  const from = data.slice();
  let next = 0;
  for (let colour = 0; colour < 3; colour++)
    for (let at = colour, last = 0; at < size; at += 3) {
      const guess = at < row ? last : paeth(last, data[at - row + 3] ?? 0, data[at - row] ?? 0);
      data[at] = last = (guess - (from[next++] ?? 0)) & 0xff;
    }
  for (let at = first; at < size - 2; at += 3) {
    const green = data[at + 1] ?? 0;
    data[at] = (data[at] ?? 0) + green;
    data[at + 2] = (data[at + 2] ?? 0) + green;
  }
}

/** Sound in channels that stand one behind another. */
function audio(data: Uint8Array, channels: number): void {
  if (channels === 0 || channels > MOST_AUDIO_CHANNELS || data.byteLength > MOST_MOVED_BYTES) return;
  const from = data.slice();
  let next = 0;
  for (let channel = 0; channel < channels; channel++) {
    const sound = new RarSound(TERMS, 0);
    for (let at = channel; at < data.byteLength; at += channels) data[at] = sound.next(from[next++] ?? 0, 0);
  }
}

const at = (registers: Uint32Array, index: number): number => registers[index] ?? 0;

/** The programs that WinRAR writes, by their length and CRC-32. */
const PROGRAMS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ['29 0e06077d', (data, r) => delta(data, at(r, 0))],
  ['53 ad576887', (data, _, offset) => calls(data, false, offset)],
  ['57 3cd7e57e', (data, _, offset) => calls(data, true, offset)],
  ['120 3769893f', (data, _, offset) => itanium(data, offset)],
  ['149 1c2c5dc8', (data, r) => rgb(data, at(r, 0), at(r, 1))],
  ['216 bc85e701', (data, r) => audio(data, at(r, 0))],
]);

/** What a program of RAR's virtual machine does; null where it is none of those that WinRAR has. */
export const filterOf = (program: Uint8Array): Filter | null =>
  PROGRAMS.get(`${program.byteLength} ${crc32(program).toString(16).padStart(8, '0')}`) ?? null;
