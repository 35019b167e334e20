const CR = 0x0d;
const LF = 0x0a;

/** Every LF with its CR, as mail is sent (RFC 5322 section 2.1); null where nothing is to change. */
export function withCrlf(bytes: Uint8Array): Uint8Array | null {
  let missing = 0;
  for (let i = bytes.indexOf(LF); i !== -1; i = bytes.indexOf(LF, i + 1)) if (bytes[i - 1] !== CR) missing++;
  if (missing === 0) return null;
  const sent = new Uint8Array(bytes.byteLength + missing);
  let to = 0;
  for (let i = 0; i < bytes.byteLength; i++) {
    const b = bytes[i] ?? 0;
    if (b === LF && bytes[i - 1] !== CR) sent[to++] = CR;
    sent[to++] = b;
  }
  return sent;
}
