import type { Cited } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import { isMessage } from '../shared/time.ts';
import { counted } from '../shared/wording.ts';

/** Catalogue G16. What one version has more is left alone: only words in the place of other words count. */
export const editedAlternative = artifactRule(
  {
    id: 'edited-alternative',
    catalogue: ['G16'],
    version: 1,
    title: 'Plain text and HTML of one letter have different words in the same place',
    proposition: 'altered',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: ['mark.alternative', 'mark.relayed'],
    innocent: [
      {
        id: 'newsletter',
        story: 'A newsletter or a template keeps its two versions apart, and somebody changed one of them.',
        check: 'It is mass mail; other issues differ in the same places.',
      },
      {
        id: 'list-or-gateway',
        story: 'A list or a gateway rewrote one version: took an address out, put a notice or a link in.',
        check: 'Other mail on that way is changed in the same manner.',
      },
      {
        id: 'rendering',
        story: 'The program that made the plain text shows a sign, a list or a table with other words.',
        check: 'The difference is one of form: a numbering, a sign spelt out, a unit.',
      },
    ],
    references: [
      {
        title: 'RFC 2046, MIME Part Two: each part of multipart/alternative is a version of the same information',
        section: '5.1.4',
        url: 'https://www.rfc-editor.org/rfc/rfc2046#section-5.1.4',
      },
    ],
  },
  function* (subject) {
    const places = isMessage(subject) ? subject.claims('mark.alternative') : [];
    const relayed = subject.claims('mark.relayed').some((c) => c.value === 'list' || c.value === 'gateway');
    const numbers = places.filter((c) => c.field === 'a number');
    const first = numbers[0] ?? places[0];
    if (!first || (relayed && numbers.length === 0)) return;
    const others = places.filter((c) => c !== first);
    yield {
      statement:
        `says ${first.value ?? ''}, where the words around it are the same in both` +
        (others.length > 0 ? `; ${counted(others.length, 'other place')} likewise` : ''),
      strength: numbers.length > 0 && !relayed ? 'moderate' : 'weak',
      about: [subject.artifact.id],
      rootCause: `alternative:${subject.artifact.id}`,
      evidence: [{ claim: first, role: 'primary' }, ...others.map((claim): Cited => ({ claim, role: 'context' }))],
    };
  },
);
