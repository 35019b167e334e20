/** Objects of Pages, Numbers and Keynote since 2013, as '.iwa' members hold them. */

export function varint(n: number): Buffer {
  const bytes: number[] = [];
  let left = n;
  for (; left > 0x7f; left = Math.floor(left / 128)) bytes.push((left & 0x7f) | 0x80);
  return Buffer.from([...bytes, left]);
}

const number = (field: number, n: number): Buffer => Buffer.concat([varint(field * 8), varint(n)]);
const part = (field: number, bytes: Uint8Array): Buffer => Buffer.concat([varint(field * 8 + 2), varint(bytes.byteLength), bytes]);
const text = (field: number, s: string): Buffer => part(field, Buffer.from(s));

export interface IwaObject {
  readonly id: number;
  readonly type: number;
  readonly body: Uint8Array;
}

/** TSWP.StorageArchive. */
export const storage = (id: number, s: string): IwaObject => ({ id, type: 2001, body: Buffer.concat([number(1, 0), text(3, s)]) });

/** TST.TableDataList: of strings where `kind` is 1. */
export const dataList = (id: number, kind: number, ...strings: string[]): IwaObject => ({
  id,
  type: 6005,
  body: Buffer.concat([
    number(1, kind),
    number(2, strings.length + 1),
    ...strings.map((s, i) => part(3, Buffer.concat([number(1, i + 1), number(2, 1), text(3, s)]))),
  ]),
});

/** TSK.AnnotationAuthorArchive. */
export const author = (id: number, name: string): IwaObject => ({ id, type: 212, body: text(1, name) });

/** TSP.Date of a time in ISO 8601. */
function date(iso: string): Buffer {
  const seconds = Buffer.alloc(9, 0x09);
  seconds.writeDoubleLE((Date.parse(iso) - Date.UTC(2001, 0, 1)) / 1000, 1);
  return seconds;
}

/** TSD.CommentStorageArchive; `created` in ISO 8601. */
export const comment = (id: number, s: string, created: string, by: number): IwaObject => ({
  id,
  type: 3056,
  body: Buffer.concat([text(1, s), part(2, date(created)), part(3, number(1, by))]),
});

/** TSWP.ChangeSessionArchive. */
export const changeSession = (id: number, by: number, begun: string): IwaObject => ({
  id,
  type: 2062,
  body: Buffer.concat([number(1, 7), part(2, number(1, by)), part(3, date(begun))]),
});

/** TSWP.ChangeArchive: 1 an insertion, 2 a deletion. */
export const change = (id: number, kind: number, session: number, made: string): IwaObject => ({
  id,
  type: 2060,
  body: Buffer.concat([number(1, kind), part(2, number(1, session)), part(3, date(made))]),
});

/** One block of Snappy, of literals only. */
export function snapped(bytes: Uint8Array): Buffer {
  const literals: Uint8Array[] = [];
  for (let at = 0; at < bytes.byteLength; at += 60)
    literals.push(Buffer.from([(Math.min(60, bytes.byteLength - at) - 1) << 2]), bytes.subarray(at, at + 60));
  return Buffer.concat([varint(bytes.byteLength), ...literals]);
}

/** A chunk: zero, length, block. */
export const chunk = (block: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([0, block.byteLength & 0xff, (block.byteLength >> 8) & 0xff, block.byteLength >> 16]), block]);

export function buildIwa(...objects: readonly IwaObject[]): Buffer {
  const written = objects.map(({ id, type, body }) => {
    const info = Buffer.concat([number(1, type), part(2, Buffer.from([1, 0, 5])), number(3, body.byteLength)]);
    const header = Buffer.concat([number(1, id), part(2, info)]);
    return Buffer.concat([varint(header.byteLength), header, body]);
  });
  return chunk(snapped(Buffer.concat(written)));
}
