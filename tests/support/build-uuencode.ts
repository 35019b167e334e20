/** A file as uuencode writes it into a text, with '`' for zeros; lines end in LF. */
export function uuencode(name: string, bytes: Uint8Array, mode = '644'): string {
  const letter = (n: number): string => (n === 0 ? '`' : String.fromCharCode(0x20 + n));
  const lines: string[] = [];
  for (let at = 0; at < bytes.byteLength; at += 45) {
    const chunk = bytes.subarray(at, at + 45);
    let line = letter(chunk.byteLength);
    for (let i = 0; i < chunk.byteLength; i += 3) {
      const bits = ((chunk[i] ?? 0) << 16) | ((chunk[i + 1] ?? 0) << 8) | (chunk[i + 2] ?? 0);
      line += [18, 12, 6, 0].map((shift) => letter((bits >> shift) & 0x3f)).join('');
    }
    lines.push(line);
  }
  return [`begin ${mode} ${name}`, ...lines, '`', 'end', ''].join('\n');
}
