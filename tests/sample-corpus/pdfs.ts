import { hexOf } from '../support/build-mail-clocks.ts';
import { buildPdf, type PdfOptions } from '../support/build-pdf.ts';
import { xmpPacket } from '../support/build-xmp.ts';
import { HOUR, offsetAt } from './calendar.ts';
import type { Person } from './people.ts';
import { paragraphsOf } from './texts.ts';

const two = (n: number): string => String(n).padStart(2, '0');

/** ISO 32000-2 7.9.4 in the zone of the people here: "D:20221013195800+02'00'". */
export function pdfDate(utc: string): string {
  const at = Date.parse(utc);
  const offset = offsetAt(at);
  return `D:${new Date(at + offset * 60_000).toISOString().replace(/\D/g, '').slice(0, 14)}+${two(offset / 60)}'00'`;
}

/** The same moment as XMP has it. */
export function xmpDate(utc: string): string {
  const at = Date.parse(utc);
  const offset = offsetAt(at);
  return `${new Date(at + offset * 60_000).toISOString().slice(0, 19)}+${two(offset / 60)}:00`;
}

export interface PdfTraits {
  /** What the information dictionary says, where that is not what the packet says. */
  readonly infoCreated?: string;
  readonly pages?: readonly string[];
}

const PRODUCER = 'Microsoft® Word 2016';

/** As Word exports it: information and packet agree, the identifiers are equal. */
export function pdfOptions(name: string, author: Person, created: string, traits: PdfTraits = {}): PdfOptions {
  const id = hexOf(name, 32).toUpperCase();
  const title = name.replace('.pdf', '').replaceAll('_', ' ');
  const said = pdfDate(traits.infoCreated ?? created);
  return {
    info: { Author: author.name, Title: title, Creator: PRODUCER, Producer: PRODUCER, CreationDate: said, ModDate: said },
    xmp: xmpPacket(
      {
        'xmp:CreateDate': xmpDate(created),
        'xmp:ModifyDate': xmpDate(created),
        'xmp:CreatorTool': PRODUCER,
        'pdf:Producer': PRODUCER,
        'dc:creator': [author.name],
        'dc:title': title,
        'xmpMM:DocumentID': `uuid:${id}`,
        'xmpMM:InstanceID': `uuid:${id}`,
      },
      '3.1-701',
    ),
    id: [id, id],
    lang: 'fr-FR',
    pages: traits.pages ?? [paragraphsOf(name).join('\n')],
    // The same bytes under every version of zlib.
    compress: false,
  };
}

export const plainPdf = (name: string, author: Person, created: string): Uint8Array => buildPdf(pdfOptions(name, author, created));

/** Some hours on, for a revision. */
export const laterBy = (utc: string, hours: number): string => new Date(Date.parse(utc) + hours * HOUR).toISOString();
