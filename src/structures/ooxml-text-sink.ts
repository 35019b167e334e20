import type { ProblemDraft } from '../model/artifact.ts';
import type { Locator, Passage } from '../model/claim.ts';
import type { Input } from '../model/input.ts';
import { partText } from './ooxml-package.ts';
import { scanXml, type XmlVisitor } from './xml.ts';

/** Characters of XML parsed for the text of one document: some seconds of work, and far more than the budget of text needs. */
const MAX_XML = 64 * 1024 ** 2;

/** Where the readers of documents, workbooks and presentations put what they find. */
export interface TextSink {
  readonly passages: Passage[];
  /** Why the text is not all there. */
  readonly problems: ProblemDraft[];
  /** Normalises the text and leaves out what is empty; `label` may depend on the number of the passage, from 1. Throws {@link BudgetSpent}. */
  readonly add: (role: Passage['role'], label: string | ((number: number) => string), text: string, address: Locator) => void;
  /** Visits a part, if there is one; what is wrong with it is kept as a problem. Throws {@link BudgetSpent}. */
  readonly visit: (part: string, visitor: XmlVisitor) => void;
}

/** Ends the reading; its message is for the user. */
export class BudgetSpent extends Error {}

/** Composed (NFC), white space folded: what two programs store differently and nobody sees. */
const normalised = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

export function textSink(input: Input): TextSink {
  const passages: Passage[] = [];
  const problems: ProblemDraft[] = [];
  let left = input.limits.maxTextBytes;
  let xmlLeft = MAX_XML;
  return {
    passages,
    problems,
    add(role, label, raw, address) {
      const text = normalised(raw);
      if (text === '') return;
      const name = typeof label === 'string' ? label : label(passages.length + 1);
      // Labels count too: a million cells of one digit are not a megabyte.
      left -= Buffer.byteLength(name) + Buffer.byteLength(text);
      if (left < 0) throw new BudgetSpent(`the text is longer than ${input.limits.maxTextBytes} bytes; its beginning was read`);
      passages.push({ role, label: name, text, address });
    },
    visit(part, visitor) {
      const { text, problem } = partText(input, part);
      if (problem) problems.push(problem);
      if (text === null) return;
      xmlLeft -= text.length;
      if (xmlLeft < 0) throw new BudgetSpent(`more than ${MAX_XML} characters of XML; the text before was read`);
      const { error } = scanXml(text, visitor);
      if (error !== null && !problem) problems.push({ code: 'malformed', message: `${part}: ${error}` });
    },
  };
}
