import type { Zip } from './zip.ts';
import { FLAG } from './header.ts';
import type { ZipMember } from './member.ts';
import { clockOf, describeStyle, exactKey, filesOf, GROWTH_HINT, hasExtra, isDeflated, looseKey, styleOf, type ZipStyle } from './style.ts';

/** Which writer an archive's headers look like, and why. */
export interface ContainerClass {
  readonly value: ContainerName;
  /** One line with the values that decided. */
  readonly because: string;
}

/** 'libreoffice' includes the OpenOffice line, 'dotnet' is System.IO.Packaging, 'java' java.util.zip and what copies it. */
export type ContainerName =
  | 'microsoft-office'
  | 'dotnet'
  | 'xlsxwriter'
  | 'libreoffice'
  | 'java'
  | 'macos-archive'
  | 'info-zip'
  | '7-zip'
  | 'winrar'
  | 'python-zipfile'
  | 'windows-explorer'
  | 'unknown';

interface Look {
  readonly files: readonly ZipMember[];
  readonly all: readonly ZipMember[];
  /** All files but at most a few: one member changed by hand does not make another archive of it. */
  readonly mostly: (holds: (m: ZipMember) => boolean) => boolean;
}

const host = (m: ZipMember): number => m.versionMadeBy >>> 8;
const version = (m: ZipMember): number => m.versionMadeBy & 0xff;
const packed = (m: ZipMember): boolean => m.method !== 0;
const withoutUtf8 = (m: ZipMember): number => m.flags & ~FLAG.utf8;
const real = (m: ZipMember): boolean => clockOf(m.dosDate) === 'real';
const FAT = 0;
const UNIX = 3;
const CONTENT_TYPES = '[Content_Types].xml';
const MIMETYPE = 'mimetype';

/** Office writes 1980-01-01 00:00, made by 4.5 (2.0 online), deflates 'super fast' and stores media; no folders, no extra fields but the growth hint. */
function isOffice(m: ZipMember): boolean {
  const extras = m.extra.length === 0 || m.extra.every((e) => e.id === 1);
  return (
    host(m) === FAT &&
    (version(m) === 45 || version(m) === 20) &&
    withoutUtf8(m) === (packed(m) ? 6 : 0) &&
    m.dosDate === 0x0021 &&
    m.dosTime === 0 &&
    extras
  );
}

function looksLikeOffice({ files, all, mostly }: Look): boolean {
  const first = all[0]?.name;
  if ((first !== CONTENT_TYPES && first !== MIMETYPE) || all.some((m) => m.directory)) return false;
  return mostly(isOffice) && files.some((m) => (isOffice(m) && version(m) === 45) || hasExtra(m, GROWTH_HINT));
}

const isPackaging = (m: ZipMember): boolean => host(m) === FAT && version(m) === 45;

/** OpenOffice's own writer: like java.util.zip, but its stored members are made by 2.0, and its OPC packages end with the content types. */
function looksLikeLibreOffice({ all, mostly }: Look): boolean {
  const style = mostly(
    (m) =>
      host(m) === FAT && version(m) === 20 && m.versionNeeded === 20 && (withoutUtf8(m) & ~FLAG.descriptor) === 0 && real(m) && m.extra.length === 0,
  );
  const first = all[0];
  const opc = first?.name === '_rels/.rels' && all.at(-1)?.name === CONTENT_TYPES;
  const odf = first?.name === MIMETYPE && !packed(first) && version(first) === 20;
  return style && (opc || odf);
}

/** java.util.zip streams: sizes behind the content, versions 2.0 for deflated and 1.0 for stored, made by FAT whatever it runs on. */
const isJava = (m: ZipMember): boolean =>
  host(m) === FAT && version(m) === (packed(m) ? 20 : 10) && m.versionNeeded === version(m) && withoutUtf8(m) === (packed(m) ? FLAG.descriptor : 0);

/** writestr() leaves permissions 0600 and no file type, on every system; write() copies the mode and is told by version 2.0 with no extra field. */
const isPython = (m: ZipMember): boolean => {
  const written = m.externalAttributes === 0x0180_0000 && (host(m) === UNIX || host(m) === FAT);
  const honestUtf8 = (m.flags & FLAG.utf8) === 0 || m.rawName.some((b) => b >= 0x80);
  return (
    (written || host(m) === UNIX) &&
    version(m) === 20 &&
    m.versionNeeded === 20 &&
    (withoutUtf8(m) & ~FLAG.descriptor) === 0 &&
    honestUtf8 &&
    m.extra.length === 0
  );
};

const UNIX_EXTRAS = [0x7875, 0x7855, 0x5855] as const;
const hasUnixExtra = (m: ZipMember): boolean => UNIX_EXTRAS.some((id) => hasExtra(m, id));

/** In order: the first that fits. Measured on packages whose writer names itself. */
const WRITERS: readonly (readonly [Exclude<ContainerName, 'unknown'>, (look: Look) => boolean])[] = [
  ['microsoft-office', looksLikeOffice],
  // The packaging library keeps Office's habits but stamps what it writes with the clock.
  ['dotnet', ({ files, all, mostly }) => mostly(isPackaging) && files.some((m) => isPackaging(m) && real(m)) && !all.some((m) => m.directory)],
  ['xlsxwriter', ({ mostly }) => mostly((m) => m.dosDate === 0x003f && m.dosTime === 0 && isPython(m))],
  ['libreoffice', looksLikeLibreOffice],
  ['java', ({ files, mostly }) => mostly(isJava) && files.some(packed)],
  [
    'macos-archive',
    ({ all, mostly }) => {
      const resources = all.some((m) => m.name.startsWith('__MACOSX/'));
      return mostly((m) => host(m) === UNIX && hasUnixExtra(m) && (version(m) === 21 || (resources && version(m) === 20)));
    },
  ],
  [
    'info-zip',
    ({ mostly }) =>
      mostly((m) => (version(m) === 30 || version(m) === 23) && (host(m) === UNIX || hasUnixExtra(m)) && (m.flags & FLAG.descriptor) === 0),
  ],
  [
    '7-zip',
    ({ mostly }) => mostly((m) => version(m) === 63 && (m.flags & FLAG.descriptor) === 0 && (hasExtra(m, 0x000a) || m.versionNeeded >>> 8 === UNIX)),
  ],
  ['winrar', ({ mostly }) => mostly((m) => host(m) === FAT && version(m) === 31 && hasExtra(m, 0x000a))],
  ['python-zipfile', ({ mostly }) => mostly(isPython)],
  // Compressed folders: the archive bit of the file system, and nothing else.
  [
    'windows-explorer',
    ({ mostly }) =>
      mostly(
        (m) =>
          host(m) === FAT && version(m) === 20 && withoutUtf8(m) === 0 && (m.externalAttributes & ~0x07) === 0x20 && m.extra.length === 0 && real(m),
      ),
  ],
];

/** Most that may differ for the rest to be a majority, and least that the majority must be. */
const MOST_ODD = 2;
const LEAST_ALIKE = 4;

/** Decided by the headers alone, whatever the documents inside say. 'unknown' where nothing fits, the archive was salvaged or is empty. */
export function containerClass(zip: Zip): ContainerClass {
  const files = filesOf(zip.members);
  if (zip.salvaged || files.length === 0)
    return { value: 'unknown', because: zip.salvaged ? 'the central directory is missing' : 'there are no members' };
  const mostly: Look['mostly'] = (holds) => {
    let odd = 0;
    for (const m of files) if (!holds(m) && ++odd > MOST_ODD) return false;
    return odd === 0 || files.length - odd >= LEAST_ALIKE;
  };
  const look: Look = { files, all: zip.members, mostly };
  const value = WRITERS.find(([, fits]) => fits(look))?.[0] ?? 'unknown';
  const common = commonStyle(files);
  return {
    value,
    because: `${common.count} of ${files.length} members: ${describeStyle(common.style)}; first member '${zip.members[0]?.name.slice(0, 60) ?? ''}'`,
  };
}

function commonStyle(files: readonly ZipMember[]): { readonly style: ZipStyle; readonly count: number } {
  const groups = new Map<string, { style: ZipStyle; count: number }>();
  for (const style of files.map(styleOf)) {
    const key = exactKey(style);
    const group = groups.get(key);
    if (group) group.count++;
    else groups.set(key, { style, count: 1 });
  }
  // Writers show more of themselves where they deflate.
  const ranked = [...groups.values()].sort((a, b) => Number(isDeflated(b.style)) - Number(isDeflated(a.style)) || b.count - a.count);
  return ranked[0] ?? { style: { madeBy: 0, needs: 0, flags: 0, method: 0, clock: 'none', extras: '/' }, count: 0 };
}

/** Compressed already, so writers treat them apart: stored, or deflated at another level. */
const MEDIA = /\.(?:jpe?g|png|gif|tiff?|bmp|emf|wmf|svg|wdp|webp|ico|mp[34]|m4[av]|wav|avi|wmv|mov|zip|docx|xlsx|pptx|xlsb)$/i;

export interface OddMember {
  readonly member: ZipMember;
  /** One line: its style and that of the others. */
  readonly because: string;
}

/** Rewritten by servers and viewers without touching the document: properties, labels, signatures and the list of parts. */
const INCIDENTAL_PART = /^(?:\[Content_Types\]\.xml$|docProps\/|customXml\/|_xmlsignatures\/|docMetadata\/|META-INF\/)/i;

/**
 * Members whose headers are of another make than the rest: written at another time or by another program. Empty unless at
 * least four share one style and at most two differ, for an archive of many hands has no odd one out.
 */
export function oddMembers(zip: Zip): readonly OddMember[] {
  if (zip.salvaged) return [];
  const files = filesOf(zip.members);
  const common = commonStyle(files);
  const { style } = common;
  const [exact, loose] = [exactKey(style), looseKey(style)];
  const isLike = (m: ZipMember): boolean => {
    const s = styleOf(m);
    if (exactKey(s) === exact) return true;
    const media = MEDIA.test(m.name);
    // A library that rewrites the parts leaves pictures as Office stored them.
    if (media && s.clock === 'constant') return true;
    return (media || !isDeflated(s) || !isDeflated(style)) && looseKey(s) === loose;
  };
  const odd = files.filter((m) => !isLike(m));
  if (common.count < LEAST_ALIKE || odd.length > MOST_ODD) return [];
  return odd
    .filter((m) => !INCIDENTAL_PART.test(m.name))
    .map((member) => ({ member, because: `${describeStyle(styleOf(member))}; ${common.count} others: ${describeStyle(style)}` }));
}
