import { type ClaimDraft, MAX_RAW } from './claim.ts';

/** What a container, or the directory, says a file is called, folders left out. */
export function fileNameClaim(name: string): ClaimDraft {
  const raw = name.slice(0, MAX_RAW);
  return { basis: 'asserted', attribute: 'name.file', field: 'file name', raw, value: raw, locator: { in: 'parent', key: 'name' } };
}
