import type { Container } from '../model/input.ts';
import { mapiChild, mapiChildren } from '../structures/outlook/mapi-attachments.ts';
import { readTnef } from '../structures/outlook/tnef.ts';

/** What a winmail.dat carries, byte for byte as it stands in it; a message within it is a TNEF stream again. Keys count from 'attachment 0'. */
export const tnef: Container = {
  id: 'tnef',
  version: 1,
  mediaTypes: ['application/vnd.ms-tnef'],
  open: (input) => mapiChildren(input.once(readTnef)),
  openOne: (input, key) => mapiChild(input.once(readTnef), key),
};
