import type { Artifact } from '../../model/artifact.ts';
import type { Cited } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import { savingOf } from '../shared/time.ts';

/** Line ends add a twentieth at most (RFC 2045 6.8: 76 characters a line; some write 60), and a server may have estimated. */
const MOST_ADDED = 0.1;
/** A server that keeps no MIME may count its own properties of the attachment in; Apple documents nothing of this. */
const SLACK = 4096;

/**
 * How many bytes a message may have said that a file of so many has: from its own length, should a server tell that, to its base64 with
 * all that may be added.
 */
const statedFor = (bytes: number): readonly [least: number, most: number] => [
  bytes - SLACK,
  Math.ceil(4 * Math.ceil(bytes / 3) * (1 + MOST_ADDED)) + SLACK,
];

/** A download that broke off leaves a shorter file, which few readers read to the end; of a text nobody can tell. */
const isWhole = ({ outcome, mediaType }: Artifact): boolean => outcome.state === 'read' && !mediaType.startsWith('text/');

/** Catalogue J02: of the copy that Apple Mail keeps of an attachment. */
export const keptAttachmentDiffers = artifactRule(
  {
    id: 'kept-attachment-differs',
    catalogue: ['J02'],
    version: 1,
    title: 'File that a mail program keeps for an attachment is of another length than the attachment had in its message',
    proposition: 'altered',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: ['attachment.encoded-bytes', 'attachment.kept', 'event.save'],
    innocent: [
      {
        id: 'saved-where-kept',
        story: 'Somebody opened the file where the mail program keeps it, drew on it or went on writing, and saved it there.',
        check: 'Its own times are later than the delivery; the copy of another recipient, or of the sender, is as it was sent.',
      },
      {
        id: 'broken-off',
        story: 'The download of the attachment broke off, or an export cut it.',
        check: 'The file is shorter, and its format does not end.',
      },
      {
        id: 'moved-store',
        story: 'Messages and attachments come from two accounts or two states of a mailbox that number differently.',
        check: 'Many files there do not fit their messages, in name or length.',
      },
    ],
    references: [
      {
        title: 'RFC 2045, MIME: base64 makes four characters of three bytes',
        section: '6.8',
        url: 'https://www.rfc-editor.org/rfc/rfc2045#section-6.8',
      },
      {
        title: 'Library of Congress: Apple Mail Email Format (emlx), partial messages and their attachments',
        url: 'https://www.loc.gov/preservation/digital/formats/fdd/fdd000615.shtml',
      },
    ],
  },
  function* (subject) {
    const claim = subject.claims('attachment.encoded-bytes').find((c) => c.basis === 'observed');
    if (!claim || claim.value === null) return;
    const { size } = subject.artifact;
    const [least, most] = statedFor(size);
    if (claim.value >= least && claim.value <= most) return;
    yield {
      statement:
        `is ${size} bytes long, and would be about ${4 * Math.ceil(size / 3)} in base64; the message that it is kept beside had ` +
        `${claim.value} bytes of base64 in that place`,
      about: [subject.artifact.id],
      rootCause: savingOf(subject),
      strength: claim.value < least || isWhole(subject.artifact) ? 'moderate' : 'weak',
      evidence: [{ claim, role: 'primary' }, ...subject.claims('attachment.kept').map((c): Cited => ({ claim: c, role: 'context' }))],
    };
  },
);
