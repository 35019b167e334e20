import { claim, type Extracted, type Locator } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { readZip, type Zip } from '../structures/zip/zip.ts';
import { containerClass } from '../structures/zip/fingerprint.ts';
import { LOCAL_BYTES } from '../structures/zip/header.ts';
import { distinctMemberTimes } from '../structures/zip/time.ts';
import { hexAt } from './shared/quote-bytes.ts';

/** Ends of the range of member times: each member's own time is told with the member. */
const MOST_TIMES = 64;

const isTold = (zip: Zip): boolean => zip.members.some((m) => !m.directory);

function* read(input: Input): Iterable<Extracted> {
  const zip = input.once(readZip);
  const [first] = zip.members;
  if (!first || !isTold(zip)) return;
  const { value, because } = containerClass(zip);
  const at: Locator = { in: 'bytes', offset: Math.max(0, first.localOffset), length: LOCAL_BYTES };
  yield claim({ basis: 'observed', attribute: 'tool.container', field: 'zip headers', raw: because, value, locator: at });
  for (const time of distinctMemberTimes(zip.members, MOST_TIMES)) {
    yield claim({
      basis: 'asserted',
      attribute: 'time.member',
      field: 'DOS time',
      raw: time.raw,
      value: time.value,
      locator: { in: 'bytes', offset: time.offset, length: 4 },
    });
  }
}

const replay = (input: Input, locator: Locator): string | null => (locator.in === 'bytes' ? hexAt(input, locator) : null);

/** The archive itself: who packed it and when. Problems of its structure are the container's to tell. */
export const zip: FormatReader = {
  id: 'zip',
  version: 1,
  mediaTypes: ['application/zip', 'application/java-archive'],
  read,
  replay,
};
