import type { Input } from '../../model/input.ts';
import { readCfb } from './cfb.ts';

const OUTLOOK = 'application/vnd.ms-outlook';
/** Office 2007 and later, locked with a password. [MS-OFFCRYPTO] 1.3.3. */
export const ENCRYPTED_PACKAGE = 'application/x-ole-encrypted-package';
const UNKNOWN = 'application/x-ole-storage';
/** What the system keeps in compound files: no documents, and with readers of their own. */
const RESIDUE = new Set(['application/x-thumbs-db', 'application/x-ms-jump-list']);

/** Streams or storages of the root that only one kind of document has; first match wins. Upper case: names compare without case. */
const BY_NAME: readonly (readonly [name: string, mediaType: string])[] = [
  ['ENCRYPTEDPACKAGE', ENCRYPTED_PACKAGE],
  ['__PROPERTIES_VERSION1.0', OUTLOOK],
  ['WORDDOCUMENT', 'application/msword'],
  ['WORKBOOK', 'application/vnd.ms-excel'],
  ['BOOK', 'application/vnd.ms-excel'],
  ['POWERPOINT DOCUMENT', 'application/vnd.ms-powerpoint'],
  ['PP40', 'application/vnd.ms-powerpoint'],
  ['VISIODOCUMENT', 'application/vnd.visio'],
  ['QUILL', 'application/x-mspublisher'],
  ['\u0005HWPSUMMARYINFORMATION', 'application/x-hwp'],
  ['CATALOG', 'application/x-thumbs-db'],
  ['DESTLIST', 'application/x-ms-jump-list'],
  ['STARCALCDOCUMENT', 'application/vnd.stardivision.calc'],
  ['STARWRITERDOCUMENT', 'application/vnd.stardivision.writer'],
  ['STARDRAWDOCUMENT3', 'application/vnd.stardivision.draw'],
];

/** CLSID of the root, where the names do not tell. */
const BY_CLASS: Readonly<Record<string, string>> = {
  '00020906-0000-0000-c000-000000000046': 'application/msword',
  '00020900-0000-0000-c000-000000000046': 'application/msword',
  '00020820-0000-0000-c000-000000000046': 'application/vnd.ms-excel',
  '00020810-0000-0000-c000-000000000046': 'application/vnd.ms-excel',
  '64818d10-4f9b-11cf-86ea-00aa00b929e8': 'application/vnd.ms-powerpoint',
  '00020d0b-0000-0000-c000-000000000046': OUTLOOK,
  '00021a14-0000-0000-c000-000000000046': 'application/vnd.visio',
  '00021201-0000-0000-00c0-000000000046': 'application/x-mspublisher',
  '000c1084-0000-0000-c000-000000000046': 'application/x-msi',
  '000c1086-0000-0000-c000-000000000046': 'application/x-msi',
  '74b78f3a-c8c8-11d1-be11-00c04fb6faf1': 'application/vnd.ms-project',
  '0ea45ab2-9e0a-11d1-a407-00c04fb932ba': 'application/vnd.ms-works',
};

/** Every kind but Outlook's messages, whose properties stand elsewhere, and the system's own files: they have readers of their own. */
export const OLE_MEDIA_TYPES: readonly string[] = [...new Set([...BY_NAME.map(([, t]) => t), ...Object.values(BY_CLASS), UNKNOWN])].filter(
  (t) => t !== OUTLOOK && !RESIDUE.has(t),
);

/** What kind of compound file this is, by the names in its root and the root's CLSID; 'application/x-ole-storage' where neither tells. */
export function cfbMediaType(input: Input): string {
  const cfb = input.once(readCfb);
  const root = cfb.entries[0];
  // The signature is there, the rest is not: still a compound file, of an unknown kind.
  if (!root) return UNKNOWN;
  const named = BY_NAME.find(([name]) => cfb.entry(name) !== null);
  return named?.[1] ?? BY_CLASS[root.clsid ?? ''] ?? UNKNOWN;
}
