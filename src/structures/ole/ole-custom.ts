import type { Attribute, ValueOf } from '../../model/attribute.ts';
import type { Extracted } from '../../model/claim.ts';
import { fromFiletime, isoSeconds } from '../../model/time.ts';
import { customMeaning } from '../sensitivity-label.ts';
import { timeUuidOf } from '../uuid.ts';
import { guidBytes } from './cfb-write.ts';
import { rawProperty } from './ole-properties.ts';
import type { Property, PropertySet, PropertyValue } from './oleps.ts';
import { placeIn, said, textValue } from './said.ts';

/** FMTID of the section whose properties have names: [MS-OSHARED] 2.3.3.2.3. */
const USER_DEFINED = 'd5cdd505-2e9c-101b-9397-08002b2cf9ae';
/** What Office 97 drew for each document: of the first version, with the clock and the network card of the machine. */
const DOCUMENT_GUID = '_PID_GUID';

/** Properties with names, a sensitivity label among them. */
export function* customClaims(stream: string, set: PropertySet): Generator<Extracted> {
  for (const [section, { format, properties }] of set.sections.entries()) {
    if (format !== USER_DEFINED) continue;
    for (const property of properties) yield* customClaim(stream, section, property);
  }
}

function* customClaim(stream: string, section: number, { id, name, value }: Property): Generator<Extracted> {
  const raw = rawProperty(value);
  if (name === null || raw === null || raw.trim() === '') return;
  const place = placeIn(stream, section, id);
  if (name === DOCUMENT_GUID) {
    yield* said('id.document', name, raw, textValue(raw), place);
    const uuid = timeUuidOf(guidIn(raw));
    if (uuid) yield* said('time.hidden', name, raw, uuid.time, place);
    if (uuid?.hardware) yield* said('machine.hardware', name, raw, uuid.hardware, place);
    return;
  }
  const { attribute, field, read } = customMeaning(name);
  const understood: ValueOf<Attribute> | null | undefined = read(shown(value, raw));
  if (understood !== undefined) yield* said(attribute, field, raw, understood, place);
}

/** A time as a person would write it; everything else as it stands. */
function shown(value: PropertyValue, raw: string): string {
  const time = value.kind === 'filetime' ? fromFiletime(value.ticks) : null;
  return time ? isoSeconds(time.epochMs) : raw;
}

const guidIn = (raw: string): Uint8Array => {
  const guid = /^\s*\{?([0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12})\}?\s*$/.exec(raw)?.[1];
  return guid === undefined ? new Uint8Array(0) : guidBytes(guid.toLowerCase());
};
