import type { ProblemDraft } from '../../model/artifact.ts';
import type { Locator, Passage } from '../../model/claim.ts';
import type { Input } from '../../model/input.ts';
import type { Ooxml } from './package.ts';
import { scanXml, type XmlVisitor } from '../xml.ts';

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

export function textSink({ limits }: Input, ooxml: Pick<Ooxml, 'text'>): TextSink {
  const passages: Passage[] = [];
  const problems: ProblemDraft[] = [];
  let left = limits.maxTextBytes;
  return {
    passages,
    problems,
    add(role, label, raw, address) {
      const text = normalised(raw);
      if (text === '') return;
      const name = typeof label === 'string' ? label : label(passages.length + 1);
      // Labels count too: a million cells of one digit are not a megabyte.
      left -= Buffer.byteLength(name) + Buffer.byteLength(text);
      if (left < 0) throw new BudgetSpent(`the text is longer than ${limits.maxTextBytes} bytes; its beginning was read`);
      passages.push({ role, label: name, text, address });
    },
    visit(part, visitor) {
      const { text, problem } = ooxml.text(part);
      if (problem) problems.push(problem);
      if (text === null) return;
      const { error } = scanXml(text, visitor);
      if (error !== null && !problem) problems.push({ code: 'malformed', message: `${part}: ${error}` });
    },
  };
}
