import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { yencBlocks } from '../../src/structures/mail/yenc.ts';
import { buildYenc } from '../support/build-uuencode.ts';

const every = Buffer.from(Array.from({ length: 256 }, (_, i) => i));

describe('yEnc', () => {
  it('carries every byte', () => {
    const text = Buffer.concat([Buffer.from('Bonjour\r\n'), buildYenc('plan a.doc', every), Buffer.from('Fin\r\n')]);
    expect([...yencBlocks(text)].map((b) => [b.offset, b.name, Buffer.from(b.bytes).equals(every), b.part, b.flaw])).toEqual([
      [9, 'plan a.doc', true, null, null],
    ]);
  });
  it('tells a part by its range and its own checksum', () => {
    const half = every.subarray(0, 128);
    const text = buildYenc('plan.doc', half, { part: '1', begin: 1, end: 128, size: 256, crc: crc32(half) });
    expect([...yencBlocks(text)].map((b) => [b.part, b.flaw, b.bytes.byteLength])).toEqual([['part 1', null, 128]]);
  });
  it('says what is wrong', () => {
    const whole = buildYenc('a', every);
    expect([...yencBlocks(whole.subarray(0, 100))].map((b) => b.flaw?.code)).toEqual(['truncated']);
    const bent = Buffer.from(whole);
    bent[60] = (bent[60] ?? 0) ^ 1;
    expect([...yencBlocks(bent)].map((b) => b.flaw?.message)).toEqual(['the yEnc file has another CRC-32 than it says']);
  });
  it('is no talk of it', () => expect([...yencBlocks(Buffer.from('see\r\n=ybegin of the page\r\n'))]).toEqual([]));
});
