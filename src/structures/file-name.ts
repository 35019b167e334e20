import { type ClaimDraft, MAX_RAW } from '../model/claim.ts';

/** What a container says a child's file is called, folders left out. */
export function fileNameClaim(name: string): ClaimDraft {
  const raw = name.slice(0, MAX_RAW);
  return { basis: 'asserted', attribute: 'name.file', field: 'file name', raw, value: raw, locator: { in: 'parent', key: 'name' } };
}
