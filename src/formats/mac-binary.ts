import { claim, type Extracted } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { MAC_FIELD, readMacBinary } from '../structures/mac-binary.ts';
import { macWallTime } from '../structures/mac-time.ts';

const digits = (seconds: number): string => seconds.toString(16).padStart(8, '0');

function* read(input: Input): Iterable<Extracted> {
  const file = input.once(readMacBinary);
  if (!file) return;
  for (const [field, attribute] of [
    ['created', 'time.created'],
    ['modified', 'time.modified'],
  ] as const) {
    if (file[field] === 0) continue;
    yield claim({
      basis: 'asserted',
      attribute,
      field: `${field} (Mac clock)`,
      raw: digits(file[field]),
      value: macWallTime(file[field]),
      locator: { in: 'bytes', offset: MAC_FIELD[field], length: 4 },
    });
  }
  yield claim({
    basis: 'asserted',
    attribute: 'tool.object-type',
    field: 'type and creator',
    raw: `${file.type}/${file.creator}`,
    value: `${file.type}/${file.creator}`,
    locator: { in: 'bytes', offset: MAC_FIELD.type, length: 8 },
  });
}

/** MacBinary: the header that a Macintosh file got for its way through other systems. Times are of the machine's clock, without a zone. */
export const macBinary: FormatReader = {
  id: 'mac-binary',
  version: 1,
  mediaTypes: ['application/macbinary'],
  read,
  replay(input, locator) {
    const file = input.once(readMacBinary);
    if (!file || locator.in !== 'bytes') return null;
    if (locator.offset === MAC_FIELD.type) return `${file.type}/${file.creator}`;
    if (locator.offset === MAC_FIELD.created) return digits(file.created);
    return locator.offset === MAC_FIELD.modified ? digits(file.modified) : null;
  },
};
