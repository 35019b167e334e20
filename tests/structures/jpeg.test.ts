import { describe, expect, it } from 'vitest';
import { readJpeg } from '../../src/structures/image/jpeg.ts';
import { jpegXmp } from '../../src/structures/image/jpeg-xmp.ts';
import { jpegSegment, jpegWith, xmpPacket } from '../support/build-images.ts';
import { inputFrom } from '../support/read.ts';

const GUID = '0123456789ABCDEF0123456789ABCDEF';
const SOI = Buffer.from([0xff, 0xd8]);
const xmpOf = (bytes: Uint8Array) => {
  const input = inputFrom(bytes);
  const { packets, extended, problems } = jpegXmp(input, readJpeg(input));
  return { packets: packets.map((p) => Buffer.from(p).toString()), extended: extended && Buffer.from(extended).toString(), problems };
};

describe('readJpeg', () => {
  it('lists the segments in order, up to the pixels', () => {
    const { segments, problems } = readJpeg(inputFrom(jpegWith({ jfif: true, captured: '2017:03:27 12:41:05', xmp: '<x/>', iptc: { 80: 'Ann' } })));
    expect(segments.map((s) => s.marker)).toEqual([0xe0, 0xe1, 0xe1, 0xed, 0xdb, 0xc0, 0xc4, 0xc4, 0xda]);
    expect(problems).toEqual([]);
  });

  it('skips fill bytes silently and stray bytes with a word', () => {
    const rest = jpegWith().subarray(2);
    const filled = readJpeg(inputFrom(Buffer.concat([SOI, Buffer.alloc(5, 0xff), rest])));
    expect([filled.segments.length, filled.problems]).toEqual([6, []]);
    const strayed = readJpeg(inputFrom(Buffer.concat([SOI, Buffer.from('stray'), rest])));
    expect([strayed.segments.length, strayed.problems]).toEqual([6, [{ code: 'malformed', message: 'JPEG: bytes at 2 belong to no segment' }]]);
  });

  it('stops in a file of nothing but markers', () => {
    const { problems } = readJpeg(inputFrom(Buffer.concat([SOI, Buffer.alloc(60_000, Buffer.from([0xff, 0xd0]))])));
    expect(problems.map((p) => p.code)).toEqual(['limit-exceeded']);
  });

  it('survives every truncation before the pixels', () => {
    const whole = jpegWith({ captured: '2017:03:27 12:41:05' });
    const pixels = whole.lastIndexOf(Buffer.from([0xff, 0xda]));
    for (let at = 2; at < pixels; at++) expect(readJpeg(inputFrom(whole.subarray(0, at))).problems, `cut at ${at}`).toHaveLength(1);
  });
});

describe('jpegXmp', () => {
  const main = xmpPacket({ 'xmpNote:HasExtendedXMP': GUID });

  it('puts extended XMP together', () => {
    expect(xmpOf(jpegWith({ xmp: main, extendedXmp: { guid: GUID, packet: xmpPacket({ 'xmp:CreatorTool': 'Lightroom' }) } }))).toEqual({
      packets: [main],
      extended: xmpPacket({ 'xmp:CreatorTool': 'Lightroom' }),
      problems: [],
    });
  });

  it('does not take an extension that the packet does not name', () => {
    const { extended, problems } = xmpOf(jpegWith({ xmp: main, extendedXmp: { guid: GUID.replace('0', 'F'), packet: '<x/>' } }));
    expect([extended, problems]).toEqual([null, [{ code: 'malformed', message: 'extended XMP: no piece carries the id that the packet names' }]]);
  });

  it('tells of a piece that is missing', () => {
    const [first] = [
      Buffer.concat([Buffer.from(`http://ns.adobe.com/xmp/extension/\0${GUID}`), Buffer.from([0, 0, 0, 9, 0, 0, 0, 0]), Buffer.from('abc')]),
    ];
    const { extended, problems } = xmpOf(Buffer.concat([SOI, jpegSegment(0xe1, first), jpegWith().subarray(2)]));
    expect([extended, problems]).toEqual([null, [{ code: 'truncated', message: 'extended XMP: 9 bytes announced, 3 there' }]]);
  });

  it.each(['http://ns.adobe.com/xap/1.0/ \0', 'XMP\0://ns.adobe.com/xap/1.0/\0'])('takes the damaged signature %j', (signature) => {
    expect(xmpOf(Buffer.concat([SOI, jpegSegment(0xe1, Buffer.from(`${signature}<x/>`)), jpegWith().subarray(2)])).packets).toEqual(['<x/>']);
  });

  it('leaves UTF-16BE its first half', () => {
    const packet = Buffer.from('<x/>', 'utf16le').swap16();
    const input = inputFrom(
      Buffer.concat([SOI, jpegSegment(0xe1, Buffer.concat([Buffer.from('http://ns.adobe.com/xap/1.0/\0'), packet])), jpegWith().subarray(2)]),
    );
    expect(Buffer.from(jpegXmp(input, readJpeg(input)).packets[0] ?? [])).toEqual(packet);
  });
});
