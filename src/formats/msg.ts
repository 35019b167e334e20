import type { FormatReader } from '../model/input.ts';
import { readMsg } from '../structures/outlook/msg.ts';
import { readMapiMessage, replayMapiMessage } from './shared/mapi-message.ts';

/** A message as Outlook saves it ([MS-OXMSG]). What it carries is opened by the container of the same type. */
export const msg: FormatReader = {
  id: 'msg',
  version: 3,
  mediaTypes: ['application/vnd.ms-outlook'],
  read: (input) => readMapiMessage(input.once(readMsg), input),
  replay: (input, locator) => replayMapiMessage(input.once(readMsg), input, locator),
};
