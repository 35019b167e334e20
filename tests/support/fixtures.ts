import { brotliCompressSync } from 'node:zlib';
import { build7z } from './build-7z.ts';
import { buildLocked7z } from './build-locked-7z.ts';
import { buildCfb, ole10NativeStream } from './build-cfb.ts';
import { buildCalendar, buildVcard } from './build-content-lines.ts';
import { HELLO_BZ2, HELLO_XZ } from './build-compressed.data.ts';
import { buildStore, jpegWithStore, signedPng } from './build-c2pa.ts';
import { buildCompressed, buildEnveloped, buildSigned, buildTimeStamped, pemOf } from './build-cms.ts';
import { buildChm, buildEpub, buildIwork, buildLrf, buildMobi, buildPages09, buildSnb, iwork09, LRF_INFO } from './build-ebook.ts';
import { SNB_BOOK_BZ2 } from './build-ebook.data.ts';
import { bencoded, eventLog, hiveHead, iccProfile, prefetchOf, sqliteHead, vhdHead } from './build-data-file.ts';
import { signedFixture } from './build-dkim.ts';
import { buildEmlx } from './build-emlx.ts';
import { buildAgile } from './build-encrypted-package.ts';
import { buildEwf, EWF_HEADER, EWF_HEADER2 } from './build-ewf.ts';
import { buildGzip } from './build-gzip.ts';
import { buildHtml } from './build-html.ts';
import { heicWith, jpegWith, pngWith, tiffWith, webpWith, xmpPacket } from './build-images.ts';
import { accessHead, dbaseTable, lotusHead, oneNoteHead, wordPerfectHead } from './build-legacy-document.ts';
import { LINES_LZ4, LINES_LZIP, LINES_LZMA, LINES_Z, LINES_ZST } from './build-lines.data.ts';
import { author, comment, storage } from './build-iwa.ts';
import { buildLit, LIT_BOOK } from './build-lit.ts';
import { buildLnk } from './build-lnk.ts';
import { buildMail, buildMbox } from './build-mail.ts';
import { buildMsg, type MsgSpec } from './build-msg.ts';
import { buildLibreOfficeLock, buildOwnerFile } from './build-office-lock.ts';
import { buildAce, buildArj, buildIso, buildLha, buildWarc } from './build-old-archives.ts';
import { buildOdp, buildOds, buildOdt } from './build-odf.ts';
import { buildDoc, buildXls } from './build-ole.ts';
import { lockedDoc, lockedPpt, lockedXls, md5Lock, providerLock } from './lock-ole.ts';
import { buildDocx, buildPptx, buildXlsx } from './build-ooxml.ts';
import { buildPdf } from './build-pdf.ts';
import { buildPpt } from './build-ppt.ts';
import { appendRevision } from './build-pdf-update.ts';
import { buildPst } from './build-pst.ts';
import { pgpFixture, pgpKey, signedClear } from './build-pgp-signed.ts';
import { armor, cleartext, compressed, encryptedData, literal, publicKey, sessionKey, signature, userId } from './build-pgp.ts';
import { buildRar4, buildRar5 } from './build-rar.ts';
import { buildRarOfMethods } from './build-rar-packed.ts';
import { buildTar } from './build-tar.ts';
import { buildTnef } from './build-tnef.ts';
import { filmWith, matroskaWith, mp3With, waveWith } from './build-media.ts';
import { exvWith, gifWith, jp2With, jxlWith, psdWith, svgWith } from './build-stills.ts';
import { buildBinaryPlist } from './build-plist.ts';
import {
  buildAppleDouble,
  buildBinHex,
  buildCustomJumpList,
  buildDsStore,
  buildJumpList,
  buildMacBinary,
  buildRecycled,
  buildThumbsDb,
  dutc,
  ustr,
} from './build-residue.ts';
import { cffWith, fontWith, pfmWith, type1With } from './build-fonts.ts';
import {
  app1With,
  bmpWith,
  bpgWith,
  crwWith,
  dicomWith,
  djvuWith,
  emfWith,
  epsWith,
  exrWith,
  fitsWith,
  miffWith,
  mrwWith,
  rafWith,
  x3fWith,
  xcfWith,
} from './build-pictures.ts';
import { adtsWith, aiffWith, asfWith, flacWith, flvWith, mieWith, monkeysWith, mpegWith, oggWith, realMediaWith, swfWith } from './build-sound.ts';
import { buildRawXls } from './build-raw-xls.ts';
import { buildRtf } from './build-rtf.ts';
import { annotation, buildAbiWord, buildFictionBook, buildFlatOdf, buildSpreadsheetMl, buildWordMl, pictureFrame } from './build-xml-document.ts';
import { buildXlsb } from './build-xlsb.ts';
import { buildXmlSignature } from './build-xmldsig.ts';
import { buildZip } from './build-zip.ts';
import { firstMessage } from './stored-message.ts';

const people = { author: 'Claire Moreau', lastAuthor: 'Paul Petit', created: '2015-03-04T09:00:00Z', modified: '2015-03-05T10:30:00Z' };
const xmp = xmpPacket({
  'xmp:CreateDate': '2015-03-04T12:00:00+01:00',
  'xmp:CreatorTool': 'Writer',
  'dc:creator': ['Claire Moreau'],
  'xmpMM:DocumentID': 'uuid:1',
});
const picture = {
  make: 'Canon',
  model: 'EOS',
  software: 'GIMP 2.10',
  captured: '2015:03:04 12:00:00',
  modified: '2015:03:05 12:00:00',
  artist: 'Claire Moreau',
  xmp,
};

const docx = buildDocx({
  ...people,
  paragraphs: ['Bonjour', 'Une phrase.'],
  rsids: ['00A1B2C3', '00D4E5F6'],
  docId: '{0F0E0D0C-0000-0000-0000-000000000001}',
  media: { 'image1.png': pngWith({ software: 'Paint' }) },
});
const xlsx = buildXlsx({
  ...people,
  sheets: {
    Budget: [
      ['Poste', 'Montant'],
      ['Salle', 12000],
    ],
  },
  absPath: 'C:\\Users\\claire\\Documents\\',
});
const pdf = buildPdf({
  info: { Author: 'Claire Moreau', Producer: 'Writer', CreationDate: "D:20150304120000+01'00'" },
  xmp,
  id: ['00112233445566778899aabbccddeeff', '00112233445566778899aabbccddeeff'],
  pages: ['EUR 12,000'],
  attachments: [{ name: 'a.txt', bytes: Buffer.from('attached') }],
});
const mail = buildMail({
  client: 'outlook',
  from: 'Claire Moreau <claire@campagne.example>',
  to: ['Paul Petit <paul@campagne.example>', 'lea@campagne.example'],
  subject: 'Réunion',
  date: '2017-03-01T10:00:00Z',
  offsetMinutes: 60,
  body: 'Bonjour,\n\n> hier\n',
  inReplyTo: '<a@b.example>',
  references: ['<a@b.example>', '<c@b.example>'],
  attachments: [{ name: 'plan.docx', type: 'application/octet-stream', bytes: docx }],
});
const zip = buildZip(
  [
    { name: 'a/b.txt', content: Buffer.from('hello'.repeat(50)), instant: '2017-03-27T12:41:00Z' },
    { name: 'c.txt', content: Buffer.from('x'), instant: '2017-03-27T12:42:00Z' },
  ],
  'info-zip',
);

const outlook: MsgSpec = {
  subject: 'Réunion',
  body: 'Bonjour,\n\n> hier\n',
  rtf: '{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}Bonjour{\\*\\htmltag72 </p>}}',
  from: { name: 'Claire Moreau', mailbox: 'claire@campagne.example' },
  to: [{ name: 'Paul Petit', mailbox: 'paul@campagne.example' }],
  sent: '2017-03-01T10:00:00Z',
  delivered: '2017-03-01T10:00:05Z',
  created: '2017-03-01T09:58:00Z',
  modified: '2017-03-01T10:01:00Z',
  lastModifiedBy: 'Claire Moreau',
  messageId: '<a@campagne.example>',
  conversation: '2017-03-01T09:59:00Z',
  headers: 'Received: from a by b; Wed, 1 Mar 2017 10:00:05 +0000\r\nDate: Wed, 1 Mar 2017 11:00:00 +0100\r\n\r\n',
  attachments: [
    { name: 'plan.docx', bytes: docx, created: '2017-03-01T09:00:00Z', modified: '2017-03-01T09:30:00Z' },
    { message: { subject: 'Hier', body: 'Bonjour' } },
  ],
};

const packed = [
  { name: 'a/b.txt', content: 'hello'.repeat(50), owner: 'claire' },
  { name: 'c.txt', content: 'x' },
];
const gzip = buildGzip({ content: 'hello'.repeat(50), name: 'b.txt', mtime: '2017-03-27T12:41:00Z' });
const rars = [buildRar4(packed), buildRar5(packed), buildRarOfMethods()];
const locked7z = buildLocked7z([{ files: [{ name: 'a.txt', content: 'closed' }], password: 'x' }, { files: [{ name: 'b.txt', content: 'open' }] }]);
const brotli7z = buildLocked7z([
  { files: [{ name: 'a.txt', content: 'hello' }], packed: { bytes: brotliCompressSync('hello'), method: '04f71102', properties: '' } },
]);
const tars = [buildTar(packed, 'gnu'), buildTar([{ ...packed[0], name: `${'long/'.repeat(30)}b.txt`, mtime: '2017-03-27T12:41:00.250Z' }], 'pax')];
const odt = buildOdt({ ...people, paragraphs: ['Bonjour', 'Une phrase.'], pictures: { 'a.png': pngWith({ software: 'Paint' }) }, printer: 'Bureau' });
const odtWithObject = buildOdt({
  ...people,
  printerSetup: ['Bureau', 'LaserWriter'],
  parts: { 'Object 1/content.xml': '<a/>' },
  folders: { 'Object 1/': 'application/vnd.oasis.opendocument.chart' },
});
const rtf = buildRtf({
  author: 'Claire Moreau',
  lastAuthor: 'Paul Petit',
  created: '2015-03-04T10:00',
  modified: '2015-03-05T11:30',
  revision: 2,
  rsids: ['00A1B2C3'],
  paragraphs: ['Bonjour', 'Réunion'],
  packages: [{ label: 'a.txt', sourcePath: 'C:\\a.txt', temporaryPath: 'C:\\Temp\\a.txt', content: Buffer.from('inside') }],
  pictures: [pngWith({ software: 'Paint' })],
});

const appleDouble = buildAppleDouble({
  realName: 'plan.docx',
  dates: ['2003-03-04T09:00:00Z', '2003-03-05T10:30:00Z'],
  attributes: {
    'com.apple.metadata:kMDItemWhereFroms': buildBinaryPlist(['https://campagne.example/plan.docx']),
    'com.apple.quarantine': Buffer.from('0083;58d8f0a1;Safari;0F0E0D0C-0000'),
  },
  resources: Buffer.from('fork'),
});
const macFile = { name: 'Lettre', created: '1999-03-04T12:00:00', modified: '1999-03-05T12:30:00', data: Buffer.from('Bonjour') };
const jumpLists = [
  buildJumpList([
    {
      path: 'C:\\Users\\claire\\plan.docx',
      machine: 'poste-12',
      accessed: '2017-03-27T12:41:05Z',
      object: Buffer.from('0123456789abe6118000000c29abcdef', 'hex'),
      shortcut: buildLnk({ localPath: 'C:\\a.txt' }),
    },
  ]),
];
const thumbs = buildThumbsDb([{ name: 'plage.jpg', modified: '2006-07-01T10:00:00Z', picture: Buffer.from([0xff, 0xd8, 0xff, 0xd9]) }]);

const mobi = buildMobi({
  created: 1_425_463_200,
  modified: 0xd1000000,
  title: 'Discours',
  notes: { 100: 'Claire Moreau', 108: 'calibre (0.9.0)' },
  records: [Buffer.from([0xff, 0xd8, 0xff, 0xd9])],
});
const iworks = [
  buildIwork({
    program: 'pages',
    documentId: '304022E4-FD08',
    versionId: 'C5ED6463-575C',
    builds: ['M9.0.1-7030'],
    objects: [storage(2, 'Bonjour'), author(3, 'Claire Moreau'), comment(4, 'Ici ?', '2017-03-27T12:41:05Z', 3)],
  }),
  buildPages09(),
];

const mailbox = { messages: [outlook, { subject: 'Plan', body: 'Bonjour' }], associated: [{ subject: 'Vue' }] };
const stores = [
  buildPst({ folders: [{ name: 'Inbox', ...mailbox }], password: 0x1234 }),
  buildPst({ make: 'ansi', crypt: 'cyclic', folders: [{ name: 'Inbox', ...mailbox }] }),
  buildPst({ make: '4k', crypt: 'none', folders: [{ name: 'Inbox', ...mailbox }] }),
];
const storedMessage = firstMessage(stores[0] ?? new Uint8Array(0));

/** Small honest files, by the id of their reader, and under 'container:<id>' by their container: contract tests break them in every way. */
export const FIXTURES: Readonly<Record<string, readonly Uint8Array[]>> = {
  c2pa: [buildStore({ action: { action: 'c2pa.created', when: '2023-03-04T12:00:00Z' }, author: 'Claire Moreau', stamped: '2023-03-04T12:00:09Z' })],
  cms: [
    buildSigned({ content: Buffer.from('Bonjour'), signingTime: '2015-03-04T12:00:00Z', stamped: '2015-03-04T12:00:09Z' }),
    buildSigned({ content: Buffer.from('Bonjour'), streamed: true }),
    buildEnveloped(),
    buildTimeStamped(Buffer.from('Bonjour'), 'a.txt', '2015-03-04T12:00:00Z'),
    pemOf('CMS', buildSigned({ content: Buffer.from('Bonjour') })),
  ],
  'apple-double': [appleDouble],
  aiff: [aiffWith({ texts: { NAME: 'Discours' }, comment: { text: 'remarque', time: '2015-03-04T12:00:00Z' }, xmp })],
  ape: [monkeysWith({ Title: 'Discours', Year: '2015' }), adtsWith('Lavc57.107.100')],
  asf: [
    asfWith({
      created: '2015-03-04T12:00:00Z',
      title: 'Discours',
      extended: { 'WM/ToolName': 'Movie Maker' },
      library: { WMFSDKVersion: '11.0' },
      xmp,
    }),
  ],
  bitmap: [bmpWith('C:\\Users\\claire\\ecran.icc')],
  bpg: [bpgWith(picture)],
  crw: [crwWith({ make: 'Canon', model: 'Canon EOS', owner: 'Claire Moreau', serial: 560018150, captured: 1_425_470_400 })],
  'data-file': [
    sqliteHead({ changes: 12, library: 3_007_009 }),
    hiveHead({ written: '2012-04-06T18:52:50Z', name: '?\\C:\\Users\\claire\\ntuser.dat', guid: 'fe3db1c3f17fe1118761000c29abcdef' }),
    eventLog('2018-04-04T05:45:51Z', '2018-04-05T06:00:00Z'),
    prefetchOf(26, 'WINWORD.EXE', '2013-10-04T15:40:09Z'),
    iccProfile(2015, 2, 15, 1, 2, 3),
    Buffer.from(bencoded({ announce: 'http://campagne.example/', 'creation date': 1_425_470_400, info: { name: 'archive.zip' } })),
    vhdHead('2015-03-04T12:00:00Z', 'vbox'),
    Buffer.concat([Buffer.alloc(1024, 1), vhdHead('2015-03-04T12:00:00Z', 'vpc ')]),
    Buffer.from('AC1032\u0000\u0000'),
  ],
  dicom: [dicomWith({ '0008,0020': '20150304', '0008,0030': '120000', '0008,1010': 'POSTE-12' }), dicomWith({ '0008,1010': 'POSTE-12' }, 'implicit')],
  djvu: [djvuWith('(metadata (Author "Claire Moreau") (Title "Une \\"affiche\\""))')],
  ewf: [
    buildEwf([
      ['header2', EWF_HEADER2],
      ['header', EWF_HEADER],
    ]),
  ],
  exif: [app1With(picture)],
  fits: [fitsWith({ DATE: '2015-03-04T12:00:00', OBSERVER: 'Claire Moreau' }, ['Convertor 1.0'])],
  flac: [flacWith({ vendor: 'reference libFLAC 1.3.1', comments: { ARTIST: 'Claire Moreau', DATE: '2015-03-04' } })],
  flv: [flvWith({ onMetaData: { duration: 1, creator: 'Recorder', times: [0, 1] }, onXMPData: { liveXML: xmp } })],
  font: [
    fontWith({ names: { 4: 'Garamonde', 5: 'Version 1.007' }, created: '2015-03-04T12:00:00Z', modified: '2015-03-05T12:00:00Z' }),
    fontWith({ names: { 4: 'Garamonde' }, created: '2015-03-04T12:00:00Z', wrapper: 'woff' }),
    fontWith({ names: { 1: 'Garamonde' }, wrapper: 'collection' }),
  ],
  metafile: [emfWith('Visio', 'Organigramme')],
  mie: [mieWith({ texts: { Software: 'Paint', CreateDate: '2015:03:04 12:00:00' }, xmp })],
  miff: [miffWith({ ...picture, comment: 'remarque' })],
  mpeg: [mpegWith('made of clay', 'x264 - core 148 r2643 5c65704')],
  mrw: [mrwWith(picture)],
  ogg: [
    oggWith({ comments: { ENCODER: 'Lavc57', ARTIST: 'Claire Moreau' } }),
    oggWith({ codec: 'opus', comments: { TITLE: 'a'.repeat(600) }, split: 1 }),
  ],
  openexr: [exrWith({ capDate: '2015:03:04 12:00:00', utcOffset: -3600, owner: 'Claire Moreau' })],
  postscript: [
    epsWith({ comments: { Creator: 'Illustrator', CreationDate: '(7/18/05 2:33 PM)', For: 'Claire Moreau' }, xmp, byLine: 'Claire' }),
    epsWith({ comments: { Creator: 'Word' }, preview: true }),
  ],
  raf: [rafWith(picture)],
  realmedia: [realMediaWith({ title: 'Discours', properties: { 'Generated By': 'Producer', 'Creation Date': '3/4/2015 12:00:00' } })],
  swf: [swfWith({ compiled: '2015-03-04T12:00:00Z', xmp }), swfWith({ compiled: '2015-03-04T12:00:00Z', xmp, packed: true })],
  type1: [
    type1With({ FullName: 'Garamonde', version: '001.007' }, { CreationDate: 'Wed Mar 4 12:00:00 2015' }, true),
    pfmWith('Garamonde', 'Copyright'),
  ],
  x3f: [x3fWith({ CAMMANUF: 'SIGMA', CAMMODEL: 'SD10', TIME: '978309395' }, picture)],
  xcf: [
    xcfWith({
      'gimp-comment': 'Created with GIMP',
      'exif-data': app1With(picture),
      'gimp-image-metadata': '<metadata><tag name="Exif.Image.DateTime">2015:03:04 12:00:00</tag></metadata>',
    }),
  ],
  chm: [buildChm({ title: 'Aide', compiler: 'HHA Version 4.74.8702', compiled: '2009-05-20T05:38:29Z', language: 0x40c })],
  cr3: [
    filmWith({
      brand: 'crx ',
      created: '2015-03-04T12:00:00Z',
      modified: '2015-03-04T12:00:00Z',
      canon: { ifd0: { 0x0110: 'EOS' }, exif: { 0x9003: '2015:03:04 12:00:00' } },
    }),
  ],
  'ds-store': [
    buildDsStore(
      [
        { name: '.', id: 'modD', type: 'dutc', value: dutc('2017-03-27T12:41:05Z') },
        { name: 'a.docx', id: 'ptbL', type: 'ustr', value: ustr('Users/claire/') },
        { name: 'b.docx', id: 'Iloc', type: 'blob', value: Buffer.alloc(16) },
      ],
      1,
    ),
  ],
  eml: [mail, signedFixture(), pgpFixture()],
  epub: [buildEpub('<dc:title>Discours</dc:title><dc:creator>Claire Moreau</dc:creator><dc:date>2015-03-04</dc:date>')],
  exv: [exvWith(picture)],
  gif: [gifWith({ comments: ['Created with GIMP'], xmp })],
  gzip: [gzip],
  heif: [heicWith(picture)],
  html: [
    buildHtml({
      lang: 'fr',
      title: 'Réunion',
      meta: { generator: 'Writer' },
      office: { Author: 'Claire Moreau', LastSaved: '2015-03-05T10:30:00Z' },
      savedFrom: 'http://intranet.example/',
      paragraphs: ['Bonjour'],
    }),
  ],
  icalendar: [
    buildCalendar(
      { PRODID: '-//Writer//EN' },
      { UID: 'a@campagne.example', DTSTAMP: '20170327T124105Z', 'ORGANIZER;CN=Claire Moreau': 'mailto:claire@campagne.example', SUMMARY: 'Réunion' },
    ),
  ],
  iwork: iworks,
  jpeg: [jpegWith(picture)],
  lnk: [
    buildLnk({
      created: '2017-03-01T09:00:00Z',
      localPath: 'C:\\Users\\claire\\plan.docx',
      volumeSerial: 'A1B2-C3D4',
      unicodePaths: true,
      workingDirectory: 'C:\\Users\\claire',
      tracker: { machine: 'poste-12', droidTime: '2017-02-28T07:15:30Z', mac: '00:0c:29:ab:cd:ef' },
    }),
  ],
  'office-lock': [
    buildOwnerFile('Claire Moreau'),
    buildOwnerFile('Claire Moreau', 'excel'),
    buildLibreOfficeLock({ user: 'Claire Moreau', login: 'claire', host: 'poste-12', time: '27.03.2017 14:41', url: 'file:///home/claire' }),
  ],
  'mapi-message': [storedMessage],
  msg: [buildMsg(outlook)],
  pst: stores,
  jp2: [jp2With(picture)],
  'jump-list': jumpLists,
  jxl: [jxlWith(picture), jxlWith({ ...picture, packed: true })],
  lit: [buildLit(LIT_BOOK)],
  lrf: [buildLrf(LRF_INFO)],
  'mac-binary': [buildMacBinary(macFile)],
  matroska: [matroskaWith({ muxer: 'Lavf58', writer: 'mkvmerge', date: '2015-03-04T12:00:00Z', tags: { ENCODER: 'Lavc58' } })],
  mobi: [mobi],
  movie: [
    filmWith({
      created: '2015-03-04T12:00:00Z',
      modified: '2015-03-05T12:00:00Z',
      handlerName: 'VideoHandler',
      classic: { '©swr': 'Editor' },
      itunes: { '©too': 'Lavf58' },
      keys: { 'com.apple.quicktime.model': 'iPhone 6' },
      xmp,
    }),
  ],
  mp3: [mp3With({ id3: { frames: { TIT2: 'Discours', TDRC: '2015-03-04', COMM: 'remarque' } }, encoder: 'LAME3.98r', v1: { title: 'Discours' } })],
  odf: [odt, odtWithObject, buildOds({ ...people, sheets: { Feuille1: [['Salle', 12000]] } }), buildOdp({ ...people, slides: [['Titre', 'Texte']] })],
  'legacy-document': [lotusHead(0x0406), wordPerfectHead(2), accessHead(1), dbaseTable([116, 5, 24]), oneNoteHead()],
  ole: [
    buildXls({ ...people, sheets: { Budget: [['Salle', 12000]] }, commentedBy: ['Rozhkov'] }),
    buildDoc({
      ...people,
      paragraphs: ['Bonjour'],
      savedBy: [['Rozhkov', 'C:\\Temp\\Note.doc']],
      associated: { lastAuthor: 'Rozhkov' },
      comments: [['Paul Petit', '2015-03-04T11:18']],
      dop: { created: '2015-03-04T10:00' },
    }),
    buildPpt({ ...people, slides: [['Titre', 'Texte']], saves: 2, currentUser: 'Rozhkov', comments: [['Paul Petit', '2015-03-04T11:18:00']] }),
    buildRawXls({ version: 4, rows: [['Salle', 12000]], user: 'Rozhkov', sheet: 'Budget' }),
    // With the passwords that ask nobody.
    lockedXls({ ...people, sheets: { Budget: [['Salle', 12000]] } }, md5Lock('VelvetSweatshop')),
    lockedDoc({ ...people, paragraphs: ['Bonjour'], associated: { lastAuthor: 'Rozhkov' } }, providerLock('VelvetSweatshop', 40)),
    lockedPpt({ ...people, slides: [['Titre', 'Texte']], notes: { 1: 'Note' } }, providerLock('/01Hannes Ruescher/01')),
  ],
  ooxml: [docx, xlsx, buildPptx({ ...people, slides: [['Titre', 'Texte']] }), buildXlsb({ ...people, sheets: { Budget: [['Salle', 12000]] } })],
  pdf: [
    pdf,
    appendRevision(pdf, { replacePage: { page: 1, text: 'EUR 92,000' } }),
    buildPdf({
      fonts: [{ name: 'ABCDEF+Garamonde', program: { entry: 'FontFile3', bytes: cffWith('Garamonde', { 0: '001.007', 2: 'Garamonde' }, 4711) } }],
    }),
  ],
  pgp: [
    armor('MESSAGE', Buffer.concat([sessionKey(), encryptedData()]), { Version: 'GnuPG v2' }),
    armor('PUBLIC KEY BLOCK', Buffer.concat([publicKey('2015-03-04T12:00:00Z'), userId('Claire Moreau')])),
    signature('2015-03-04T12:00:00Z'),
    Buffer.from(signedClear(pgpKey('rsa', '2015-03-04T12:00:00Z'), 'Bonjour,\n- une phrase.', '2017-03-01T10:00:00Z')),
  ],
  png: [pngWith(picture)],
  psd: [psdWith({ ...picture, writer: 'Adobe Photoshop', iptc: { 55: '20150304', 80: 'Claire Moreau' } })],
  'recycle-bin': [1, 2].map((v) => buildRecycled({ path: 'C:\\a.docx', size: 1, deleted: '2017-03-27T12:41:05Z' }, v === 1 ? 1 : 2)),
  riff: [
    waveWith({
      info: { ISFT: 'Sound Forge', ICRD: '2015-03-04' },
      broadcast: { originator: 'Recorder', date: '2015-03-04', time: '12:00:00' },
      id3: { frames: { TIT2: 'Discours' } },
      xmp,
    }),
  ],
  snb: [buildSnb(SNB_BOOK_BZ2)],
  svg: [
    svgWith({
      comment: ' Created with Inkscape ',
      title: 'Affiche',
      inkscape: { version: '0.92.3' },
      work: { date: '2015-03-04', creator: 'Claire Moreau' },
      xmp: xmp.replace(/<\?xpacket[^>]*\?>/g, ''),
    }),
  ],
  rar: rars,
  tar: tars,
  rtf: [rtf],
  text: [Buffer.from('Réunion\n\ndemain à 10 h\n')],
  'thumbs-db': [thumbs],
  tiff: [tiffWith({ ifd0: { 0x0131: 'GIMP 2.10', 0x0132: '2015:03:04 12:00:00' } })],
  tnef: [buildTnef(outlook)],
  vcard: [buildVcard({ PRODID: '-//Writer//EN', FN: 'Claire Moreau', REV: '2017-03-27T12:41:05Z', 'EMAIL;TYPE=work': 'claire@campagne.example' })],
  webp: [webpWith(picture)],
  'web-shortcut': [
    Buffer.from('[InternetShortcut]\r\nURL=http://campagne.example/\r\nModified=20F06BA06D07BD014D\r\nIconFile=C:\\a.ico\r\n'),
    Buffer.from('<?xml version="1.0"?>\n<plist version="1.0">\n<dict>\n<key>URL</key>\n<string>http://campagne.example/</string>\n</dict>\n</plist>'),
    Buffer.from(buildBinaryPlist({ URL: 'http://campagne.example/' })),
    Buffer.from('[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=http://campagne.example/a.zip\r\n'),
  ],
  'xml-document': [
    buildFlatOdf({
      ...people,
      printer: 'Bureau',
      body: `<text:p>Bonjour${annotation('Paul Petit', '2015-03-05T10:00:00', 'oui')}${pictureFrame}</text:p>`,
    }),
    buildWordMl(),
    buildSpreadsheetMl(),
    buildAbiWord(),
    buildFictionBook(),
    Buffer.from(iwork09('sl:document', '<sf:p>Bonjour</sf:p><sf:t><sf:ct sfa:s="Salle"/></sf:t>')),
  ],
  xmp: [Buffer.from(xmp)],
  'xml-signature': [Buffer.from(buildXmlSignature({ signingTime: '2015-03-04T13:00:00+01:00', comments: 'Accord' }))],
  zip: [zip],
  'container:apple-double': [appleDouble],
  'container:binhex': [buildBinHex(macFile)],
  'container:iwork': iworks,
  'container:mobi': [mobi],
  'container:jump-list': [...jumpLists, buildCustomJumpList([buildLnk({ localPath: 'C:\\a.txt' })])],
  'container:mac-binary': [buildMacBinary(macFile)],
  'container:thumbs-db': [thumbs],
  'container:archive': [
    build7z(packed),
    build7z(packed, { packedDirectory: true }),
    locked7z,
    brotli7z,
    buildLha(packed),
    buildIso('B.TXT;1', 'hello'),
  ],
  'container:c2pa': [signedPng(pngWith(picture)), jpegWithStore(jpegWith(picture), buildStore({}))],
  'container:chm': [
    buildChm({
      title: 'Aide',
      compiler: 'HHA Version 4.74.8702',
      compiled: '2009-05-20T05:38:29Z',
      language: 0x40c,
      files: { '/index.htm': '<html>Bonjour</html>', '/html/plan.htm': '<html>plan</html>' },
    }),
  ],
  'container:cms': [buildSigned({ content: Buffer.from('Bonjour') }), buildCompressed(Buffer.from('Bonjour'))],
  'container:compressed': [HELLO_BZ2, HELLO_XZ, LINES_ZST, LINES_LZ4, LINES_LZMA, LINES_LZIP, LINES_Z],
  'container:emlx': [buildEmlx({ mail, received: '2017-03-01T10:00:05Z' })],
  'container:encrypted-package': [buildAgile(docx, 'VelvetSweatshop')],
  'container:gzip': [gzip],
  'container:listed': [buildArj(packed), buildAce(packed)],
  'container:lit': [buildLit(LIT_BOOK)],
  'container:mbox': [
    buildMbox(['2017-03-01T10:00:05Z', '2017-03-02T08:00:00Z'].map((envelopeDate) => ({ mail, envelopeDate, sender: 'claire@campagne.example' }))),
    Buffer.concat([Buffer.from('From \n'), mail, Buffer.from('\nFrom \n'), mail]),
  ],
  'container:mime': [mail],
  'container:mapi-message': [storedMessage],
  'container:msg': [buildMsg(outlook)],
  'container:pst': stores,
  'container:odf': [odt, odtWithObject],
  'container:ole': [
    buildCfb({
      streams: {
        'ObjectPool/_1/\u0001Ole10Native': ole10NativeStream({
          label: 'a.txt',
          sourcePath: 'C:\\a.txt',
          temporaryPath: 'C:\\Temp\\a.txt',
          content: Buffer.from('inside'),
        }),
      },
      root: { modified: '2015-03-05T10:30:00Z' },
    }),
  ],
  'container:opc': [docx],
  'container:pdf': [
    pdf,
    buildPdf({
      portfolio: { columns: { de: 'De' }, folders: ['Réception', '2017'] },
      attachments: [{ name: 'plan.txt', bytes: Buffer.from('plan'), description: 'Plan', folder: 2, cells: { de: '(Claire Moreau)' } }],
    }),
  ],
  'container:pgp': [
    armor('MESSAGE', compressed(literal(Buffer.from('Bonjour'), 'a.txt', '2015-03-04T12:00:00Z'))),
    cleartext('Bonjour', '2015-03-04T12:00:00Z'),
  ],
  'container:rtf': [rtf],
  'container:rar': rars,
  'container:self-extracting': [zip, buildRar4(packed)].map((carried) => Buffer.concat([Buffer.from('MZ\u0001\u0002'), carried])),
  'container:tar': tars,
  'container:tnef': [buildTnef(outlook)],
  'container:warc': [buildWarc([{ type: 'resource', uri: 'http://campagne.example/a', content: 'hello' }])],
  'container:xml-document': [buildFlatOdf({ body: `<text:p>${pictureFrame}</text:p>` }), buildWordMl()],
  'container:zip': [zip],
};
