import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { decodeXml } from '../xml.ts';

/** Bytes of one document: some seconds of work, and far more than the budget of its text needs. */
const MAX_BYTES = 48 * 1024 ** 2;

export interface XmlSource {
  readonly text: string;
  readonly problem: ProblemDraft | null;
}

/** The text of an artifact that is one XML document. Use as `input.once(readXmlSource)`. */
export function readXmlSource({ bytes }: Input): XmlSource {
  const text = decodeXml(bytes.slice(0, MAX_BYTES))
    .replace(/^\ufeff/, '')
    .trimStart();
  if (bytes.size <= MAX_BYTES) return { text, problem: null };
  return { text, problem: { code: 'limit-exceeded', message: `more than ${MAX_BYTES} bytes of XML; the rest was not read` } };
}
