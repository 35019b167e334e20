import type { ClaimDraft } from '../model/claim.ts';
import type { Child, Container, Input } from '../model/input.ts';
import { bytesOf } from '../structures/bytes.ts';
import { bindingOf } from '../structures/c2pa/binding.ts';
import { C2PA_CARRIERS, storesIn } from '../structures/c2pa/carriers.ts';
import { storeOf } from '../structures/c2pa/manifest.ts';

const keyOf = (index: number): string => `c2pa ${index}`;

/** What can only be checked here, where the picture is: whether the manifest is about these bytes. */
function saysOf({ bytes }: Input, store: Uint8Array): ClaimDraft[] {
  const binding = bindingOf(storeOf(store), bytes);
  if (!binding) return [];
  const { field, state } = binding;
  return [
    {
      basis: 'observed',
      attribute: 'signature.state',
      field: field.slice(0, 200),
      raw: state,
      value: state,
      locator: { in: 'parent', key: field.slice(0, 200) },
    },
  ];
}

const childOf = (input: Input, store: Uint8Array, index: number): Child => ({
  key: keyOf(index),
  role: 'part',
  bytes: bytesOf(store),
  says: saysOf(input, store),
});

/** The C2PA manifest store that a picture, a film or a recording carries, and whether it is about that file. */
export const c2pa: Container = {
  id: 'c2pa',
  version: 1,
  mediaTypes: C2PA_CARRIERS,
  *open(input) {
    for (const [i, store] of input.once(storesIn).entries()) yield childOf(input, store, i);
  },
  openOne(input, key) {
    for (const [i, store] of input.once(storesIn).entries()) if (keyOf(i) === key) return childOf(input, store, i);
    return null;
  },
};
