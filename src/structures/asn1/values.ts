import type { Instant } from '../../model/attribute.ts';
import { instantOf, offsetMinutesOf } from '../../model/time.ts';
import { childrenOf, contentsOf, type Der, type Element, isUniversal, octetsOf, oidOf, TAG } from './der.ts';
import { NAME_OF_ATTRIBUTE } from './oids.data.ts';

const BMP = 30;
const UNIVERSAL = 28;
const UTF8 = 12;
const TEXTS: ReadonlySet<number> = new Set([UTF8, 18, 19, 20, 22, 26, 27, UNIVERSAL, BMP]);

/** Four bytes a character. */
function utf32(b: Buffer): string {
  let text = '';
  for (let at = 0; at + 4 <= b.byteLength; at += 4) {
    const code = b.readUInt32BE(at);
    text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  }
  return text;
}

/** A character string of any of X.680's kinds; T61String as Latin-1, which is what its writers put there. Null for anything else. */
export function textOf(der: Der, e: Element | null | undefined): string | null {
  if (!e || e.tagClass !== 0 || !TEXTS.has(e.tag)) return null;
  const b = octetsOf(der, e);
  if (e.tag === UTF8) return new TextDecoder('utf-8').decode(b);
  if (e.tag === BMP) return new TextDecoder('utf-16be').decode(b);
  return e.tag === UNIVERSAL ? utf32(b) : b.toString('latin1');
}

const escaped = (text: string): string => text.replace(/[\\,+"<>;=]/g, '\\$&').replace(/[\u0000-\u001f\u007f]/g, '\ufffd');

/** A name (RFC 5280 section 4.1.2.4) in the order in which it stands: 'C=FR, O=Campagne, CN=Claire Moreau'. Escaped as RFC 4514 has it. */
export function nameOf(der: Der, name: Element | null | undefined): string {
  const parts: string[] = [];
  for (const set of childrenOf(der, name)) {
    const pairs = childrenOf(der, set).map((pair) => {
      const [type, value] = childrenOf(der, pair);
      const oid = oidOf(der, type) ?? '?';
      return `${NAME_OF_ATTRIBUTE.get(oid) ?? oid}=${escaped(textOf(der, value) ?? (value ? `#${contentsOf(der, value).toString('hex').slice(0, 80)}` : ''))}`;
    });
    if (pairs.length > 0) parts.push(pairs.join('+'));
  }
  return parts.join(', ');
}

const TIME = /^(\d\d|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(?:(\d\d)(?:[.,](\d+))?)?(Z|[+-]\d{4})?$/;

/** The digits of a UTCTime or GeneralizedTime as they stand; null where the element is none. */
export const timeText = (der: Der, e: Element | null | undefined): string | null =>
  (isUniversal(e, TAG.utcTime) || isUniversal(e, TAG.generalizedTime)) && e.to - e.from <= 40 ? contentsOf(der, e).toString('latin1') : null;

/** UTCTime counts its years from 1950 to 2049 (RFC 5280 section 4.1.2.5.1). Certificates and CMS demand UTC; without a zone it is not one. */
export function parseTime(text: string): Instant | null {
  const m = TIME.exec(text);
  if (!m) return null;
  const [, years = '', month, day, hour, minute, second, fraction, zone] = m;
  if (zone === undefined) return null;
  const year = years.length === 4 ? Number(years) : Number(years) + (Number(years) < 50 ? 2000 : 1900);
  const parts = {
    year,
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    millisecond: fraction === undefined ? 0 : Math.trunc(Number(`0.${fraction}`) * 1000),
  };
  return instantOf(parts, offsetMinutesOf(zone), fraction !== undefined ? 1 : second === undefined ? 60_000 : 1000);
}
