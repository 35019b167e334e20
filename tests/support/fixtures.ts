import { buildCfb, ole10NativeStream } from './build-cfb.ts';
import { buildEmlx } from './build-emlx.ts';
import { heicWith, jpegWith, pngWith, tiffWith, webpWith, xmpPacket } from './build-images.ts';
import { buildMail, buildMbox } from './build-mail.ts';
import { buildDoc, buildXls } from './build-ole.ts';
import { buildDocx, buildPptx, buildXlsx } from './build-ooxml.ts';
import { buildPdf } from './build-pdf.ts';
import { appendRevision } from './build-pdf-update.ts';
import { buildZip } from './build-zip.ts';

const people = { author: 'Claire Moreau', lastAuthor: 'Paul Petit', created: '2015-03-04T09:00:00Z', modified: '2015-03-05T10:30:00Z' };
const xmp = xmpPacket({ 'xmp:CreateDate': '2015-03-04T12:00:00+01:00', 'xmp:CreatorTool': 'Writer', 'dc:creator': ['Claire Moreau'], 'xmpMM:DocumentID': 'uuid:1' });
const picture = { make: 'Canon', model: 'EOS', software: 'GIMP 2.10', captured: '2015:03:04 12:00:00', modified: '2015:03:05 12:00:00', artist: 'Claire Moreau', xmp };

const docx = buildDocx({ ...people, paragraphs: ['Bonjour', 'Une phrase.'], rsids: ['00A1B2C3', '00D4E5F6'], docId: '{0F0E0D0C-0000-0000-0000-000000000001}', media: { 'image1.png': pngWith({ software: 'Paint' }) } });
const xlsx = buildXlsx({ ...people, sheets: { Budget: [['Poste', 'Montant'], ['Salle', 12000]] }, absPath: 'C:\\Users\\claire\\Documents\\' });
const pdf = buildPdf({ info: { Author: 'Claire Moreau', Producer: 'Writer', CreationDate: "D:20150304120000+01'00'" }, xmp, id: ['00112233445566778899aabbccddeeff', '00112233445566778899aabbccddeeff'], pages: ['EUR 12,000'], attachments: [{ name: 'a.txt', bytes: Buffer.from('attached') }] });
const mail = buildMail({ client: 'outlook', from: 'Claire Moreau <claire@campagne.example>', to: ['Paul Petit <paul@campagne.example>', 'lea@campagne.example'], subject: 'Réunion', date: '2017-03-01T10:00:00Z', offsetMinutes: 60, body: 'Bonjour,\n\n> hier\n', inReplyTo: '<a@b.example>', references: ['<a@b.example>', '<c@b.example>'], attachments: [{ name: 'plan.docx', type: 'application/octet-stream', bytes: docx }] });
const zip = buildZip([{ name: 'a/b.txt', content: Buffer.from('hello'.repeat(50)), instant: '2017-03-27T12:41:00Z' }, { name: 'c.txt', content: Buffer.from('x'), instant: '2017-03-27T12:42:00Z' }], 'info-zip');

/** Small honest files, by the id of their reader, and under 'container:<id>' by their container: contract tests break them in every way. */
export const FIXTURES: Readonly<Record<string, readonly Uint8Array[]>> = {
  eml: [mail],
  heif: [heicWith(picture)],
  jpeg: [jpegWith(picture)],
  ole: [buildXls({ ...people, sheets: { Budget: [['Salle', 12000]] } }), buildDoc({ ...people, paragraphs: ['Bonjour'] })],
  ooxml: [docx, xlsx, buildPptx({ ...people, slides: [['Titre', 'Texte']] })],
  pdf: [pdf, appendRevision(pdf, { replacePage: { page: 1, text: 'EUR 92,000' } })],
  png: [pngWith(picture)],
  text: [Buffer.from('Réunion\n\ndemain à 10 h\n')],
  tiff: [tiffWith({ ifd0: { 0x0131: 'GIMP 2.10', 0x0132: '2015:03:04 12:00:00' } })],
  webp: [webpWith(picture)],
  zip: [zip],
  'container:emlx': [buildEmlx({ mail, received: '2017-03-01T10:00:05Z' })],
  'container:mbox': [buildMbox(['2017-03-01T10:00:05Z', '2017-03-02T08:00:00Z'].map((envelopeDate) => ({ mail, envelopeDate, sender: 'claire@campagne.example' })))],
  'container:mime': [mail],
  'container:ole': [buildCfb({ streams: { 'ObjectPool/_1/\u0001Ole10Native': ole10NativeStream({ label: 'a.txt', sourcePath: 'C:\\a.txt', temporaryPath: 'C:\\Temp\\a.txt', content: Buffer.from('inside') }) }, root: { modified: '2015-03-05T10:30:00Z' } })],
  'container:opc': [docx],
  'container:pdf': [pdf],
  'container:zip': [zip],
};
