import { MAX_RAW, type ClaimDraft } from '../model/claim.ts';
import type { Child, Container, Input, OpeningProblem } from '../model/input.ts';
import { decodeWords } from '../structures/mail/encoded-words.ts';
import { decodeUnlabelled } from '../structures/mail/charset.ts';
import { headerEnd, type MboxMessage, mboxMessageAt, mboxMessages } from '../structures/mail/mbox.ts';

/** Enough of a subject to know a message by. */
const MAX_LABEL = 300;

/** The first Subject of a header, unfolded and decoded; '' where there is none. Cheap: it looks at one field only. */
function subjectOf(head: Uint8Array): string {
  const buffer = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const end = headerEnd(buffer);
  const header = buffer.toString('latin1', 0, end === -1 ? buffer.byteLength : end);
  const m = /(?:^|\n)subject[ \t]*:([^\n]*(?:\n[ \t][^\n]*){0,20})/i.exec(header);
  return m
    ? decodeWords(
        decodeUnlabelled(Buffer.from(m[1] ?? '', 'latin1'))
          .replace(/\s+/g, ' ')
          .trim(),
      ).slice(0, MAX_LABEL)
    : '';
}

function childOf(input: Input, message: MboxMessage): Child {
  const { offset, envelope, start, length } = message;
  const label = subjectOf(message.head);
  const says: ClaimDraft[] = [];
  if (envelope.time !== null)
    says.push({
      basis: 'asserted',
      attribute: 'time.stored',
      field: 'From_',
      raw: envelope.timeText.slice(0, MAX_RAW),
      value: envelope.time,
      locator: { in: 'parent', key: 'From_' },
    });
  says.push({
    basis: 'observed',
    attribute: 'place.position',
    field: 'offset',
    raw: String(offset),
    value: offset,
    locator: { in: 'parent', key: 'offset' },
  });
  return { key: `@${offset}`, role: 'document', bytes: input.bytes.window(start, length), says, ...(label === '' ? {} : { label }) };
}

/** Nothing behind a run of separators is no message; behind one alone, it is an empty one. */
const isMessage = ({ length, doubled }: MboxMessage): boolean => length > 0 || doubled === 0;

function* open(input: Input): Iterable<Child | OpeningProblem> {
  let first = true;
  let doubled = 0;
  let firstDoubled = 0;
  for (const message of mboxMessages(input.bytes)) {
    if (first && message.offset > 0) yield { problem: { code: 'malformed', message: `${message.offset} bytes stand before the first message` } };
    first = false;
    if (message.overrun > 0) {
      yield {
        problem: {
          code: 'malformed',
          message: `the Content-Length of the message at byte ${message.offset} runs over ${message.overrun} lines that look like separators`,
        },
      };
    }
    if (doubled === 0) firstDoubled = message.offset;
    doubled += message.doubled;
    if (isMessage(message)) yield childOf(input, message);
  }
  if (doubled > 0) {
    const message = `lines that separate messages, directly behind another such line: ${doubled}, first behind the one at byte ${firstDoubled}`;
    yield { problem: { code: 'malformed', message } };
  }
  if (first) yield { problem: { code: 'malformed', message: 'no message: no line separates any' } };
}

/** A mailbox in one file. Keys are '@' and the byte offset of the From_ line; the bytes are the message's own, nothing unescaped. */
export const mbox: Container = {
  id: 'mbox',
  version: 2,
  mediaTypes: ['application/mbox'],
  unbounded: true,
  open,
  openOne(input, key) {
    const offset = /^@(\d{1,15})$/.exec(key)?.[1];
    const message = offset === undefined ? null : mboxMessageAt(input.bytes, Number(offset));
    return message && isMessage(message) ? childOf(input, message) : null;
  },
};
