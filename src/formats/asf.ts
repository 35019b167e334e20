import type { TimeValue } from '../model/attribute.ts';
import { fromFiletime } from '../model/time.ts';
import { readAsf } from '../structures/media/asf.ts';
import { writtenTime } from '../structures/media/media-times.ts';
import type { TagTable } from './shared/tag-claims.ts';
import { taggedFileReader } from './shared/tagged-file.ts';

/** ffmpeg counts from 1970 what it was not told, and so writes the very beginning of it. */
function ticks(raw: string): TimeValue | null {
  const time = fromFiletime(BigInt(raw));
  return time?.epochMs === 0 ? null : time;
}

/** ASF 1.20 sections 3.2, 3.10 and 3.11; the names of Windows Media Format SDK attributes. */
const TAGS: TagTable = new Map([
  ['File Properties creation', { attribute: 'time.created', time: ticks }],
  ['Title', { attribute: 'name.title' }],
  ['Author', { attribute: 'party.author' }],
  ['Copyright', { remark: 'copyright of the recording' }],
  ['Description', { remark: 'comment of the recording' }],
  ['WM/EncodingTime', { attribute: 'time.created', time: (raw: string) => (/^\d+$/.test(raw) ? ticks(raw) : writtenTime(raw)) }],
  ['WM/Year', { attribute: 'time.captured', time: writtenTime }],
  ['WM/ToolName', { attribute: 'tool.application' }],
  ['WM/EncodedBy', { attribute: 'tool.application' }],
  ['WM/EncodingSettings', { attribute: 'tool.producer' }],
  ['WMFSDKVersion', { attribute: 'tool.producer', say: (version: string) => `Windows Media Format SDK ${version}` }],
]);

/** WMV, WMA and ASF: the time of creation, content descriptions and XMP. Frames and samples are not read. */
export const asf = taggedFileReader({ id: 'asf', version: 1, mediaTypes: ['video/x-ms-asf'], carry: readAsf, tags: TAGS });
