import type { FormatReader } from '../model/input.ts';
import { readTnef } from '../structures/outlook/tnef.ts';
import { readMapiMessage, replayMapiMessage } from './shared/mapi-message.ts';

/** winmail.dat: what Outlook sends beside a mail of its own kind ([MS-OXTNEF]). What it carries is opened by the container of the same type. */
export const tnef: FormatReader = {
  id: 'tnef',
  version: 3,
  mediaTypes: ['application/vnd.ms-tnef'],
  read: (input) => readMapiMessage(input.once(readTnef), input),
  replay: (input, locator) => replayMapiMessage(input.once(readTnef), input, locator),
};
