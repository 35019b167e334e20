import type { Certainty, Input } from '../model/input.ts';
import { HEAD_BYTES } from './head.ts';
import { SHORTCUT_STARTS } from './web-shortcut.ts';
import { xmlMediaType } from './xml-type.ts';

/** Control characters that no text file holds; tab, line feed, form feed, carriage return and escape are fine. */
const isControl = (b: number): boolean => b < 0x20 && b !== 9 && b !== 10 && b !== 12 && b !== 13 && b !== 0x1b;

const hasUtf16Bom = (h: Uint8Array): boolean => (h[0] === 0xff && h[1] === 0xfe) || (h[0] === 0xfe && h[1] === 0xff);

/** Halves of a pair that stand alone: text has none, of bytes by chance it is one unit in thirty. */
const MOST_ALONE = 1 / 100;

function isUtf16(head: Uint8Array): boolean {
  const text = utf16Of(head);
  const units = text.length - 1;
  let alone = 0;
  for (const c of text) if (c === '\ufffd') alone++;
  return alone <= Math.max(1, units * MOST_ALONE);
}

/** By its mark; halves that stand alone become U+FFFD. */
const utf16Of = (head: Uint8Array): string => new TextDecoder(head[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(head);

export function looksLikeText(head: Uint8Array): Certainty {
  if (head.byteLength === 0) return 'no';
  if (hasUtf16Bom(head)) return isUtf16(head) ? 'maybe' : 'no';
  // Not `some`: every text comes by here, and the call for each byte costs three times as much.
  for (let i = 0; i < head.byteLength; i++) if (isControl(head[i] ?? 0)) return 'no';
  return 'maybe';
}

const STARTS: readonly (readonly [RegExp, string])[] = [
  [/^<\?xml[\s\S]{0,2000}?<svg[\s>]/i, 'image/svg+xml'],
  [/^<svg[\s>]/i, 'image/svg+xml'],
  [/^(?:<!--[\s\S]{0,1000}?-->\s*)?(?:<!doctype html|<html|<head|<body)/i, 'text/html'],
  [/^<\?xml[\s\S]{0,1000}?<(?:!doctype )?html/i, 'text/html'],
  [/^(?:<!--|<!doctype svg)[\s\S]{0,2000}?<svg[\s>]/i, 'image/svg+xml'],
  // A sidecar: the packet's frame, or its root.
  [/^(?:<\?xml[\s\S]{0,1000}?)?(?:<\?xpacket begin|<x:x[am]pmeta|<rdf:RDF)/, 'application/rdf+xml'],
  ...SHORTCUT_STARTS,
  [/^<\?xml/i, 'application/xml'],
  [/^BEGIN:VCALENDAR/i, 'text/calendar'],
  [/^BEGIN:VCARD/i, 'text/vcard'],
  [/^-----BEGIN (?:PKCS ?#?7|CMS)[A-Z ]{0,20}-----/, 'application/pkcs7-mime'],
  [/^-----BEGIN PGP SIGNATURE/, 'application/pgp-signature'],
  [/^-----BEGIN PGP (?:PUBLIC|PRIVATE) KEY/, 'application/pgp-keys'],
  [/^-----BEGIN PGP/, 'application/pgp-encrypted'],
  [/^(?:[\s\S]{0,2000}?[\r\n])?\(This file must be converted with BinHex 4[^\r\n]{0,40}\s+:/, 'application/mac-binhex40'],
  [/^%!PS/, 'application/postscript'],
  [/^[[{]\s*["[{]/, 'application/json'],
];

/** A signature stands at the end of what it signs as often as around it. No media type is registered for either. */
function hasXmlSignature({ bytes, limits }: Input): boolean {
  const whole = Buffer.from(bytes.slice(0, Math.min(bytes.size, limits.maxTextBytes)));
  return whole.includes('SignatureValue') && whole.includes('http://www.w3.org/2000/09/xmldsig#');
}

/** A finer name for what is text anyway. */
export function textMediaType(input: Input): string {
  const head = input.bytes.slice(0, HEAD_BYTES);
  const text = hasUtf16Bom(head)
    ? utf16Of(head)
    : Buffer.from(head)
        .toString('latin1')
        .replace(/^\xef\xbb\xbf/, '');
  const trimmed = text.trimStart();
  const type = xmlMediaType(trimmed) ?? STARTS.find(([pattern]) => pattern.test(trimmed))?.[1] ?? 'text/plain';
  return (type === 'application/xml' || trimmed.startsWith('<')) && !/^(?:text\/html|image\/)/.test(type) && hasXmlSignature(input)
    ? 'application/x-xml-signature'
    : type;
}
