import type { AttributeOf } from '../../model/attribute.ts';
import { type ClaimDraft, MAX_RAW } from '../../model/claim.ts';
import type { Child, ClosedChild, OpeningProblem } from '../../model/input.ts';
import { bytesOf } from '../bytes.ts';
import { baseName } from '../mail/parts.ts';
import { type MapiAttachment, type MapiMessage, numberOf, textOf, timeOf } from './mapi.ts';
import { PID, pidName, RENDERED_IN_BODY } from './mapi.data.ts';

/** The names an attachment may have, the best first. An object has but the one under which it is displayed. */
const NAMES = [PID.AttachLongFilename, PID.AttachLongPathname, PID.AttachFilename, PID.DisplayName] as const;

const IMAGE_NAME = /\.(?:png|jpe?g|gif|bmp|emz|wmz|tiff?)$/i;

/** 'part': pictures shown within the text. Everything else is a document of its own, as in a mail. */
export function roleOf(message: MapiMessage, attachment: MapiAttachment): Child['role'] {
  const { bag, content } = attachment;
  if (content.kind !== 'file') return 'document';
  const [name] = namesOf(message, attachment);
  const isImage =
    (textOf(bag.get(PID.AttachMimeTag), message.codePage) ?? '').toLowerCase().startsWith('image/') || IMAGE_NAME.test(name?.text ?? '');
  const shown = ((numberOf(bag.get(PID.AttachFlags)) ?? 0) & RENDERED_IN_BODY) !== 0 || (numberOf(bag.get(PID.AttachmentHidden)) ?? 0) !== 0;
  return isImage && (shown || bag.has(PID.AttachContentId)) ? 'part' : 'document';
}

function namesOf({ codePage }: MapiMessage, { bag }: MapiAttachment): { id: number; text: string }[] {
  return NAMES.flatMap((id) => {
    const text = textOf(bag.get(id), codePage);
    return text ? [{ id, text }] : [];
  });
}

const said = (id: number, raw: string): Pick<ClaimDraft, 'basis' | 'field' | 'raw' | 'locator'> => ({
  basis: 'asserted',
  field: pidName(id),
  raw: raw.slice(0, MAX_RAW),
  locator: { in: 'parent', key: pidName(id) },
});

function* saidOf(message: MapiMessage, attachment: MapiAttachment): Generator<ClaimDraft> {
  const [name] = namesOf(message, attachment);
  // A message is displayed by its subject, which is no file name.
  if (name && attachment.content.kind !== 'message')
    yield { ...said(name.id, name.text), attribute: 'name.file', value: baseName(name.text).slice(0, MAX_RAW) };
  const type = textOf(attachment.bag.get(PID.AttachMimeTag), message.codePage);
  if (type)
    yield {
      ...said(PID.AttachMimeTag, type),
      attribute: 'type.declared',
      value: type.toLowerCase().split(';', 1)[0]?.trim().slice(0, MAX_RAW) || null,
    };
  const stored: AttributeOf<'time'> = 'time.stored';
  for (const id of [PID.CreationTime, PID.LastModificationTime]) {
    const time = timeOf(attachment.bag.get(id));
    if (time) yield { ...said(id, time.raw), attribute: stored, value: time.value };
  }
}

/** What a MAPI message carries, with what it says about each: its name, its type, and two times of the file system it came from. */
export function* mapiChildren(message: MapiMessage): Generator<Child | ClosedChild | OpeningProblem> {
  for (const attachment of message.attachments) {
    const { key, content } = attachment;
    const [name] = namesOf(message, attachment);
    const label = name ? baseName(name.text) : '';
    const says = [...saidOf(message, attachment)];
    if (says.some((c) => c.raw.length === MAX_RAW))
      yield { problem: { code: 'limit-exceeded', message: `${key}: a value was cut to ${MAX_RAW} characters` } };
    const child = { key, role: roleOf(message, attachment), says, ...(label === '' ? {} : { label }) };
    const bytes = content.kind === 'reference' ? null : content.bytes();
    if (bytes) yield { ...child, bytes: bytesOf(bytes) };
    else if (content.kind === 'reference')
      yield {
        ...child,
        bytes: null,
        why: 'unreadable',
        problem: { code: 'unsupported', message: 'the attachment lies elsewhere: only its name is here' },
      };
    else if (content.lost)
      yield {
        ...child,
        bytes: null,
        why: 'unreadable',
        problem: { code: 'malformed', message: 'the attachment could not be read: its bytes are missing' },
      };
    else
      yield {
        ...child,
        bytes: null,
        why: 'over-limit',
        problem: { code: 'limit-exceeded', message: 'the attachment is larger than the budget allows' },
      };
  }
}

/** One of {@link mapiChildren} by its key. */
export function mapiChild(message: MapiMessage, key: string): Child | ClosedChild | null {
  const attachments = message.attachments.filter((a) => a.key === key);
  for (const item of mapiChildren({ ...message, attachments })) if ('key' in item) return item;
  return null;
}
