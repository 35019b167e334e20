import type { Claim, Locator } from '../model/claim.ts';
import type { Subject } from '../model/evidence.ts';
import { examination, type ExaminationProblem, type Observation } from '../model/examination.ts';
import type { ArtifactId } from '../model/provenance.ts';
import { deliveryOf } from './shared/delivery.ts';

const READS = ['type.detected', 'place.folder', 'name.file', 'time.received', 'time.sent', 'attachment.encoded-bytes'] as const;
type Read = (typeof READS)[number];

const EMLX = 'application/x-emlx';
/** Partial messages looked after; a mailbox of so many is rare. */
const MOST_PARTIAL = 100_000;
/** Files of one folder that are kept apart. */
const MOST_FILES = 20;

const MESSAGE = /^((?:.*\/)?)Messages\/(\d{1,15})\.partial\.emlx$/s;
const FILE = /^((?:.*\/)?)Attachments\/(\d{1,15})\/(\d{1,5}(?:\.\d{1,5}){0,20})\/([^/]+)$/s;

/** A folder of one message's attachments, on the disk or in one archive. */
const folderOf = (s: Subject<Read>, base: string, number: string): string => `${s.artifact.parent ?? ''}|${base}Attachments/${number}`;

/** The folder in which the attachments of a partial message lie. */
function folderOfMessage(s: Subject<Read>): string | null {
  const found = MESSAGE.exec(s.artifact.path.at(-1)?.key ?? '');
  return found ? folderOf(s, found[1] ?? '', found[2] ?? '') : null;
}

/** What is kept of a subject: there may be a hundred thousand. */
interface End {
  readonly id: ArtifactId;
  readonly name: string;
  readonly locator: Locator;
}

/** An attachment that its message lacks: when the mail delivered that, and how long it was there. */
interface Missing extends End {
  readonly delivered: Claim<'time.received' | 'time.sent'> | null;
  readonly length: Claim<'attachment.encoded-bytes'> | null;
}

interface Place {
  readonly missing: Missing[];
  readonly files: End[];
  /** More files than are kept apart. */
  isCrowded: boolean;
}

const nameOf = (s: Subject<Read>): string => (s.claims('name.file')[0]?.value ?? '').normalize('NFC');

const missingOf = (s: Subject<Read>, locator: Locator): Missing => ({
  id: s.artifact.id,
  name: nameOf(s),
  locator,
  delivered: s.parent && deliveryOf(s.parent),
  length: s.claims('attachment.encoded-bytes')[0] ?? null,
});

/** Where a subject belongs: to the place whose attachment it is, or lies in; null for all others. */
function placed(s: Subject<Read>, wanted: ReadonlySet<string>): { readonly place: string; readonly file: string | null } | null {
  const key = s.artifact.path.at(-1)?.key ?? '';
  const file = FILE.exec(key);
  if (file) {
    const [, base = '', number = '', part = '', name = ''] = file;
    const folder = folderOf(s, base, number);
    return wanted.has(folder) && !name.startsWith('.') ? { place: `${folder}/${part}`, file: name.normalize('NFC') } : null;
  }
  if (s.artifact.outcome.state !== 'unread' || s.artifact.outcome.why !== 'unreadable') return null;
  const around = s.parent?.parent;
  const folder = around?.artifact.mediaType === EMLX ? folderOfMessage(around) : null;
  return folder !== null && wanted.has(folder) ? { place: `${folder}/${key}`, file: null } : null;
}

const observation = (about: End, other: End, value: string): Observation => ({
  about: about.id,
  claim: { basis: 'observed', attribute: 'attachment.kept', field: 'attachment kept beside its message', raw: value, value, locator: about.locator },
  other: { artifact: other.id, locator: other.locator },
});

const saidBeside = (file: End, attribute: 'attachment.delivered' | 'attachment.encoded-bytes', said: Claim): Observation => ({
  about: file.id,
  claim: { basis: 'observed', attribute, field: `${said.field} of its message`, raw: said.raw, value: said.value, locator: said.locator },
  other: { artifact: said.artifact, locator: said.locator },
});

/** The one file, or of several the one of its name. */
function* tied({ missing, files, isCrowded }: Place): Iterable<Observation | ExaminationProblem> {
  const [attachment] = missing;
  if (!attachment || files.length === 0) return;
  const alike = files.filter((f) => f.name === attachment.name);
  const [file] = alike.length === 1 && !isCrowded ? alike : files.length === 1 ? files : [];
  if (file && missing.length === 1) {
    const value = alike.length === 1 ? 'under its name' : 'under another name';
    yield observation(attachment, file, value);
    yield observation(file, attachment, value);
    if (attachment.delivered) yield saidBeside(file, 'attachment.delivered', attachment.delivered);
    if (attachment.length) yield saidBeside(file, 'attachment.encoded-bytes', attachment.length);
    return;
  }
  const count = isCrowded ? `more than ${MOST_FILES}` : String(files.length);
  yield {
    about: attachment.id,
    problem: { code: 'malformed', message: `${count} files lie where its content is kept; none was taken for it` },
  };
}

/**
 * Apple Mail keeps the contents of attachments beside a '.partial.emlx', in 'Attachments/<number of the message>/<part>/'. Ties each
 * attachment that is missing in its message to the file that lies there: attachment.kept on both, each the other end of the other, and
 * what the message says of it on the file: attachment.delivered and attachment.encoded-bytes.
 * One pass over the corpus, and none where there is no such message.
 */
export const keptAttachments = examination({
  id: 'kept-attachments',
  version: 2,
  reads: READS,
  async *examine(evidence): AsyncIterable<Observation | ExaminationProblem> {
    const wanted = new Set<string>();
    for await (const type of evidence.groups('type.detected', 1)) {
      if (type.value !== EMLX) continue;
      for await (const message of type.members) {
        const folder = folderOfMessage(message);
        if (folder === null) continue;
        if (wanted.size < MOST_PARTIAL) wanted.add(folder);
        else {
          const problem = {
            code: 'limit-exceeded',
            message: `more than ${MOST_PARTIAL} partial messages; the attachments of the first were looked for`,
          } as const;
          yield { about: message.artifact.id, problem };
          break;
        }
      }
    }
    if (wanted.size === 0) return;
    const places = new Map<string, Place>();
    for await (const subject of evidence.byValue('place.folder')) {
      const found = placed(subject, wanted);
      if (!found) continue;
      const place = places.get(found.place) ?? { missing: [], files: [], isCrowded: false };
      places.set(found.place, place);
      const [anchor] = subject.claims('place.folder');
      if (!anchor) continue;
      const { locator } = anchor;
      if (found.file === null) place.missing.push(missingOf(subject, locator));
      else if (place.files.length < MOST_FILES) place.files.push({ id: subject.artifact.id, name: found.file, locator });
      else place.isCrowded = true;
    }
    for (const place of places.values()) yield* tied(place);
  },
});
