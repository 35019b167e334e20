import type { Container } from '../model/input.ts';
import { mapiChild, mapiChildren } from '../structures/outlook/mapi-attachments.ts';
import { DUMP_TYPE, readDump } from '../structures/outlook/mapi-dump.ts';

/** What a message out of a store carries, byte for byte; a message within it is one of the same form. Keys count from 'attachment 0'. */
export const mapiMessage: Container = {
  id: 'mapi-message',
  version: 1,
  mediaTypes: [DUMP_TYPE],
  open: (input) => mapiChildren(input.once(readDump)),
  openOne: (input, key) => mapiChild(input.once(readDump), key),
};
