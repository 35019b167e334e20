import { inflateSync } from 'node:zlib';
import type { ProblemDraft } from '../model/artifact.ts';
import type { Input } from '../model/input.ts';
import { bufferOf } from './placed.ts';

/** One value that the program was told, or noted, when it made the image. */
export interface EwfValue {
  /** Which of its two forms: 'header' in bytes, with times on the wall; 'header2' in UTF-16, with seconds since 1970. */
  readonly part: 'header' | 'header2';
  /** 'c', 'e', 'm'. */
  readonly name: string;
  readonly text: string;
}

export interface Ewf {
  readonly values: readonly EwfValue[];
  readonly problems: readonly ProblemDraft[];
}

const FIRST = 13;
const DESCRIPTOR = 76;
/** They stand at the beginning, each once or twice. */
const MAX_SECTIONS = 16;
const MAX_PACKED = 256 * 1024;
const MAX_UNPACKED = 1024 ** 2;
const MAX_COLUMNS = 64;

function unpacked(bytes: Uint8Array): Buffer | null {
  try {
    return inflateSync(bytes, { maxOutputLength: MAX_UNPACKED });
  } catch {
    return null;
  }
}

/** The section 'main': a line of names, a line of values, both with tabs between. */
function valuesOf(part: EwfValue['part'], text: string): EwfValue[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n/);
  const main = lines.indexOf('main');
  const [names, values] = main === -1 ? [] : [lines[main + 1]?.split('\t', MAX_COLUMNS), lines[main + 2]?.split('\t', MAX_COLUMNS)];
  return (names ?? [])
    .map((name, i) => ({ part, name, text: values?.[i] ?? '' }))
    .filter((v, i, all) => all.findIndex((w) => w.name === v.name) === i);
}

/** The head of a disk image in the Expert Witness Compression Format, version 1 (J. Metz, EWF specification). Use as `input.once(readEwf)`. Never throws. */
export function readEwf({ bytes }: Input): Ewf {
  const found = new Map<EwfValue['part'], EwfValue[]>();
  const problems: ProblemDraft[] = [];
  let at = FIRST;
  for (let n = 0; n < MAX_SECTIONS; n++) {
    const head = bufferOf(bytes.slice(at, DESCRIPTOR));
    if (head.byteLength < DESCRIPTOR) break;
    const kind = head.toString('latin1', 0, 16).split('\u0000')[0];
    const [next, size] = [Number(head.readBigUInt64LE(16)), Number(head.readBigUInt64LE(24))];
    if ((kind === 'header' || kind === 'header2') && !found.has(kind)) {
      const text = unpacked(bytes.slice(at + DESCRIPTOR, Math.min(Math.max(0, size - DESCRIPTOR), MAX_PACKED)));
      if (text === null) problems.push({ code: 'malformed', message: `its section '${kind}' cannot be unpacked` });
      else found.set(kind, valuesOf(kind, text.toString(kind === 'header' ? 'latin1' : 'utf16le')));
    }
    if (next <= at) break;
    at = next;
  }
  if (found.size === 0 && problems.length === 0) problems.push({ code: 'truncated', message: 'it has no header section' });
  return { values: [...found.values()].flat(), problems };
}
