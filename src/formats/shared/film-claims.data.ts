import { seconds1904, writtenTime } from '../../structures/media/media-times.ts';
import { type TagTable, withMake } from './tag-claims.ts';

/** ISO/IEC 14496-12 8.2.2, 8.3.2, 8.4.2; QuickTime File Format, user data and metadata keys; iTunes' own list; 3GPP TS 26.244. */
export const FILM_TAGS: TagTable = new Map([
  ['mvhd creation', { attribute: 'time.created', time: seconds1904 }],
  ['mvhd modification', { attribute: 'time.modified', time: seconds1904 }],
  ['tkhd creation', { attribute: 'time.created', time: seconds1904 }],
  ['tkhd modification', { attribute: 'time.modified', time: seconds1904 }],
  ['mdhd creation', { attribute: 'time.created', time: seconds1904 }],
  ['mdhd modification', { attribute: 'time.modified', time: seconds1904 }],
  ['hdlr name', { attribute: 'tool.part-application' }],
  ['©day', { attribute: 'time.created', time: writtenTime }],
  ['com.apple.quicktime.creationdate', { attribute: 'time.captured', time: writtenTime }],
  ['©swr', { attribute: 'tool.application' }],
  ['com.apple.quicktime.software', { attribute: 'tool.application' }],
  ['©too', { attribute: 'tool.producer' }],
  ['©enc', { attribute: 'tool.producer' }],
  ['©mod', { attribute: 'tool.camera', say: withMake('©mak') }],
  ['com.apple.quicktime.model', { attribute: 'tool.camera', say: withMake('com.apple.quicktime.make') }],
  ['©nam', { attribute: 'name.title' }],
  ['titl', { attribute: 'name.title' }],
  ['com.apple.quicktime.title', { attribute: 'name.title' }],
  ['©ART', { attribute: 'party.author' }],
  ['©aut', { attribute: 'party.author' }],
  ['auth', { attribute: 'party.author' }],
  ['com.apple.quicktime.author', { attribute: 'party.author' }],
  ['©cmt', { remark: 'comment of the film' }],
  ['com.apple.quicktime.comment', { remark: 'comment of the film' }],
]);
