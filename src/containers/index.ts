import type { Container } from '../model/input.ts';
import { archive } from './archive.ts';
import { compressed } from './compressed.ts';
import { emlx } from './emlx.ts';
import { gzip } from './gzip.ts';
import { mbox } from './mbox.ts';
import { mime } from './mime.ts';
import { msg } from './msg.ts';
import { odf } from './odf.ts';
import { ole } from './ole.ts';
import { opc } from './ooxml.ts';
import { pdf } from './pdf.ts';
import { rar } from './rar.ts';
import { rtf } from './rtf.ts';
import { tar } from './tar.ts';
import { tnef } from './tnef.ts';
import { zip } from './zip.ts';

/** Every container, alphabetical by file. A contract test compares this list with the directory. */
export const CONTAINERS: readonly Container[] = [archive, compressed, emlx, gzip, mbox, mime, msg, odf, ole, opc, pdf, rar, rtf, tar, tnef, zip];
