import { inflateSync } from 'node:zlib';
import type { ClaimDraft } from '../model/claim.ts';
import { MAX_RAW } from '../model/claim.ts';
import type { Child, ClosedChild, Container, Input } from '../model/input.ts';
import { baseName } from '../structures/archive/archive-member.ts';
import { bytesOf } from '../structures/bytes.ts';
import { type InnerContent, readCms } from '../structures/cms/message.ts';

const KEY = 'content';

function saysOf({ name }: InnerContent): ClaimDraft[] {
  const base = name === null ? '' : baseName(name).slice(0, MAX_RAW);
  return base === ''
    ? []
    : [{ basis: 'asserted', attribute: 'name.file', field: 'fileName', raw: base, value: base, locator: { in: 'parent', key: 'fileName' } }];
}

function childOf({ limits }: Input, inner: InnerContent): Child | ClosedChild {
  const says = saysOf(inner);
  const [name] = says;
  const common = { key: KEY, role: 'document', says, ...(name ? { label: name.raw } : {}) } as const;
  if (!inner.packed) return { ...common, bytes: bytesOf(inner.bytes) };
  const cap = Math.min(limits.maxArtifactBytes, Math.max(limits.expansionFloorBytes, inner.bytes.byteLength * limits.maxExpansionRatio));
  try {
    return { ...common, bytes: bytesOf(inflateSync(inner.bytes, { maxOutputLength: cap })) };
  } catch (error) {
    const tooLong = error instanceof RangeError;
    return {
      ...common,
      bytes: null,
      why: tooLong ? 'over-limit' : 'unreadable',
      problem: tooLong
        ? { code: 'limit-exceeded', message: `CMS: the content unpacks to more than ${cap} bytes` }
        : { code: 'malformed', message: 'CMS: the compressed content does not unpack' },
    };
  }
}

/** What a signed, compressed or time-stamped message carries (RFC 5652, RFC 3274, RFC 5544). What is encrypted stays closed. */
export const cms: Container = {
  id: 'cms',
  version: 1,
  mediaTypes: ['application/pkcs7-mime', 'application/timestamped-data'],
  *open(input) {
    const { inner } = input.once(readCms);
    if (inner) yield childOf(input, inner);
  },
  openOne(input, key) {
    const { inner } = input.once(readCms);
    return inner && key === KEY ? childOf(input, inner) : null;
  },
};
