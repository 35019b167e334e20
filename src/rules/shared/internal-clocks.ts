import type { Subject } from '../../model/evidence.ts';
import { isMessage, type Moment, instants, walls } from './time.ts';

/** The clocks a file carries within, or that the archive around it stamped; never those of a file system. */
export const INTERNAL_CLOCKS = ['time.modified', 'time.created', 'time.metadata', 'time.directory', 'time.member', 'time.stored'] as const;
export type InternalClock = (typeof INTERNAL_CLOCKS)[number];

/** What the record says, before the time: 'says it was last saved 2017-03-27T12:41:00Z'. */
export const CLOCK_WORDS: Readonly<Record<InternalClock, string>> = {
  'time.modified': 'says it was last saved',
  'time.created': 'says it was created',
  'time.metadata': 'says its metadata was last changed',
  'time.directory': 'holds a storage stamped',
  'time.member': 'holds a member stamped',
  'time.stored': 'was stored in its archive with the time',
};

/** winmail.dat: the wrapping that Outlook puts around a message's attachments. */
const WINMAIL = 'application/vnd.ms-tnef';

export interface InternalMoment extends Moment {
  readonly attribute: InternalClock;
  /** False for a clock whose zone nobody wrote. */
  readonly zoned: boolean;
}

/**
 * The times inside a document, in the order of {@link INTERNAL_CLOCKS}. What a message's own headers say about its
 * attachment (Content-Disposition dates) is left out: that clock belongs to the sending program, not to the file.
 */
export function internalMoments(subject: Subject<InternalClock>): InternalMoment[] {
  const inMessage = subject.parent !== null && (isMessage(subject.parent) || subject.parent.artifact.mediaType === WINMAIL);
  return INTERNAL_CLOCKS.filter((a) => !(a === 'time.stored' && inMessage)).flatMap((attribute) => {
    const claims = subject.claims(attribute);
    return instants(claims)
      .map((m): InternalMoment => ({ ...m, attribute, zoned: true }))
      .concat(walls(claims).map((m): InternalMoment => ({ ...m, attribute, zoned: false })));
  });
}
