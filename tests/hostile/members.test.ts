import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { extractFile } from '../support/extract-file.ts';

const MEMBERS = 1_000_000;
/** The limit of members. */
const OPENED = 100_000;
const ONE_TOO_MANY = OPENED + 1;
/** Seconds of CPU for a hundred thousand members: some 50 µs each, several times as long where other programs share the caches. */
const PATIENCE_MS = 30_000;

/** Headers of members without content, one after another: only name and checksum differ. */
function emptyTar(members: number): Buffer {
  const out = Buffer.alloc(members * 512 + 1024);
  const octal = (n: number, digits: number): string => n.toString(8).padStart(digits, '0');
  const fixed = `${octal(0o644, 7)}\u0000${octal(1000, 7)}\u0000${octal(1000, 7)}\u0000${octal(0, 11)}\u0000${octal(1_490_616_000, 11)}\u0000        0`;
  const sumOf = (text: string): number => [...text].reduce((sum, c) => sum + c.charCodeAt(0), 0);
  const base = sumOf(fixed) + sumOf('ustar00');
  for (let i = 0; i < members; i++) {
    const name = `m${i}`;
    const at = i * 512;
    out.write(name, at, 'latin1');
    out.write(fixed, at + 100, 'latin1');
    out.write('ustar\u000000', at + 257, 'latin1');
    out.write(`${octal(base + sumOf(name), 6)}\u0000 `, at + 148, 'latin1');
  }
  return out;
}

/** Stored members of one content, written in place: a million buffers joined take longer than what is tested. */
function zipOf(content: string, members: number): Buffer {
  const [localBytes, centralBytes, endBytes] = [30, 46, 98];
  const names = Array.from({ length: members }, (_, i) => `m${i}`);
  const nameBytes = names.reduce((n, name) => n + name.length, 0);
  const directoryAt = members * (localBytes + content.length) + nameBytes;
  const directoryBytes = members * centralBytes + nameBytes;
  const out = Buffer.alloc(directoryAt + directoryBytes + endBytes);
  const crc = crc32(content);
  let [local, central] = [0, directoryAt];
  for (const name of names) {
    out.writeUInt32LE(0x04034b50, local);
    out.writeUInt32LE(0x02014b50, central);
    out.writeUInt32LE(local, central + 42);
    // From the version needed on, both headers say the same.
    for (const at of [local + 4, central + 6]) {
      out.writeUInt16LE(20, at);
      out.writeUInt32LE(0x4a7b_6000, at + 6);
      for (const [i, n] of [crc, content.length, content.length].entries()) out.writeUInt32LE(n, at + 10 + 4 * i);
      out.writeUInt16LE(name.length, at + 22);
    }
    out.write(name + content, local + localBytes, 'latin1');
    out.write(name, central + centralBytes, 'latin1');
    local += localBytes + name.length + content.length;
    central += centralBytes + name.length;
  }
  const wide = [BigInt(members), BigInt(members), BigInt(directoryBytes), BigInt(directoryAt)];
  out.writeUInt32LE(0x06064b50, central);
  for (const [i, n] of wide.entries()) out.writeBigUInt64LE(n, central + 24 + 8 * i);
  out.writeUInt32LE(0x07064b50, central + 56);
  out.writeBigUInt64LE(BigInt(central), central + 64);
  out.writeUInt32LE(0x06054b50, central + 76);
  out.fill(0xff, central + 84, central + 96);
  return out;
}

describe('a million members stop at the limit, with one problem of the archive, within seconds', { timeout: 300_000 }, () => {
  it.each([
    ['small.zip', () => zipOf('Bonjour.\n', MEMBERS), false],
    ['empty.tar', () => emptyTar(MEMBERS), true],
  ])('%s', async (name, build, empty) => {
    const { problems, artifacts, cpuMs } = await extractFile(name, build());
    expect(problems.filter(([path]) => path === name)).toEqual([[name, 'limit-exceeded', 'more than 100000 members; the rest was not read']]);
    expect(problems).toHaveLength(1 + (empty ? OPENED : 0));
    expect(artifacts).toBe(1 + OPENED);
    expect(cpuMs).toBeLessThan(PATIENCE_MS);
  });

  it('objects and pictures of a text', async () => {
    const pictures = await extractFile('pictures.rtf', Buffer.from(`{\\rtf1 ${'{\\pict 89504e47}'.repeat(ONE_TOO_MANY)}}`));
    const over = 'more than 100000 objects and pictures; the rest was not read';
    expect(pictures.problems).toEqual([['pictures.rtf', 'limit-exceeded', over]]);
    expect(pictures.cpuMs).toBeLessThan(PATIENCE_MS);
    const objects = await extractFile('objects.rtf', Buffer.from(`{\\rtf1 ${'{\\object\\objemb{\\*\\objdata 0105}}'.repeat(ONE_TOO_MANY)}}`));
    expect(objects.problems).toEqual([
      ['objects.rtf', 'limit-exceeded', over],
      ['objects.rtf', 'malformed', 'object@25 and 99999 more objects: a link or no object of OLE; the bytes were kept as they are'],
    ]);
    expect(objects.cpuMs).toBeLessThan(PATIENCE_MS);
  });
});
