import type { Cited } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import { isProgram, isTextual, mayBeCalled } from '../shared/media-families.ts';
import { quoted } from '../shared/wording.ts';

/** Reasons for which nobody saw the bytes. */
const UNSEEN: ReadonlySet<string> = new Set(['empty', 'encrypted', 'over-limit', 'unreadable', 'link']);

/** Catalogue I07. */
export const extensionAgainstContent = artifactRule(
  {
    id: 'extension-against-content',
    catalogue: ['I07'],
    version: 1,
    title: 'The name of a file promises another format than its bytes have',
    proposition: 'context',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: ['type.extension', 'type.detected', 'type.also'],
    innocent: [
      {
        id: 'ordinary-practice',
        story: 'Web applications send tables of HTML as .xls and word processors save RTF as .doc; telephones call a JPEG .heic or .png.',
        check: 'Programs open it without a question; other files of the same origin are named so.',
      },
      {
        id: 'export-renamed',
        story: 'An export or recovery tool gave the name, by what it took the file for.',
        check: 'Names in that folder are numbers or follow one pattern.',
      },
      {
        id: 'damaged',
        story: 'The beginning of the file is lost or was overwritten, or it was never loaded to the end: an error page stands in its place.',
        check: 'Look at the first bytes; other files of the same folder are damaged, too.',
      },
      {
        id: 'close-relative',
        story: 'The two formats are one for all purposes, such as a document with and without macros or a message in a text file.',
        check: 'Both belong to one family; nothing is told then.',
      },
    ],
    references: [
      { title: 'IANA media types', url: 'https://www.iana.org/assignments/media-types/media-types.xhtml' },
      { title: 'file(1) and libmagic: types by their first bytes', url: 'https://www.darwinsys.com/file/' },
    ],
  },
  function* (subject) {
    const { artifact } = subject;
    if (artifact.size === 0 || (artifact.outcome.state === 'unread' && UNSEEN.has(artifact.outcome.why))) return;
    const [promised] = subject.claims('type.extension');
    const [detected] = subject.claims('type.detected');
    const also = subject.claims('type.also').filter((c) => c.value !== null && c.value !== detected?.value);
    const rootCause = `name:${artifact.id}`;
    if (promised?.value && detected?.value && !mayBeCalled(promised.value, detected.value)) {
      const isDisguised = isProgram(detected.value) && !isProgram(promised.value) && !isTextual(promised.value);
      const found =
        detected.value === 'application/octet-stream' ? 'its bytes begin like none of that kind' : `its bytes are ${quoted(detected.value)}`;
      yield {
        statement: `is named '${promised.field}', which promises ${quoted(promised.value)}, and ${found}`,
        about: [artifact.id],
        rootCause,
        strength: isDisguised ? 'moderate' : 'weak',
        evidence: [
          { claim: promised, role: 'primary' },
          { claim: detected, role: 'contradicts' },
        ],
      };
    }
    const [first, ...others] = also;
    if (!first || !detected) return;
    yield {
      statement: `is ${quoted(detected.value ?? '')}, and would pass for ${also.map((c) => quoted(c.value ?? '')).join(' and ')} as well`,
      about: [artifact.id],
      rootCause,
      strength: 'weak',
      evidence: [
        { claim: first, role: 'primary' },
        { claim: detected, role: 'contradicts' },
        ...others.map((claim): Cited => ({ claim, role: 'context' })),
      ],
    };
  },
);
