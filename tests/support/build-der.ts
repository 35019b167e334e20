/** Writes DER (ITU-T X.690); lengths are as short as can be. */
export function tlv(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  const digits = body.length.toString(16);
  const octets = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  const length = body.length < 0x80 ? Buffer.from([body.length]) : Buffer.concat([Buffer.from([0x80 | octets.length]), octets]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
}

export const seq = (...items: readonly Uint8Array[]): Buffer => tlv(0x30, ...items);
export const set = (...items: readonly Uint8Array[]): Buffer => tlv(0x31, ...[...items].sort((a, b) => Buffer.compare(a, b)));
export const octets = (bytes: Uint8Array): Buffer => tlv(0x04, bytes);
/** [n], constructed. */
export const context = (n: number, ...items: readonly Uint8Array[]): Buffer => tlv(0xa0 | n, ...items);
export const utf8 = (text: string): Buffer => tlv(0x0c, Buffer.from(text));
export const nil = Buffer.from([0x05, 0x00]);

/** From hexadecimal digits of a positive number. */
export const integer = (hex: string): Buffer => {
  const bytes = Buffer.from(hex, 'hex');
  return tlv(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes);
};

export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const septets = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) septets.unshift((left & 0x7f) | 0x80);
    bytes.push(...septets);
  }
  return tlv(0x06, Buffer.from(bytes));
}

/** '2015-03-04T12:00:00Z' as UTCTime. */
export const utcTime = (iso: string): Buffer => tlv(0x17, Buffer.from(`${iso.replace(/\D/g, '').slice(2)}Z`));
/** The same as GeneralizedTime. */
export const generalizedTime = (iso: string): Buffer => tlv(0x18, Buffer.from(`${iso.replace(/\D/g, '')}Z`));

/** A constructed element of open length, as streaming encoders write it. */
export const open = (tag: number, ...items: readonly Uint8Array[]): Buffer => Buffer.concat([Buffer.from([tag, 0x80]), ...items, Buffer.alloc(2)]);
