import { Bits } from './rar-bits.ts';
import { type Filter, filterOf } from './rar-filters.ts';
import type { RarWindow } from './rar-window.ts';
import { Broken } from './unpacking.ts';

const FLAG = { which: 0x80, far: 0x40, length: 0x20, registers: 0x10 } as const;
const FAR = 258;
const REGISTERS = 7;
const MOST_PROGRAMS = 1024;
const MOST_PROGRAM_BYTES = 0x10000;
/** Blocks that wait for their last byte; WinRAR has a handful. */
const MOST_WAITING = 8192;
/** Bytes that filters go over, against those that came out: an honest block has one filter, rarely two. */
const MOST_TIMES = 8;
const LENGTH_AT = 4;

interface Program {
  readonly filter: Filter | null;
  /** Of the last block it was run on. */
  length: number;
}

interface Block {
  readonly filter: Filter;
  readonly start: number;
  readonly length: number;
  readonly registers: Uint32Array;
}

/** A number of 4, 8, 16 or 32 bits; two bits tell which. A byte of zero in front makes the one behind it a small negative number. */
function numberIn(bits: Bits): number {
  const kind = bits.read(2);
  if (kind === 0) return bits.read(4);
  if (kind === 2) return bits.read(16);
  if (kind === 3) return bits.read(16) * 0x10000 + bits.read(16);
  const value = bits.read(8);
  return value >= 16 ? value : 0xffff_ff00 + ((value << 4) | bits.read(4));
}

/**
 * Programs for the virtual machine of RAR 2.9 to 4 that a stream carries, each told by its number once it is known, and the blocks
 * of the member that they are to be run on. Only those that WinRAR itself writes are known here, by their checksum.
 */
export class RarPrograms {
  #programs: Program[] = [];
  #last = 0;
  #waiting: Block[] = [];

  forget(): void {
    this.#programs = [];
    this.#last = 0;
    this.#waiting = [];
  }

  /** Reads a call from the bytes that a stream gives one by one; `made` is where the member stands. */
  read(next: () => number, made: number): void {
    const flags = next();
    let length = (flags & 7) + 1;
    if (length === 7) length = next() + 7;
    else if (length === 8) length = next() * 256 + next();
    const code = new Uint8Array(length);
    for (let i = 0; i < length; i++) code[i] = next();
    this.#call(new Bits(code), flags, made);
  }

  #call(bits: Bits, flags: number, made: number): void {
    const at = this.#numberOf(bits, flags);
    const start = made + numberIn(bits) + (flags & FLAG.far ? FAR : 0);
    const given = flags & FLAG.length ? numberIn(bits) : null;
    const length = given ?? this.#programs[at]?.length ?? 0;
    const registers = new Uint32Array(REGISTERS);
    registers[LENGTH_AT] = length;
    const mask = flags & FLAG.registers ? bits.read(REGISTERS) : 0;
    for (let i = 0; i < REGISTERS; i++) if ((mask >> i) & 1) registers[i] = numberIn(bits);
    const program = (this.#programs[at] ??= { filter: programIn(bits), length: 0 });
    program.length = length;
    if (program.filter === null) throw new Broken('not supported: a program of the RAR virtual machine that is not one of the usual');
    if (this.#waiting.length === MOST_WAITING) throw new Broken('too many filters');
    this.#waiting.push({ filter: program.filter, start, length, registers });
  }

  #numberOf(bits: Bits, flags: number): number {
    const told = flags & FLAG.which ? numberIn(bits) : null;
    if (told === 0) this.forget();
    if (told !== null) this.#last = Math.max(0, told - 1);
    if (this.#last > this.#programs.length || this.#last === MOST_PROGRAMS) throw new Broken('a filter stands there that does not exist');
    return this.#last;
  }

  /** At the end of a member: undoes what was done to its blocks, in the order they were told. */
  run(window: RarWindow): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    let left = MOST_TIMES * window.made;
    for (const { filter, start, length, registers } of waiting) {
      left -= length;
      if (left < 0) throw new Broken('too many filters');
      window.change(start, length, (data) => filter(data, registers, start));
    }
  }
}

function programIn(bits: Bits): Filter | null {
  const size = numberIn(bits);
  if (size === 0 || size >= MOST_PROGRAM_BYTES || 8 * size > bits.left) throw new Broken('a filter breaks off');
  const program = new Uint8Array(size);
  for (let i = 0; i < size; i++) program[i] = bits.read(8);
  return filterOf(program);
}
