import type { ProblemDraft } from '../../src/model/artifact.ts';
import type { Attribute } from '../../src/model/attribute.ts';
import type { ClaimDraft, Passage } from '../../src/model/claim.ts';
import { type Child, type ClosedChild, type Container, DEFAULT_LIMITS, type FormatReader, type Input, type Limits } from '../../src/model/input.ts';
import { bytesOf, inputOf } from '../../src/structures/bytes.ts';

export const inputFrom = (bytes: Uint8Array, limits: Partial<Limits> = {}): Input => inputOf(bytesOf(bytes), { ...DEFAULT_LIMITS, ...limits });

export interface Read {
  readonly claims: ClaimDraft[];
  readonly passages: Passage[];
  readonly problems: ProblemDraft[];
  /** Values of one attribute, in reading order. */
  values(attribute: Attribute): unknown[];
}

/** Everything a reader yields for these bytes. Throws what the reader throws. */
export async function readAll(reader: FormatReader, bytes: Uint8Array, limits: Partial<Limits> = {}): Promise<Read> {
  const claims: ClaimDraft[] = [];
  const passages: Passage[] = [];
  const problems: ProblemDraft[] = [];
  for await (const item of reader.read(inputFrom(bytes, limits))) {
    if (item.t === 'claim') claims.push(item.claim);
    else if (item.t === 'passage') passages.push(item.passage);
    else problems.push(item.problem);
  }
  return { claims, passages, problems, values: (a) => claims.filter((c) => c.attribute === a).map((c) => c.value) };
}

export interface Opened {
  readonly children: (Child | ClosedChild)[];
  readonly problems: ProblemDraft[];
}

export async function openAll(container: Container, bytes: Uint8Array, limits: Partial<Limits> = {}): Promise<Opened> {
  const children: (Child | ClosedChild)[] = [];
  const problems: ProblemDraft[] = [];
  for await (const item of container.open(inputFrom(bytes, limits))) {
    if ('key' in item) children.push(item);
    else problems.push(item.problem);
  }
  return { children, problems };
}

/** The bytes of an open child. */
export function bytesOfChild(child: Child | ClosedChild | undefined): Uint8Array {
  if (!child || child.bytes === null) throw new Error(`no open child ${child?.key ?? ''}`);
  return child.bytes.slice(0, child.bytes.size);
}

/** Every asserted claim's locator, replayed, must yield its raw value. Returns those that do not. */
export async function unreplayable(reader: FormatReader, bytes: Uint8Array): Promise<{ field: string; raw: string; replayed: string | null }[]> {
  const wrong: { field: string; raw: string; replayed: string | null }[] = [];
  const { claims } = await readAll(reader, bytes);
  for (const c of claims) {
    if (c.basis !== 'asserted') continue;
    const replayed = await reader.replay(inputFrom(bytes), c.locator);
    if (replayed?.slice(0, 1024) !== c.raw) wrong.push({ field: c.field, raw: c.raw, replayed });
  }
  return wrong;
}
