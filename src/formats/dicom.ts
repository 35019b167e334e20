import type { TimeValue } from '../model/attribute.ts';
import { instantOf, offsetMinutesOf, wallOf } from '../model/time.ts';
import { readDicom } from '../structures/image/dicom.ts';
import type { PlacedTag } from '../structures/placed.ts';
import { type TagTable, withMake } from './shared/tag-claims.ts';
import { taggedFileReader } from './shared/tagged-file.ts';

/** DA 'YYYYMMDD' with the TM 'HHMMSS.FFFFFF' of its own element (PS3.5 section 6.2), in the zone of (0008,0201) where it is there. */
const dated =
  (timeKey: string) =>
  (raw: string, all: readonly PlacedTag[]): TimeValue | null => {
    const d = /^(\d{4})\.?(\d\d)\.?(\d\d)$/.exec(raw.trim());
    if (!d) return null;
    const [year = 0, month = 0, day = 0] = d.slice(1).map(Number);
    const said = (key: string): string => all.find((t) => t.key === key)?.raw.trim() ?? '';
    const t = /^(\d\d):?(\d\d):?(\d\d)(?:\.(\d{1,6}))?$/.exec(said(timeKey));
    if (!t) return wallOf({ year, month, day, hour: 0, minute: 0, second: 0 }, 86_400_000);
    const [hour = 0, minute = 0, second = 0] = t.slice(1, 4).map(Number);
    const parts = { year, month, day, hour, minute, second, millisecond: Math.floor(Number(`0.${t[4] ?? '0'}`) * 1000) };
    const precisionMs = t[4] === undefined ? 1000 : 1;
    const zone = said('TimezoneOffsetFromUTC');
    return /^[+-]\d{4}$/.test(zone) ? instantOf(parts, offsetMinutesOf(zone), precisionMs) : wallOf(parts, precisionMs);
  };

const TAGS: TagTable = new Map([
  ['ImplementationVersionName', { attribute: 'tool.producer' }],
  ['InstanceCreationDate', { attribute: 'time.created', time: dated('InstanceCreationTime') }],
  ['StudyDate', { attribute: 'time.captured', time: dated('StudyTime') }],
  ['AcquisitionDate', { attribute: 'time.captured', time: dated('AcquisitionTime') }],
  ['ContentDate', { attribute: 'time.captured', time: dated('ContentTime') }],
  ['ManufacturerModelName', { attribute: 'tool.camera', say: withMake('Manufacturer') }],
  ['DeviceSerialNumber', { attribute: 'tool.camera-serial' }],
  ['SoftwareVersions', { attribute: 'tool.application' }],
  ['InstitutionName', { attribute: 'party.company' }],
  ['StationName', { attribute: 'machine.name' }],
  ['StudyDescription', { attribute: 'name.title' }],
]);

/** DICOM (PS3.10): when, where and with what a picture was taken. Patients and pixels are not read. */
export const dicom = taggedFileReader({ id: 'dicom', version: 1, mediaTypes: ['application/dicom'], carry: readDicom, tags: TAGS });
