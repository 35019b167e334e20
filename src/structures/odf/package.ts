import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { type PartText, xmlBudget } from '../ooxml/package.ts';
import { memberOf, readZip, type Zip } from '../zip/zip.ts';
import { clearPartText, type UnlockedOdf, unlockedOdf } from './unlocked.ts';

/** An OpenDocument package (OpenDocument 1.3 part 2). */
export interface Odf {
  readonly zip: Zip;
  /** The text of an XML part, as long as the document as a whole keeps within bounds; null also where it is encrypted and no password opens it. */
  readonly text: (part: string) => PartText;
  /** Members whose bytes are ciphertext, by the manifest; in zip's own terms they are not encrypted (part 2, 4.8.4). */
  readonly unlocked: UnlockedOdf;
  /** What was wrong with the manifest. */
  readonly problems: readonly ProblemDraft[];
}

/** Not for `input.once`: each reading has a budget of its own, or the second would find less. Never throws. */
export function readOdf(input: Input): Odf {
  const zip = input.once(readZip);
  const text = xmlBudget(input);
  const unlocked = input.once(unlockedOdf);
  const isEncrypted = (part: string): boolean => unlocked.entries.has(memberOf(zip, part)?.name ?? part);
  return { zip, unlocked, problems: unlocked.problems, text: (part) => (isEncrypted(part) ? clearPartText(input, part) : text(part)) };
}
