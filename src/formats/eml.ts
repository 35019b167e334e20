import { claim, type Extracted, type Locator, passage, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { sha256Of } from '../model/provenance.ts';
import { headerText } from '../structures/mail/elements.ts';
import { aroundParts } from '../structures/mail/around-parts.ts';
import { carriedBytes, mailParts } from '../structures/mail/parts.ts';
import { bodyText } from '../structures/mail/text.ts';
import { decodeUnlabelled } from '../structures/mail/charset.ts';
import { type Mime, type Part, readMime } from '../structures/mail/mime.ts';
import { dkimClaims } from './shared/dkim-claims.ts';
import { alternativeClaims } from './shared/mail-alternatives.ts';
import { headerClaims } from './shared/mail-headers.ts';
import { signatureClaims } from './shared/mail-signatures.ts';
import { autocryptClaims, holdsPgp, inlinePgpClaims } from './shared/mail-pgp.ts';
import { saidText } from './shared/mail-texts.ts';
import { withSigns } from './shared/signs.ts';

const rangeOf = (part: Part): Locator => ({ in: 'bytes', offset: part.body.offset, length: part.body.length });

/** Bodies as passages; the digest is over what the message says: its plain text, or its HTML where it has no other. */
async function* texts(mime: Mime, input: Input): AsyncIterable<Extracted> {
  const plain: string[] = [];
  const html: string[] = [];
  const said = new Map<Part, string>();
  let first: Part | null = null;
  for (const part of mailParts(mime).bodies) {
    input.alive();
    const { text, problems } = await bodyText(mime, part, input.limits.maxTextBytes);
    for (const p of problems) yield problem(p.code, p.message);
    if (text === '') continue;
    said.set(part, text);
    if (part.type !== 'text/html' && holdsPgp(text)) yield* inlinePgpClaims(mime, part, input.limits);
    const isPlain = part.type !== 'text/html';
    if (first === null || (isPlain && plain.length === 0)) first = part;
    (isPlain ? plain : html).push(text);
    yield passage({ role: 'body', address: rangeOf(part), label: `${part.type} ${part.path}`.trim(), text });
  }
  if (first === null) return;
  input.alive();
  const primary = (plain.length > 0 ? plain : html).join('\n');
  yield* saidText(primary, `${first.type} ${first.path}`.trim(), rangeOf(first));
  input.alive();
  yield* alternativeClaims(mime, said);
}

function* attachmentDigest(mime: Mime, input: Input): Iterable<Extracted> {
  const documents = mailParts(mime).attachments.filter((a) => a.role === 'document');
  if (documents.length === 0) return;
  const alive = (): void => input.alive();
  const digestOf = (part: Part): string => {
    alive();
    return sha256Of(carriedBytes(mime, part, alive));
  };
  const value = sha256Of(documents.map((a) => digestOf(a.part)).join('\n'));
  const [message] = mime.parts;
  yield claim({
    basis: 'observed',
    attribute: 'content.attachments',
    field: `${documents.length} attachments`,
    raw: value,
    value,
    locator: rangeOf(message),
  });
}

async function* read(input: Input): AsyncIterable<Extracted> {
  const mime = input.once(readMime);
  for (const p of mime.problems) yield problem(p.code, p.message);
  yield* withSigns(input, headerClaims(mime));
  input.alive();
  yield* dkimClaims(mime, true);
  yield* signatureClaims(mime);
  yield* autocryptClaims(mime);
  yield* texts(mime, input);
  for (const { label, range, text } of aroundParts(mime, input.limits.maxTextBytes))
    yield passage({ role: 'note', address: { in: 'bytes', ...range }, label, text });
  yield* attachmentDigest(mime, input);
}

/** Headers of a mail, its hidden clocks, its texts. What it carries is opened by the container of the same type. */
export const eml: FormatReader = {
  id: 'eml',
  version: 4,
  mediaTypes: ['message/rfc822'],
  read,
  replay(input, locator) {
    if (locator.in === 'bytes') return decodeUnlabelled(input.bytes.slice(locator.offset, locator.length));
    return locator.in === 'header' ? headerText(input.once(readMime), locator) : null;
  },
};
