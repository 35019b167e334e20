import { type ClaimDraft, MAX_RAW } from '../model/claim.ts';
import { bytesOf } from '../model/bytes.ts';
import type { Bytes, Child, Container, Input, OpeningProblem } from '../model/input.ts';
import { type NativePayload, ole10Native } from '../structures/ole/ole10-native.ts';
import { ole1Object } from '../structures/ole/ole1-object.ts';
import { readRtf } from '../structures/rtf/rtf.ts';
import type { RtfObject } from '../structures/rtf/document.ts';
import { hexDigit } from '../structures/rtf/scan.ts';

const keyOf = (o: RtfObject): string => `${o.kind}@${o.at}`;

/** The bytes behind the hex digits; whatever stands between digits is layout. A last single digit is dropped. */
function contentOf(bytes: Bytes, { runs }: RtfObject): Uint8Array {
  const out = new Uint8Array(runs.reduce((n, r) => n + (r.binary ? r.to - r.from : (r.to - r.from + 1) / 2 + 1), 0));
  let length = 0;
  let high = -1;
  for (const { from, to, binary } of runs) {
    const run = bytes.slice(from, to - from);
    if (binary) {
      out.set(run, length);
      length += run.byteLength;
      continue;
    }
    for (const b of run) {
      const digit = hexDigit(b);
      if (digit < 0) continue;
      if (high >= 0) out[length++] = high * 16 + digit;
      high = high >= 0 ? -1 : digit;
    }
  }
  return out.subarray(0, length);
}

/** What objects have in common that is wrong: told once, at the end. A hostile file holds a hundred thousand. */
class Defects {
  readonly #foreign: string[] = [];
  readonly #cut: string[] = [];
  #lost = 0;

  foreign(key: string): void {
    this.#foreign.push(key);
  }

  cut(key: string, missing: number): void {
    this.#cut.push(key);
    this.#lost += missing;
  }

  *problems(): Generator<OpeningProblem> {
    const all = (keys: readonly string[]): string => `${keys[0] ?? ''}${keys.length > 1 ? ` and ${keys.length - 1} more objects` : ''}`;
    if (this.#foreign.length > 0)
      yield { problem: { code: 'malformed', message: `${all(this.#foreign)}: a link or no object of OLE; the bytes were kept as they are` } };
    if (this.#cut.length > 0) yield { problem: { code: 'truncated', message: `${all(this.#cut)}: the last ${this.#lost} bytes are missing` } };
  }
}

function* opened(input: Input, o: RtfObject, codePage: number, defects: Defects): Generator<Child> {
  const key = keyOf(o);
  const content = contentOf(input.bytes, o);
  // An icon whose picture was taken away leaves an empty group.
  if (content.byteLength === 0) return;
  if (o.kind === 'picture') {
    yield { key, role: 'part', bytes: bytesOf(content), says: [] };
    return;
  }
  const object = ole1Object(content, codePage);
  if (!object) {
    defects.foreign(key);
    yield { key, role: 'part', bytes: bytesOf(content), says: [] };
    return;
  }
  const file = ole10Native(object.sized, codePage);
  const name = file?.label.split(/[\\/]/).pop() ?? '';
  const label = name || object.className;
  yield {
    key,
    role: 'document',
    ...(label === '' ? {} : { label }),
    bytes: bytesOf(file?.content ?? object.native),
    says: file ? saysOf(file, name) : [],
  };
  const missing = file?.missing || object.missing;
  if (missing > 0) defects.cut(key, missing);
}

/** The packager kept the file's name and two folders of the machine on which it was packed. */
function saysOf(file: NativePayload, name: string): ClaimDraft[] {
  const said = (attribute: 'name.file' | 'machine.path', field: string, raw: string, value: string): ClaimDraft => ({
    basis: 'asserted',
    attribute,
    field,
    raw: raw.slice(0, MAX_RAW),
    value,
    locator: { in: 'parent', key: field },
  });
  const paths = (
    [
      ['source path', file.sourcePath],
      ['temporary path', file.temporaryPath],
    ] as const
  ).filter(([, path]) => /[\\/]/.test(path));
  return [
    ...(name === '' ? [] : [said('name.file', 'label', file.label, name)]),
    ...paths.map(([field, path]) => said('machine.path', field, path, path)),
  ];
}

function* open(input: Input): Generator<Child | OpeningProblem> {
  const { objects, codePage } = input.once(readRtf);
  const defects = new Defects();
  for (const o of objects) yield* opened(input, o, codePage, defects);
  yield* defects.problems();
}

/**
 * Objects and pictures of a Rich Text Format file, also where its own reader leaves their text out. The bytes are those the
 * hex digits write; of an embedded object those its program stored. Keys name the byte where the group's word stands.
 */
export const rtf: Container = {
  id: 'rtf',
  version: 2,
  mediaTypes: ['application/rtf'],
  open,
  openOne(input, key) {
    const { objects, codePage } = input.once(readRtf);
    const object = objects.find((o) => keyOf(o) === key);
    for (const child of object ? opened(input, object, codePage, new Defects()) : []) return child;
    return null;
  },
};
