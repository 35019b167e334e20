import type { ProblemDraft } from '../model/artifact.ts';
import type { TimeValue } from '../model/attribute.ts';
import type { Input } from '../model/input.ts';
import { readScript } from '../structures/media/amf.ts';
import { writtenTime } from '../structures/media/media-times.ts';
import type { PlacedTag } from '../structures/placed.ts';
import { numberAt } from '../structures/placed-text.ts';
import type { TagTable } from './shared/tag-claims.ts';
import { type Carried, taggedFileReader } from './shared/tagged-file.ts';

const SCRIPT = 18;
const MAX_TAGS = 1_000;
const LIVE_XML = 'onXMPData liveXML';

/** Milliseconds since 1970, UTC (AMF 0 section 2.13), or a date in words. */
function scriptTime(raw: string): TimeValue | null {
  const ms = Number(raw);
  if (raw.trim() === '' || Number.isNaN(ms)) return writtenTime(raw);
  return ms > 0 && ms < 253_402_300_800_000 ? { kind: 'instant', epochMs: Math.floor(ms), offsetMinutes: 0, precisionMs: 1 } : null;
}

/** Adobe Flash Video File Format 10.1, annex E.5, and the names that recorders add to it. */
const TAGS: TagTable = new Map([
  ['onMetaData creator', { attribute: 'tool.application' }],
  ['onMetaData metadatacreator', { attribute: 'tool.application' }],
  ['onMetaData encoder', { attribute: 'tool.producer' }],
  ['onMetaData creationdate', { attribute: 'time.created', time: scriptTime }],
  ['onMetaData creation_time', { attribute: 'time.created', time: scriptTime }],
  ['onMetaData metadatadate', { attribute: 'time.metadata', time: scriptTime }],
  ['onMetaData title', { attribute: 'name.title' }],
  ['onMetaData author', { attribute: 'party.author' }],
  ['onMetaData comment', { remark: 'comment of the film' }],
]);

function carry({ bytes, limits }: Input): Carried {
  const tags: PlacedTag[] = [];
  const problems: ProblemDraft[] = [];
  let at = (numberAt(bytes, 5, 4) ?? 9) + 4;
  // Scripts that speak of the film stand in front; what comes later are cue points.
  for (let n = 0; n < MAX_TAGS && at + 11 <= bytes.size; n++) {
    const head = numberAt(bytes, at, 4) ?? 0;
    const length = head & 0xff_ffff;
    if (at + 11 + length > bytes.size) problems.push({ code: 'truncated', message: `FLV: the tag at ${at} ends beyond the file` });
    if (head >>> 24 === SCRIPT) tags.push(...readScript(bytes.window(at + 11, length), at + 11));
    at += 11 + length + 4;
  }
  const packets = tags.filter((t) => t.key === LIVE_XML).map((t) => bytes.slice(t.offset, Math.min(t.length, limits.maxTextBytes + 1)));
  return { tags, packets, problems };
}

/** Flash Video: what its scripts say in front of the frames, and XMP. Frames and samples are not read. */
export const flv = taggedFileReader({ id: 'flv', version: 1, mediaTypes: ['video/x-flv'], carry, tags: TAGS });
