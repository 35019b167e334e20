import type { Instant } from '../../model/attribute.ts';

/** A version 1 UUID with the clock sequence 0000, which no variant of RFC 9562 has: Ghostscript's own. */
const SHAPE = /^uuid:([0-9a-f]{8})-([0-9a-f]{4})-1([0-9a-f]{3})-0000-[0-9a-f]{12}$/i;

/** Days that Ghostscript's pdf_uuid_time adds to its clock, where 141427 would be right (RFC 9562 5.1: 15 October 1582). */
const EPOCH_DAYS = 17n + 30n + 31n + 365n * 397n + 99n;
/** 100 ns ticks of a day. */
const DAY_TICKS = 86_400n * 10_000_000n;
/** Where the clock of Ghostscript begins, seconds since 1970: builds for Unix count from 1970, those for Windows from 1980. */
const CLOCKS = [0, 315_532_800] as const;
/** 1990 to 2100, seconds since 1970. */
const EARLIEST = 631_152_000;
const LATEST = 4_102_444_800;

/**
 * When a Ghostscript-made document was converted, from the DocumentID of its XMP: T = s * 10^7 + s / 100 + the epoch, for s the
 * seconds of its clock (gdevpdfe.c). The identifier does not tell whether that clock began in 1970 or in 1980, so of the two
 * times the one nearer to what the document states (`statedMs`, since 1970) is meant: the reading that contradicts it least.
 * UTC, to the second. Null for every other identifier.
 */
export function ghostscriptTime(documentId: string, statedMs: number | null): Instant | null {
  const m = SHAPE.exec(documentId.trim());
  if (!m) return null;
  const ticks = BigInt(`0x${m[3] ?? ''}${m[2] ?? ''}${m[1] ?? ''}`) - EPOCH_DAYS * DAY_TICKS;
  // Divided by 10^7 + 1/100, rounded.
  const divisor = 1_000_000_001n;
  const seconds = Number((ticks * 100n + divisor / 2n) / divisor);
  const times = CLOCKS.map((begin) => seconds + begin).filter((s) => ticks > 0n && s >= EARLIEST && s <= LATEST);
  const stated = (statedMs ?? 0) / 1000;
  const [nearest] = statedMs === null ? times : times.sort((a, b) => Math.abs(a - stated) - Math.abs(b - stated));
  return nearest === undefined ? null : { kind: 'instant', epochMs: nearest * 1000, offsetMinutes: 0, precisionMs: 1000 };
}
