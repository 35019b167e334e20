import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { asciiAt, numberAt } from '../placed-text.ts';

export interface Parasite {
  readonly name: string;
  /** Of its content, in bytes of the artifact. */
  readonly offset: number;
  readonly length: number;
}

export interface Xcf {
  readonly parasites: readonly Parasite[];
  readonly problems: readonly ProblemDraft[];
}

const END = 0;
const PARASITES = 21;
const MAX_PROPERTIES = 1_000;
const MAX_PARASITES = 1_000;
/** 'gimp xcf ', a version, then width, height and mode; from version 4 on the precision. */
const HEADER_BYTES = 26;

/** Pieces of data that GIMP keeps with the image (GIMP, devel-docs/xcf.txt, 'PROP_PARASITES'). Never throws; layers are not read. */
export function readXcf({ bytes }: Input): Xcf {
  const parasites: Parasite[] = [];
  const done = (message: string): Xcf => ({ parasites, problems: [{ code: 'truncated', message: `XCF: ${message}` }] });
  const version = Number(/^v(\d{3})/.exec(asciiAt(bytes, 9, 4))?.[1] ?? 0);
  let at = HEADER_BYTES + (version >= 4 ? 4 : 0);
  for (let n = 0; n < MAX_PROPERTIES; n++) {
    const [type, length] = [numberAt(bytes, at, 4), numberAt(bytes, at + 4, 4)];
    if (type === null || length === null || at + 8 + length > bytes.size) return done('its properties break off');
    if (type === END) return { parasites, problems: [] };
    if (type === PARASITES) {
      const end = at + 8 + length;
      for (let p = at + 8; p + 4 < end && parasites.length < MAX_PARASITES;) {
        const name = numberAt(bytes, p, 4) ?? 0;
        const size = numberAt(bytes, p + 8 + name, 4);
        const offset = p + 12 + name;
        if (size === null || offset + size > end) return done('a parasite breaks off');
        parasites.push({ name: asciiAt(bytes, p + 4, Math.min(Math.max(0, name - 1), 256)), offset, length: size });
        p = offset + size;
      }
    }
    at += 8 + length;
  }
  return done('its properties have no end');
}
