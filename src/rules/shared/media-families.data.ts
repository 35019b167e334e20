const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const POWERPOINT = 'application/vnd.openxmlformats-officedocument.presentationml';

/** Media types that people and programs name alike: one family each. A type that is not listed is a family of its own. */
export const FAMILIES: readonly (readonly [family: string, members: RegExp])[] = [
  ['text', /^(?:text\/.*|application\/(?:json|xml|mbox|pgp-encrypted|pgp-keys|pgp-signature|postscript)|image\/svg\+xml|message\/rfc822)$/],
  [
    'text',
    /^application\/(?:mac-binhex40|oebps-package\+xml|vnd\.ms-wordml|vnd\.ms-spreadsheetml|x-abiword|x-fictionbook\+xml|vnd\.oasis\.opendocument\.[a-z]+-flat-xml)$/,
  ],
  ['iwork', /^application\/vnd\.apple\.(?:iwork|keynote|numbers|pages)$/],
  ['word package', new RegExp(`^(?:${WORD.replaceAll('.', '\\.')}|application/vnd\\.ms-word\\.).*$`)],
  ['excel package', new RegExp(`^(?:${EXCEL.replaceAll('.', '\\.')}|application/vnd\\.ms-excel\\.).*$`)],
  ['powerpoint package', new RegExp(`^(?:${POWERPOINT.replaceAll('.', '\\.')}|application/vnd\\.ms-powerpoint\\.).*$`)],
  ['program', /^application\/(?:x-msdownload|x-self-extracting)$/],
  ['iso media', /^(?:image\/(?:heic|heif|avif)|video\/(?:mp4|quicktime))$/],
];

/** Written into a zip: what is called a zip, or looks like no more than one, may be any of them. */
export const IN_ZIP =
  /^application\/(?:zip|java-archive|epub\+zip|vnd\.(?:apple|openxmlformats-officedocument|oasis\.opendocument|sun\.xml)\..*|vnd\.ms-(?:word|excel|powerpoint|visio)\..*|vnd\.ms-xpsdocument)$/;
/** Written into an OLE compound file (MS-CFB). */
export const IN_OLE = /^application\/(?:msword|vnd\.ms-(?:excel|powerpoint|outlook|project|works)|vnd\.visio|x-mspublisher|x-ole-storage)$/;
/** Office documents of either kind: encrypted, they are an OLE file with the package inside (MS-OFFCRYPTO). */
export const OFFICE = /^application\/(?:msword|vnd\.ms-(?:excel|powerpoint|word)(?:\..*)?|vnd\.openxmlformats-officedocument\..*)$/;

/** Types that every file begins by naming: without their signature it is none. Old formats that had none (BIFF2, tar of 1979) are left out. */
export const WITH_SIGNATURE = new RegExp(
  '^(?:application/(?:pdf|rtf|zip|vnd\\.rar|x-7z-compressed|gzip|x-msdownload|vnd\\.ms-outlook-pst|vnd\\.openxmlformats-officedocument\\..*|vnd\\.oasis\\..*)|image/(?:jpeg|png|gif|tiff|webp|bmp))$',
);

/** What runs when it is opened. */
export const PROGRAMS: ReadonlySet<string> = new Set([
  'application/x-msdownload',
  'application/x-executable',
  'application/x-self-extracting',
  'application/x-msi',
  'application/x-ms-shortcut',
]);
