import type { Extracted } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { broadcastTime, writtenTime } from '../structures/media/media-times.ts';
import { readWave } from '../structures/media/wave.ts';
import { ID3_TAGS } from './shared/id3-claims.data.ts';
import { imageClaims, type ImageMetadata, packetsOf, replayImage } from './shared/image-metadata.ts';
import { replayTag, tagClaims, type TagTable } from './shared/tag-claims.ts';

/** RIFF 1991, the INFO list; EBU Tech 3285; IDIT of digital cameras, the time of recording. */
const TAGS: TagTable = new Map([
  ...ID3_TAGS,
  ['ISFT', { attribute: 'tool.application' }],
  ['bext Originator', { attribute: 'tool.application' }],
  ['ITCH', { attribute: 'party.author' }],
  ['IART', { attribute: 'party.author' }],
  ['INAM', { attribute: 'name.title' }],
  ['ICRD', { attribute: 'time.created', time: writtenTime }],
  ['IDIT', { attribute: 'time.captured', time: writtenTime }],
  ['bext OriginationDate', { attribute: 'time.created', time: broadcastTime }],
  ['disc serial', { attribute: 'machine.hardware' }],
  ['ICMT', { remark: 'comment of the recording' }],
]);

const carried = (input: Input): ImageMetadata => ({ exif: [], packets: packetsOf(input.once(readWave).packets), photoshop: null, problems: [] });

async function* read(input: Input): AsyncIterable<Extracted> {
  yield* tagClaims(input, input.once(readWave), TAGS);
  yield* imageClaims(input, carried);
}

/** WAV, AVI and CDA: their INFO lists, the broadcast extension, ID3 and XMP chunks. Samples and frames are not read. */
export const riff: FormatReader = {
  id: 'riff',
  version: 3,
  mediaTypes: ['audio/wav', 'audio/x-cda', 'video/x-msvideo'],
  read,
  replay: (input, locator) => (locator.in === 'bytes' ? replayTag(input.once(readWave).tags, locator) : replayImage(input, carried, locator)),
};
