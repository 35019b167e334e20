/** Truth files that say nothing comparable, or whose values another test compares. */
export const NOT_COMPARED: readonly { readonly files: RegExp; readonly why: string }[] = [
  {
    files: /^exiftool__exiftool\/t\/.*\.out$/,
    why: 'listings of older versions for their own switches and for files that they write; the same pictures are read in EXIFTOOL.json (exiftool-agreement)',
  },
  { files: /^apache__james-mime4j\/.*\.out$/, why: 'the message written again: mime4j tests its writer by it' },
  { files: /^apache__james-mime4j\/.*_decoded_[\d_]+\.(?:txt|bin)$/, why: 'contents that the _decoded.xml beside them names; compared there' },
  { files: /^c2pa-org__public-testfiles\/.*\/detailed\.json$/, why: 'the same store as manifest_store.json, with digests for what is not told here' },
  { files: /^c2pa-org__public-testfiles\/.*\.jpg$/, why: 'thumbnails out of the store: its texts are read, its pictures are not handed out' },
  { files: /^postalsys__mailauth\/.*\.yml$/, why: 'SPF asks the DNS, which is not asked here' },
];

export interface Explained {
  /** The path, with what is nested in it. */
  readonly file: RegExp;
  readonly what: RegExp;
  /** Differences that it explains. */
  readonly values: number;
  readonly why: string;
}

const tnefList = (name: string): RegExp => new RegExp(`datafiles/${name}\\.list$`);
const mime4j = (name: string): RegExp => new RegExp(`${name}(?:_decoded)?\\.xml$`);
const stalwart = (name: string): RegExp => new RegExp(`${name}(?:\\.crlf)?\\.json`);
const rar = (name: string): RegExp => new RegExp(`rarfile/test/files/${name}\\.rar\\.exp$`);

/** Differences that were looked at, one by one: why the reading beside a file and ours differ. */
export const EXPLAINED: readonly Explained[] = [
  // rarfile
  {
    file: rar('rar15-comment-lock'),
    what: /^size of FILE1\.TXT$/,
    values: 1,
    why: 'packed by the method of RAR 1.5, which is not unpacked here: listed, closed, told as unsupported',
  },
  {
    file: rar('rar3-comment-hpsw'),
    what: /^(?:members|file names|children)$/,
    values: 3,
    why: 'the list of members is encrypted; rarfile was given the password',
  },
  {
    file: rar('rar[35]-vols\\.part[23]'),
    what: /^(?:members|file names|children)$/,
    values: 12,
    why: 'a later volume alone: rarfile refuses it, here the members that reach into it are listed',
  },
  {
    file: rar('rar5-hlink'),
    what: /^(?:file names|link names|size of stest[23]\.txt)$/,
    values: 4,
    why: 'a hard link holds no bytes of its own: here a link with its target, there a file of the size of what it points to',
  },
  // tnef, MimeKit
  {
    file: /baselines\/(?:body|rtf|two-files)\.baseline$/,
    what: /^time sent$/,
    values: 3,
    why: 'the attribute is the same moment in the local time of an unnamed zone; the property of that meaning, which is read instead, is in UTC',
  },
  {
    file: tnefList('missing-filenames'),
    what: /^attachment(?:s| names)$/,
    values: 2,
    why: 'the list names the body alone; the four attachments are in the stream, and three of them among the baselines here and the samples of MimeKit',
  },
  {
    file: tnefList('unicode-mapi-attr(?:-name)?'),
    what: /^has a body$/,
    values: 2,
    why: "the list leaves out the body, which the tool's dump of the same stream writes",
  },
  {
    file: /MAPI_OBJECT\/Untitled_Attachment$/,
    what: /^content$/,
    values: 1,
    why: 'MimeKit keeps the 16 bytes of the interface identifier in front of the object',
  },
  // mime4j
  {
    file: mime4j('(?:hdr-fakeout|basic-plain-with-bad-header-separator)'),
    what: /^(?:body|text)$/,
    values: 3,
    why: 'the line between header and text holds a blank: mime4j loses the text up to the next empty line, here it is the text',
  },
  {
    file: mime4j('malformedHeaderStartsBody-nocrlfcrlf'),
    what: /^(?:header|body|text)$/,
    values: 4,
    why: 'a broken line, then a field: mime4j begins the text at the first and loses the second; here the field is read and the line told as broken',
  },
  { file: mime4j('missing-boundary'), what: /^parts$/, values: 1, why: 'a multipart without delimiters: an empty one there, read as a text here' },
  {
    file: mime4j('weird-boundary'),
    what: /^(?:parts|body 1|text 1)$/,
    values: 4,
    why: 'a boundary declared with blanks at its end, which RFC 2046 section 5.1.1 forbids: here blanks behind a delimiter are padding',
  },
  // stalwart
  {
    file: stalwart('legacy/0(?:17|22|52)'),
    what: /^(?:subject|to|text of 0)$/,
    values: 12,
    why: '8-bit letters that no charset is named for: U+FFFD there, Latin-1 here',
  },
  { file: stalwart('malformed/002'), what: /^attachments$/, values: 2, why: 'a multipart without delimiters: an attachment there, a text here' },
  {
    file: stalwart('malformed/007'),
    what: /^parts$/,
    values: 2,
    why: 'a delimiter within the header that declares it: no multipart there, here one that holds no part; no text either way',
  },
  {
    file: stalwart('malformed/0(?:09|12|13|14)'),
    what: /^parts$/,
    values: 7,
    why: 'an inner multipart without an end: there the part of the outer one behind it is lost; here it is read, empty where the message ends with its delimiter',
  },
  {
    file: stalwart('malformed/021'),
    what: /^parts$/,
    values: 2,
    why: 'two Content-Type in one header: the last counts there, the first here, and the parts that it announces are found',
  },
  {
    file: stalwart('malformed/022'),
    what: /^parts$/,
    values: 2,
    why: 'declared a message and none: a text there, here an attachment whose type its own bytes decide',
  },
  {
    file: stalwart('rfc/002'),
    what: /^to$/,
    values: 2,
    why: 'a comment behind a name: joined to the name there, left out here (RFC 5322 section 3.2.2)',
  },
  {
    file: stalwart('thirdparty/002'),
    what: /^(?:attachments|text of [23])$/,
    values: 6,
    why: 'garbage in base64: letters outside the alphabet are ignored (RFC 2045 section 6.8); there the part is kept as written, or up to some byte',
  },
  {
    file: stalwart('thirdparty/005'),
    what: /^text of 5$/,
    values: 2,
    why: "'invalid--1--': a delimiter begins a line (RFC 2046 section 5.1.1), so that this is text",
  },
];
