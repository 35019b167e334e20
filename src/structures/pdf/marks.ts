import type { PdfFile } from './file.ts';
import { latin1At } from './source.ts';

/** A trace of the program that wrote the bytes, whatever the metadata say. */
export interface WriterMark {
  readonly attribute: 'tool.container' | 'tool.toolkit';
  readonly field: string;
  readonly value: string;
  /** As it stands there; `offset` from '%PDF'. */
  readonly raw: string;
  readonly offset: number;
}

const EXIFTOOL = '%BeginExifToolUpdate';
/** Bytes looked through at the head and at the end of each revision. */
const NEAR = 1024;

/** qpdf's own second line: '%' and BF F7 A2 FE. */
const QPDF = '%\u00bf\u00f7\u00a2\u00fe';

/** Marks of known writers: at the head of the file, in its trailers, and where ExifTool appended its update. */
export function* writerMarks(pdf: PdfFile): Generator<WriterMark> {
  const { bytes } = pdf.source;
  const head = latin1At(bytes, 0, 64);
  const qpdf = head.indexOf(QPDF);
  if (qpdf >= 0) yield { attribute: 'tool.container', field: 'binary comment', value: 'qpdf', raw: QPDF, offset: qpdf };
  for (const revision of pdf.revisions) {
    const tail = Math.max(revision.start, revision.end - NEAR);
    const checksum = latin1At(bytes, tail, revision.end - tail).indexOf('/DocChecksum');
    // Written by LibreOffice and OpenOffice into every trailer, and by nobody else.
    if (checksum >= 0)
      yield { attribute: 'tool.container', field: 'DocChecksum', value: 'libreoffice', raw: '/DocChecksum', offset: tail + checksum };
    const update = revision.number === 1 ? -1 : latin1At(bytes, revision.start, 64).indexOf(EXIFTOOL);
    if (update >= 0)
      yield { attribute: 'tool.toolkit', field: 'update marker', value: 'ExifTool update marker', raw: EXIFTOOL, offset: revision.start + update };
  }
}
