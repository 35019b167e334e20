import { bufferOf } from '../placed.ts';

/** A superbox (ISO/IEC 19566-5 annex A) or a content box inside one. */
export interface JumbfBox {
  readonly type: string;
  /** Label of a superbox, '' where it has none. */
  readonly label: string;
  /** Where the label stands; 0 where there is none. */
  readonly labelAt: number;
  /** The four characters that a content type's UUID begins with: 'c2pa', 'c2ma', 'cbor'; '' for content boxes. */
  readonly content: string;
  /** Of what is inside, without the header. */
  readonly from: number;
  readonly to: number;
  readonly children: readonly JumbfBox[];
}

const MAX_DEPTH = 12;
const MAX_BOXES = 20_000;
const TOGGLE_LABEL = 0x02;

interface Walk {
  readonly b: Buffer;
  left: number;
}

function headAt(b: Buffer, at: number, end: number): { readonly type: string; readonly from: number; readonly to: number } | null {
  if (at + 8 > end) return null;
  const small = b.readUInt32BE(at);
  const wide = small === 1 && at + 16 <= end;
  const from = at + (wide ? 16 : 8);
  const to = small === 0 ? end : at + (wide ? Number(b.readBigUInt64BE(at + 8)) : small);
  return to < from || to > end ? null : { type: b.toString('latin1', at + 4, at + 8), from, to };
}

function boxesIn(w: Walk, from: number, end: number, depth: number): JumbfBox[] {
  const boxes: JumbfBox[] = [];
  for (let at = from; at < end;) {
    const head = headAt(w.b, at, end);
    if (!head || w.left-- <= 0) break;
    boxes.push(boxOf(w, head, depth));
    at = head.to;
  }
  return boxes;
}

function boxOf(w: Walk, { type, from, to }: { type: string; from: number; to: number }, depth: number): JumbfBox {
  const plain = { type, label: '', labelAt: 0, content: '', from, to, children: [] };
  const description = type === 'jumb' && depth < MAX_DEPTH ? headAt(w.b, from, to) : null;
  if (description?.type !== 'jumd' || description.to - description.from < 17) return plain;
  const toggles = w.b[description.from + 16] ?? 0;
  const labelAt = description.from + 17;
  const end = w.b.indexOf(0, labelAt);
  const hasLabel = (toggles & TOGGLE_LABEL) !== 0 && end > labelAt && end < description.to;
  return {
    type,
    label: hasLabel ? w.b.toString('utf8', labelAt, end) : '',
    labelAt: hasLabel ? labelAt : 0,
    content: w.b.toString('latin1', description.from, description.from + 4),
    from,
    to,
    children: boxesIn(w, description.to, to, depth + 1),
  };
}

/** The boxes of some bytes; what does not fit into what is around it ends the list. */
export const readJumbf = (bytes: Uint8Array): JumbfBox[] => boxesIn({ b: bufferOf(bytes), left: MAX_BOXES }, 0, bytes.byteLength, 0);
