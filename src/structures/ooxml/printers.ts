import { type Extracted, problem } from '../../model/claim.ts';
import type { Input } from '../../model/input.ts';
import { textClaim } from './fields.ts';
import { asText } from './values.ts';
import { readMember, type Zip, type ZipMember } from '../zip/zip.ts';

const PRINTER_SETTINGS = /(?:^|\/)printerSettings[^/]*\.bin$/i;
/** The driver's private data has at most 65535 bytes. */
const MAX_SETTINGS_BYTES = 128 * 1024;
/** One for each sheet, and more sheets than these are rare. */
const MAX_SETTINGS = 256;
/** dmDeviceName: 32 UTF-16 characters. [MS-RPRN] 2.2.2.1 _DEVMODE. */
const NAME_BYTES = 64;
/** dmSpecVersion and dmSize behind the name: 4.1 since Windows 2000, 3.x before; the structure without the private data. */
const SPEC_VERSIONS = { least: 0x0300, most: 0x0500 };
const DEVMODE_BYTES = { least: 0x0090, most: 0x0100 };

/** The name of the printer in a part with the settings of one; null where it holds something else, like the XML of macOS. */
export function printerName(input: Input, member: ZipMember): string | null {
  const read = readMember(input, member, MAX_SETTINGS_BYTES);
  if (!read.ok || read.bytes.byteLength < NAME_BYTES + 8) return null;
  const view = new DataView(read.bytes.buffer, read.bytes.byteOffset);
  const [version, size] = [view.getUint16(NAME_BYTES, true), view.getUint16(NAME_BYTES + 4, true)];
  if (version < SPEC_VERSIONS.least || version > SPEC_VERSIONS.most || size < DEVMODE_BYTES.least || size > DEVMODE_BYTES.most) return null;
  const name = new TextDecoder('utf-16le').decode(read.bytes.subarray(0, NAME_BYTES)).split('\u0000', 1)[0] ?? '';
  return name === '' ? null : name;
}

/** One claim a printer. Locators name the part alone: its element is '' and its text the printer's name. */
export function* printerClaims(input: Input, zip: Zip): Generator<Extracted> {
  const seen = new Set<string>();
  const settings = zip.members.filter((m) => PRINTER_SETTINGS.test(m.name));
  if (settings.length > MAX_SETTINGS)
    yield problem('limit-exceeded', `${settings.length} parts with settings of printers; the first ${MAX_SETTINGS} were read`);
  for (const member of settings.slice(0, MAX_SETTINGS)) {
    const name = printerName(input, member);
    if (name === null || seen.has(name)) continue;
    seen.add(name);
    yield* textClaim({ attribute: 'machine.printer', field: 'dmDeviceName', read: asText }, name, {
      in: 'xml',
      part: member.name,
      element: '',
      nth: 0,
    });
  }
}
