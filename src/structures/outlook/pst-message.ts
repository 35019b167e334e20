import type { Input } from '../../model/input.ts';
import { unpackingCap } from '../archive/archive-member.ts';
import { ATTACHED_OBJECT, type DumpObject, type DumpValue, writeDump } from './mapi-dump.ts';
import { kindOf, NID, NODE, type Pst } from './pst.ts';
import { type PstObject, pstObject, type PstProperty, pstRows } from './pst-properties.ts';
import type { PstSubnode } from './pst-blocks.ts';
import { viewOf } from '../little-endian.ts';

type Content = Uint8Array | 'over-limit' | 'unreadable';

/** One message being written down, with all that lies in it. */
interface Writing {
  readonly pst: Pst;
  /** Bytes that may still be written. */
  left: number;
  /** Messages within, by their blocks: two attachments may share one. Null while it is being read. */
  readonly inner: Map<string, Content | null>;
  readonly maxDepth: number;
}

/** Tag and length. */
const BEFORE_VALUE = 8;

/** The message of a node in the form of {@link writeDump}: its properties, recipients and attachments. 'unreadable' where it has no properties. */
export function dumpOfMessage(pst: Pst, node: PstSubnode, { bytes, limits }: Pick<Input, 'bytes' | 'limits'>): Content {
  const object = pstObject(node, pst.reader);
  if (!object) return 'unreadable';
  // A thousand values may be one and the same block: no message grows beyond what the whole file may unpack to.
  const left = unpackingCap(bytes.size, limits) - (1 << 16);
  return dumpOf(object, { pst, left, inner: new Map(), maxDepth: limits.maxDepth }, 0);
}

function dumpOf(object: PstObject, w: Writing, depth: number): Uint8Array {
  const objects: DumpObject[] = [{ kind: 'message', values: valuesOf(object.properties, w) }];
  const recipients = object.subnodes.get(NID.recipients);
  for (const { properties } of recipients ? pstRows(recipients, w.pst.reader) : []) {
    if (w.left <= 0) break;
    objects.push({ kind: 'recipient', values: valuesOf(properties, w) });
  }
  const attachments = [...object.subnodes.values()].filter((s) => kindOf(s.nid) === NODE.attachment).sort((a, b) => a.nid - b.nid);
  for (const subnode of attachments) objects.push({ kind: 'attachment', values: attachmentValues(subnode, w, depth) });
  return writeDump(objects, depth > 0);
}

const valuesOf = (properties: ReadonlyMap<number, PstProperty>, w: Writing): DumpValue[] =>
  [...properties.values()].map((p) => ({ tag: p.tag, bytes: spend(p.read(Math.max(0, w.left)), w) }));

function spend(content: Content, w: Writing): Content {
  const room = w.left - BEFORE_VALUE;
  w.left = room;
  if (typeof content === 'string') return content;
  if (content.byteLength > room) return 'over-limit';
  w.left -= content.byteLength;
  return content;
}

function attachmentValues(subnode: PstSubnode, w: Writing, depth: number): DumpValue[] {
  const attachment = pstObject(subnode, w.pst.reader);
  // That there was one is known, and nothing else.
  if (!attachment) return [{ tag: ATTACHED_OBJECT, bytes: 'unreadable' }];
  const object = [...attachment.properties.values()].find((p) => p.tag === ATTACHED_OBJECT);
  if (!object) return valuesOf(attachment.properties, w);
  const others = new Map([...attachment.properties].filter(([, p]) => p !== object));
  return [...valuesOf(others, w), { tag: ATTACHED_OBJECT, bytes: spend(objectOf(attachment, object, w, depth + 1), w) }];
}

/** A message in this form, or the bytes of any other object. The value is the number of its node, and its size. [MS-PST] 2.3.3.5. */
function objectOf(attachment: PstObject, property: PstProperty, w: Writing, depth: number): Content {
  const value = property.read(BEFORE_VALUE);
  if (typeof value === 'string' || value.byteLength < 4) return 'unreadable';
  const subnode = attachment.subnodes.get(viewOf(value).getUint32(0, true));
  if (!subnode) return 'unreadable';
  const key = `${subnode.data} ${subnode.sub}`;
  const before = w.inner.get(key);
  if (before) return before;
  if (before === null) {
    w.pst.damage.note('malformed', 'a message lies within itself', `node ${subnode.nid.toString(16)}`);
    return 'unreadable';
  }
  if (depth > w.maxDepth || w.left <= 0) return 'over-limit';
  w.inner.set(key, null);
  const inner = pstObject(subnode, w.pst.reader);
  const content = inner ? dumpOf(inner, w, depth) : (w.pst.blocks.data(subnode.data)?.whole(w.left) ?? 'unreadable');
  w.inner.set(key, content);
  return content;
}
