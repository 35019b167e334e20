import { claim, type Extracted, type Locator } from '../../model/claim.ts';
import { decodeCodePage } from '../charset.ts';
import { scanXml, type XmlElement } from '../xml.ts';

/**
 * The setup of the printer that OpenOffice and LibreOffice keep in the settings, in base64: its length and a mark in two bytes
 * each, then names in fields of fixed length, whatever the machine, low byte first (vcl, 'ImplOldJobSetupData').
 */
const MARKS = new Set([0xfffe, 0xffff]);
const MARK_AT = 2;
const NAMES = [
  { id: 0, what: 'printer', attribute: 'machine.printer', at: 4, bytes: 64 },
  { id: 1, what: 'driver', attribute: 'property.custom', at: 132, bytes: 32 },
] as const;
/** Behind the names follows what is the driver's own. */
const HEAD_BYTES = 164;
const HEAD_CHARACTERS = Math.ceil(HEAD_BYTES / 3) * 4;

/** Setups of one document: it has one, but for those that were made to exhaust. */
const MAX_SETUPS = 8;

interface Setup {
  readonly element: XmlElement;
  readonly head: Buffer;
}

function setupsIn(text: string): Setup[] {
  const setups: Setup[] = [];
  const isSetup = (e: XmlElement): boolean =>
    e.local === 'config-item' && e.attributes.some((a) => a.local === 'name' && a.value === 'PrinterSetup') && setups.length < MAX_SETUPS;
  scanXml(text, {
    close(e, inner) {
      if (!isSetup(e)) return;
      // Some writers break the line.
      const head = Buffer.from(inner.slice(0, 2 * HEAD_CHARACTERS).replace(/\s+/g, ''), 'base64');
      if (head.length >= HEAD_BYTES && MARKS.has(head.readUInt16LE(MARK_AT))) setups.push({ element: e, head });
    },
  });
  return setups;
}

/** UTF-8, and before that the code page of the machine, which is not written down. */
function nameAt(head: Buffer, at: number, bytes: number): string {
  const field = head.subarray(at, at + bytes);
  const end = field.indexOf(0);
  const name = end < 0 ? field : field.subarray(0, end);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(name);
  } catch {
    return decodeCodePage(name, 1252);
  }
}

/** The printer and its driver, unless `known` has said so: the name stands in an item of its own, too. In a locator, `section` counts the items and `id` names the field. */
export function* printerSetupClaims(part: string, text: string, known: ReadonlySet<unknown>): Generator<Extracted> {
  const said = new Set(known);
  for (const { element, head } of setupsIn(text)) {
    for (const { id, what, attribute, at, bytes } of NAMES) {
      const raw = nameAt(head, at, bytes);
      const value = raw.trim();
      if (value === '' || said.has(value)) continue;
      said.add(value);
      const locator: Locator = { in: 'property', stream: part, section: element.nth, id };
      yield claim({ basis: 'asserted', attribute, field: `PrinterSetup ${what}`, raw, value, locator });
    }
  }
}

export function replayPrinterSetup(text: string, { section, id }: Extract<Locator, { in: 'property' }>): string | null {
  const setup = setupsIn(text).find((s) => s.element.nth === section);
  const name = NAMES.find((n) => n.id === id);
  return setup && name ? nameAt(setup.head, name.at, name.bytes) || null : null;
}
