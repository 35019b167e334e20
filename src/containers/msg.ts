import type { Container } from '../model/input.ts';
import { mapiChild, mapiChildren } from '../structures/outlook/mapi-attachments.ts';
import { readMsg } from '../structures/outlook/msg.ts';

/**
 * What an .msg file carries. Attached files are their own bytes. A message within it has none, only a storage: it becomes an
 * .msg file of its own by a rendering that depends on nothing but that storage, and its digest is over this rendering.
 * Keys are the storages' names.
 */
export const msg: Container = {
  id: 'msg',
  version: 1,
  mediaTypes: ['application/vnd.ms-outlook'],
  open: (input) => mapiChildren(input.once(readMsg)),
  openOne: (input, key) => mapiChild(input.once(readMsg), key),
};
