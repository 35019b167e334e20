import { brotliCompressSync } from 'node:zlib';
import { exifBlock, jpegWith, type PictureSpec } from './build-images.ts';
import { isoBox } from './build-media.ts';

const be16 = (n: number): Buffer => Buffer.from([n >> 8, n & 0xff]);
const be32 = (n: number): Buffer => Buffer.from([n >>> 24, (n >>> 16) & 0xff, (n >>> 8) & 0xff, n & 0xff]);

export interface GifSpec {
  readonly comments?: readonly string[];
  readonly xmp?: string;
}

/** A decodable GIF of one pixel that is shown once more and again. */
export function gifWith(g: GifSpec = {}): Buffer {
  const blocks = (b: Buffer): Buffer[] => {
    const pieces: Buffer[] = [];
    for (let at = 0; at < b.byteLength; at += 255) pieces.push(Buffer.from([Math.min(255, b.byteLength - at)]), b.subarray(at, at + 255));
    return [...pieces, Buffer.alloc(1)];
  };
  const trailer = Buffer.concat([Buffer.from([1]), Buffer.from(Array.from({ length: 256 }, (_, i) => 255 - i)), Buffer.from([0])]);
  return Buffer.concat([
    Buffer.from('GIF89a'),
    Buffer.from([1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff]),
    Buffer.from([0x21, 0xff, 11]),
    Buffer.from('NETSCAPE2.0'),
    Buffer.from([3, 1, 0, 0, 0]),
    ...(g.comments ?? []).flatMap((c) => [Buffer.from([0x21, 0xfe]), ...blocks(Buffer.from(c))]),
    ...(g.xmp === undefined ? [] : [Buffer.from([0x21, 0xff, 11]), Buffer.from('XMP DataXMP'), Buffer.from(g.xmp), trailer]),
    Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b]),
  ]);
}

export interface PsdSpec extends PictureSpec {
  /** IIM datasets of record 2 by number. */
  readonly iptc?: Readonly<Record<number, string>>;
  /** The program in the version resource. */
  readonly writer?: string;
}

/** A PSD of one grey pixel and its image resources. */
export function psdWith(p: PsdSpec = {}): Buffer {
  const resource = (id: number, content: Buffer): Buffer =>
    Buffer.concat([Buffer.from('8BIM'), be16(id), be16(0), be32(content.byteLength), content, Buffer.alloc(content.byteLength & 1)]);
  const exif = exifBlock(p);
  const iim = Object.entries(p.iptc ?? {}).map(([n, v]) =>
    Buffer.concat([Buffer.from([0x1c, 2, Number(n)]), be16(Buffer.byteLength(v)), Buffer.from(v)]),
  );
  const name = (v: string): Buffer => Buffer.concat([be32(v.length), Buffer.from(v, 'utf16le').swap16()]);
  const resources = Buffer.concat([
    ...(iim.length > 0 ? [resource(0x0404, Buffer.concat(iim))] : []),
    ...(p.writer === undefined ? [] : [resource(0x0421, Buffer.concat([be32(1), Buffer.from([1]), name(p.writer), name('reader'), be32(1)]))]),
    ...(exif ? [resource(0x0422, exif)] : []),
    ...(p.xmp === undefined ? [] : [resource(0x0424, Buffer.from(p.xmp))]),
  ]);
  const header = Buffer.concat([Buffer.from('8BPS'), be16(1), Buffer.alloc(6), be16(1), be32(1), be32(1), be16(8), be16(1)]);
  return Buffer.concat([header, be32(0), be32(resources.byteLength), resources, be32(0), be16(0), Buffer.from([0x80])]);
}

/** The boxes of a JPEG 2000 file around an empty codestream. */
export function jp2With(p: PictureSpec = {}): Buffer {
  const exif = exifBlock(p);
  return Buffer.concat([
    isoBox('jP  ', Buffer.from('0d0a870a', 'hex')),
    isoBox('ftyp', Buffer.from('jp2 '), be32(0), Buffer.from('jp2 ')),
    ...(exif ? [isoBox('uuid', Buffer.from('JpgTiffExif->JP2'), exif)] : []),
    ...(p.xmp === undefined ? [] : [isoBox('uuid', Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'), Buffer.from(p.xmp))]),
    isoBox('jp2c', Buffer.from('ff4fffd9', 'hex')),
  ]);
}

export interface JxlSpec extends PictureSpec {
  /** Pack Exif and XMP with Brotli. */
  readonly packed?: boolean;
}

/** The boxes of a JPEG XL container around an empty codestream. */
export function jxlWith(p: JxlSpec = {}): Buffer {
  const exif = exifBlock(p);
  const box = (type: string, content: Buffer): Buffer =>
    p.packed ? isoBox('brob', Buffer.from(type), brotliCompressSync(content)) : isoBox(type, content);
  return Buffer.concat([
    isoBox('JXL ', Buffer.from('0d0a870a', 'hex')),
    isoBox('ftyp', Buffer.from('jxl '), be32(0), Buffer.from('jxl ')),
    ...(exif ? [box('Exif', Buffer.concat([be32(0), exif]))] : []),
    ...(p.xmp === undefined ? [] : [box('xml ', Buffer.from(p.xmp))]),
    isoBox('jxlc', Buffer.from('ff0a', 'hex')),
  ]);
}

/** Exiv2's container: the metadata segments of a JPEG behind another magic number. */
export function exvWith(p: PictureSpec = {}): Buffer {
  const jpeg = jpegWith({ ...p, jfif: false });
  // The segments end where the first table of the picture begins.
  return Buffer.concat([
    Buffer.from([0xff, 0x01]),
    Buffer.from('Exiv2'),
    jpeg.subarray(2, jpeg.indexOf(Buffer.from([0xff, 0xdb]))),
    Buffer.from([0xff, 0xd9]),
  ]);
}

export interface SvgSpec {
  /** The comment in front of the root. */
  readonly comment?: string;
  readonly title?: string;
  readonly inkscape?: { readonly version?: string; readonly exportFilename?: string };
  /** Inkscape's description of the work. */
  readonly work?: { readonly title?: string; readonly date?: string; readonly creator?: string };
  readonly xmp?: string;
}

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export function svgWith(s: SvgSpec = {}): Buffer {
  const attribute = (name: string, v: string | undefined): string => (v === undefined ? '' : ` ${name}="${xml(v)}"`);
  const element = (name: string, v: string | undefined): string => (v === undefined ? '' : `<${name}>${xml(v)}</${name}>`);
  const creator = s.work?.creator === undefined ? '' : `<dc:creator><cc:Agent>${element('dc:title', s.work.creator)}</cc:Agent></dc:creator>`;
  const work = s.work
    ? `<rdf:RDF><cc:Work rdf:about="">${element('dc:title', s.work.title)}${element('dc:date', s.work.date)}${creator}</cc:Work></rdf:RDF>`
    : '';
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n${s.comment === undefined ? '' : `<!--${s.comment}-->\n`}` +
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#"` +
      ` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"` +
      `${attribute('inkscape:version', s.inkscape?.version)}${attribute('inkscape:export-filename', s.inkscape?.exportFilename)} width="1" height="1">` +
      `${element('title', s.title)}<metadata>${work}${s.xmp ?? ''}</metadata><g><title>not the drawing's</title></g></svg>\n`,
  );
}
