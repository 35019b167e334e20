import type { FormatReader } from '../model/input.ts';
import { DUMP_TYPE, readDump } from '../structures/outlook/mapi-dump.ts';
import { readMapiMessage, replayMapiMessage } from './shared/mapi-message.ts';

/** A message out of a store, in the form in which its container hands it on. What it carries is opened by the container of the same type. */
export const mapiMessage: FormatReader = {
  id: 'mapi-message',
  version: 3,
  mediaTypes: [DUMP_TYPE],
  read: (input) => readMapiMessage(input.once(readDump), input),
  replay: (input, locator) => replayMapiMessage(input.once(readDump), input, locator),
};
