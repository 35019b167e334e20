import type { Container } from '../model/input.ts';
import { emlx } from './emlx.ts';
import { mbox } from './mbox.ts';
import { mime } from './mime.ts';
import { ole } from './ole.ts';
import { opc } from './ooxml.ts';
import { pdf } from './pdf.ts';
import { zip } from './zip.ts';

/** Every container, alphabetical by file. A contract test compares this list with the directory. */
export const CONTAINERS: readonly Container[] = [emlx, mbox, mime, ole, opc, pdf, zip];
