import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { type PartText, xmlBudget } from '../ooxml/package.ts';
import { scanXml } from '../xml.ts';
import { memberOf, readZip, type Zip } from '../zip/zip.ts';

const MANIFEST = 'META-INF/manifest.xml';

/** An OpenDocument package (OpenDocument 1.3 part 2). */
export interface Odf {
  readonly zip: Zip;
  /** The text of an XML part, as long as the document as a whole keeps within bounds; null also where it is encrypted. */
  readonly text: (part: string) => PartText;
  /** Members whose bytes are ciphertext, by the manifest; in zip's own terms they are not encrypted (part 2, 4.8.4). */
  readonly encrypted: ReadonlySet<string>;
  /** What was wrong with the manifest. */
  readonly problems: readonly ProblemDraft[];
}

/** Not for `input.once`: each reading has a budget of its own, or the second would find less. Never throws. */
export function readOdf(input: Input): Odf {
  const zip = input.once(readZip);
  const text = xmlBudget(input);
  const { encrypted, problems } = encryptedMembers(text(MANIFEST));
  return {
    zip,
    encrypted,
    problems,
    text: (part) => (encrypted.has(memberOf(zip, part)?.name ?? part) ? { text: null, problem: null } : text(part)),
  };
}

function encryptedMembers({ text, problem }: PartText): { readonly encrypted: ReadonlySet<string>; readonly problems: readonly ProblemDraft[] } {
  const encrypted = new Set<string>();
  const problems: ProblemDraft[] = problem ? [problem] : [];
  let path = '';
  const { error } = scanXml(text ?? '<none/>', {
    open(e) {
      if (e.local === 'file-entry') path = e.attributes.find((a) => a.local === 'full-path')?.value ?? '';
      else if (e.local === 'encryption-data' && path !== '') encrypted.add(path);
    },
  });
  if (error !== null && !problem) problems.push({ code: 'malformed', message: `${MANIFEST}: ${error}` });
  return { encrypted, problems };
}
