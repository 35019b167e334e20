import { build7z } from './build-7z.ts';
import { buildCfb, ole10NativeStream } from './build-cfb.ts';
import { buildCalendar, buildVcard } from './build-content-lines.ts';
import { HELLO_BZ2, HELLO_XZ } from './build-compressed.data.ts';
import { buildEmlx } from './build-emlx.ts';
import { buildGzip } from './build-gzip.ts';
import { buildHtml } from './build-html.ts';
import { heicWith, jpegWith, pngWith, tiffWith, webpWith, xmpPacket } from './build-images.ts';
import { buildLnk } from './build-lnk.ts';
import { buildMail, buildMbox } from './build-mail.ts';
import { buildMsg, type MsgSpec } from './build-msg.ts';
import { buildLibreOfficeLock, buildOwnerFile } from './build-office-lock.ts';
import { buildOdp, buildOds, buildOdt } from './build-odf.ts';
import { buildDoc, buildXls } from './build-ole.ts';
import { buildDocx, buildPptx, buildXlsx } from './build-ooxml.ts';
import { buildPdf } from './build-pdf.ts';
import { appendRevision } from './build-pdf-update.ts';
import { buildRar4, buildRar5 } from './build-rar.ts';
import { buildTar } from './build-tar.ts';
import { buildTnef } from './build-tnef.ts';
import { filmWith, matroskaWith, mp3With, waveWith } from './build-media.ts';
import { exvWith, gifWith, jp2With, jxlWith, psdWith, svgWith } from './build-stills.ts';
import { buildRtf } from './build-rtf.ts';
import { buildZip } from './build-zip.ts';

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
const rars = [buildRar4(packed), buildRar5(packed)];
const tars = [buildTar(packed, 'gnu'), buildTar([{ ...packed[0], name: `${'long/'.repeat(30)}b.txt`, mtime: '2017-03-27T12:41:00.250Z' }], 'pax')];
const odt = buildOdt({ ...people, paragraphs: ['Bonjour', 'Une phrase.'], pictures: { 'a.png': pngWith({ software: 'Paint' }) }, printer: 'Bureau' });
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

/** Small honest files, by the id of their reader, and under 'container:<id>' by their container: contract tests break them in every way. */
export const FIXTURES: Readonly<Record<string, readonly Uint8Array[]>> = {
  cr3: [
    filmWith({
      brand: 'crx ',
      created: '2015-03-04T12:00:00Z',
      modified: '2015-03-04T12:00:00Z',
      canon: { ifd0: { 0x0110: 'EOS' }, exif: { 0x9003: '2015:03:04 12:00:00' } },
    }),
  ],
  eml: [mail],
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
  msg: [buildMsg(outlook)],
  jp2: [jp2With(picture)],
  jxl: [jxlWith(picture), jxlWith({ ...picture, packed: true })],
  matroska: [matroskaWith({ muxer: 'Lavf58', writer: 'mkvmerge', date: '2015-03-04T12:00:00Z', tags: { ENCODER: 'Lavc58' } })],
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
  odf: [odt, buildOds({ ...people, sheets: { Feuille1: [['Salle', 12000]] } }), buildOdp({ ...people, slides: [['Titre', 'Texte']] })],
  ole: [buildXls({ ...people, sheets: { Budget: [['Salle', 12000]] } }), buildDoc({ ...people, paragraphs: ['Bonjour'] })],
  ooxml: [docx, xlsx, buildPptx({ ...people, slides: [['Titre', 'Texte']] })],
  pdf: [pdf, appendRevision(pdf, { replacePage: { page: 1, text: 'EUR 92,000' } })],
  png: [pngWith(picture)],
  psd: [psdWith({ ...picture, writer: 'Adobe Photoshop', iptc: { 55: '20150304', 80: 'Claire Moreau' } })],
  riff: [
    waveWith({
      info: { ISFT: 'Sound Forge', ICRD: '2015-03-04' },
      broadcast: { originator: 'Recorder', date: '2015-03-04', time: '12:00:00' },
      id3: { frames: { TIT2: 'Discours' } },
      xmp,
    }),
  ],
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
  tiff: [tiffWith({ ifd0: { 0x0131: 'GIMP 2.10', 0x0132: '2015:03:04 12:00:00' } })],
  tnef: [buildTnef(outlook)],
  vcard: [buildVcard({ PRODID: '-//Writer//EN', FN: 'Claire Moreau', REV: '2017-03-27T12:41:05Z', 'EMAIL;TYPE=work': 'claire@campagne.example' })],
  webp: [webpWith(picture)],
  xmp: [Buffer.from(xmp)],
  zip: [zip],
  'container:archive': [build7z(packed), build7z(packed, { packedDirectory: true })],
  'container:compressed': [HELLO_BZ2, HELLO_XZ],
  'container:emlx': [buildEmlx({ mail, received: '2017-03-01T10:00:05Z' })],
  'container:gzip': [gzip],
  'container:mbox': [
    buildMbox(['2017-03-01T10:00:05Z', '2017-03-02T08:00:00Z'].map((envelopeDate) => ({ mail, envelopeDate, sender: 'claire@campagne.example' }))),
  ],
  'container:mime': [mail],
  'container:msg': [buildMsg(outlook)],
  'container:odf': [odt],
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
  'container:pdf': [pdf],
  'container:rtf': [rtf],
  'container:rar': rars,
  'container:tar': tars,
  'container:tnef': [buildTnef(outlook)],
  'container:zip': [zip],
};
