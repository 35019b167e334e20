import type { Part } from '../../../src/structures/mail/mime-part.ts';
import { readMime } from '../../../src/structures/mail/mime.ts';
import { bodyBytes, carriedBytes } from '../../../src/structures/mail/parts.ts';
import { bytesAt, type Compared, type Evidence, evidenceOf, folded, has, list } from './corpus.ts';

/** A part in mime4j's tree: 'message' holds another one, 'multipart' its parts, 'body' the text or a file that holds it. */
interface Told {
  readonly fields: string[];
  multipart: boolean;
  readonly parts: Told[];
  message: Told | null;
  text: string | null;
  kept: string | null;
}

const plain = (xml: string): string =>
  xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');
const newPart = (): Told => ({ fields: [], multipart: false, parts: [], message: null, text: null, kept: null });

const TAG = /<(\/?)(message|header|field|multipart|body-part|body|text-body|binary-body|preamble|epilogue)(?: name="([^"]*)")?\/?>/g;

function begin(name: string, kept: string, open: Told[], root: Told): void {
  const top = open.at(-1);
  if (name === 'message' || name === 'body-part') {
    const inner = top ? newPart() : root;
    if (name === 'body-part') top?.parts.push(inner);
    else if (top) top.message = inner;
    open.push(inner);
  } else if (!top) return;
  else if (name === 'multipart') top.multipart = true;
  else if (name.endsWith('-body')) top.kept = kept;
}

/** Their files know ten elements and no other syntax. */
function toldIn(xml: string): Told {
  const root = newPart();
  const open: Told[] = [];
  let from = 0;
  for (const { 0: tag, 1: end, 2: name = '', 3: kept = '', index } of xml.matchAll(TAG)) {
    const text = plain(xml.slice(from, index)).replace(/^\r?\n/, '');
    from = index + tag.length;
    const top = open.at(-1);
    if (end === '') begin(name, kept, open, root);
    else if (name === 'field') top?.fields.push(text);
    else if (name === 'body' && top) top.text = text;
    else if (name === 'message' || name === 'body-part') open.pop();
  }
  return root;
}

const lines = (text: string): string => text.replace(/\r\n?/g, '\n');
const isMessage = (p: Part): boolean => p.type === 'message/rfc822';

/** Name and value of a field, unfolded. */
const fieldIn = (text: string): string => folded(text.replace(/^([^:\s]+)\s*:/, (_, name: string) => `${name.toLowerCase()}:`).replace(':', ': '));

async function comparePart(told: Told, part: Part, found: Evidence, at: { file: string; folder: string }, rows: Compared[]): Promise<void> {
  const { file, folder } = at;
  const mime = found.input.once(readMime);
  const say = (what: string, theirs: string, ours: string): number => rows.push({ file, what: `${what} ${part.path}`.trim(), theirs, ours });
  const parts = mime.parts.filter((p) => p.parent === mime.parts.indexOf(part) && p !== part);
  say('header', list(told.fields.map(fieldIn)), list(part.fields.map((f) => fieldIn(`${f.name}: ${f.value}`))));
  say('parts', told.multipart ? `multipart of ${told.parts.length}` : 'leaf', part.multipart ? `multipart of ${parts.length}` : 'leaf');
  if (told.multipart) {
    for (const [i, inner] of told.parts.entries()) if (parts[i]) await comparePart(inner, parts[i], found, at, rows);
    return;
  }
  say('message', String(told.message !== null), String(isMessage(part)));
  if (told.message) {
    const child = found.children.find((c) => c.key === (part.path || '1'));
    const inner = child?.bytes ? await evidenceOf(child.bytes.slice(0, child.bytes.size), 'message/rfc822') : null;
    const [root] = inner?.input.once(readMime).parts ?? [];
    if (inner && root) await comparePart(told.message, root, inner, { file: `${file} > ${part.path}`, folder }, rows);
  } else if (told.kept !== null && has(folder + told.kept)) {
    const theirs = bytesAt(folder + told.kept).toString('latin1');
    const ours = Buffer.from(carriedBytes(mime, part)).toString('latin1');
    if (told.kept.endsWith('.bin')) say('content', theirs, ours);
    else say('text', lines(theirs).trimEnd(), lines(ours).trimEnd());
  } else if (told.text !== null) say('body', lines(told.text).trimEnd(), lines(Buffer.from(bodyBytes(mime, part)).toString('latin1')).trimEnd());
}

/** What Apache James mime4j makes of 'name.msg': its tree of parts (name.xml), and the same decoded (name_decoded.xml) with each text in a file. */
export async function mime4j(path: string): Promise<Compared[] | null> {
  const data = path.replace(/(?:_decoded)?\.xml$/, '.msg');
  if (!has(data)) return null;
  const told = toldIn(bytesAt(path).toString('latin1'));
  const found = await evidenceOf(bytesAt(data), 'message/rfc822');
  const rows: Compared[] = [];
  const [root] = found.input.once(readMime).parts;
  await comparePart(told, root, found, { file: path, folder: path.replace(/[^/]+$/, '') }, rows);
  return rows;
}
