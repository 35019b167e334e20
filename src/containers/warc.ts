import type { TimeValue } from '../model/attribute.ts';
import type { Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { memberOf, named } from '../structures/archive/archive-member.ts';
import { readWarc, type WarcRecord } from '../structures/archive/warc.ts';
import { keyring } from '../structures/zip/member.ts';

/** RFC 3339 in UTC, to the second or finer. */
function instantOf(raw: string): TimeValue | null {
  const epochMs = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(raw) ? Date.parse(raw) : NaN;
  return Number.isNaN(epochMs) ? null : { kind: 'instant', epochMs, offsetMinutes: 0, precisionMs: raw.includes('.') ? 1 : 1000 };
}

/** The path of an address without its question, as a file would be called. */
const fileName = (uri: string): string => /^[^?#]*/.exec(uri)?.[0] ?? '';

function opened(input: Input, record: WarcRecord, key: string): Child {
  const stamp = record.date === '' ? null : { field: 'WARC-Date', raw: record.date, value: instantOf(record.date) };
  return { ...memberOf(key, fileName(record.uri), stamp), bytes: input.bytes.window(record.dataOffset, record.size) };
}

function* open(input: Input): Generator<Child | ClosedChild | OpeningProblem> {
  const { records, problems } = input.once(readWarc);
  const keyOf = keyring();
  for (const [index, record] of records.entries()) {
    const child = opened(input, record, keyOf(`${record.type}:${record.uri === '' ? `@${index + 1}` : record.uri}`));
    if (child.bytes.size < record.size)
      yield { problem: { code: 'truncated', message: `${named(record.uri)} breaks off after ${child.bytes.size} bytes of ${record.size}` } };
    yield child;
  }
  for (const problem of problems) yield { problem };
}

/** Records of a web archive, read in place: pages as they were served, by their address, with the time they were fetched, which is UTC. */
export const warc: Container = { id: 'warc', version: 1, mediaTypes: ['application/warc'], open };
