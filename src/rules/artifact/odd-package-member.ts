import type { Claim } from '../../model/claim.ts';
import type { Cited } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import type { Strength } from '../../model/rule-meta.ts';
import { ARCHIVERS, isOfficePackage, oddContent } from '../shared/packages.ts';
import { savingOf } from '../shared/time.ts';
import { listed } from '../shared/wording.ts';

/** The observation's own words: 'made by Unix 3.0, …; 10 others: made by FAT 4.5, …'. */
const MADE_BY = /^made by ([^,]+),[^;]*; \d+ others: made by ([^,]+),/;

/**
 * Programs that change a document in place (the packaging library of .NET, docx4j) write one member anew in the make of the
 * rest; so does whoever edits by hand with an archiver that packed it all.
 */
function strengthOf(odd: readonly Claim<'mark.odd-member'>[], container: string): Strength {
  const byAnother = odd.some((c) => {
    const made = MADE_BY.exec(c.raw);
    return made !== null && made[1] !== made[2];
  });
  return byAnother || ARCHIVERS.has(container) ? 'moderate' : 'weak';
}

/** Catalogue B01, the edit of a single member. */
export const oddPackageMember = artifactRule(
  {
    id: 'odd-package-member',
    catalogue: ['B01'],
    version: 1,
    title: 'One content member of a package is packed in another way than the rest',
    proposition: 'altered',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: ['mark.odd-member', 'tool.container', 'event.save'],
    innocent: [
      {
        id: 'property-promotion',
        story: 'A document server wrote properties, labels or thumbnails into the package and left the content alone.',
        check: 'The member is one of docProps or customXml, and not one that holds text, cells or slides.',
      },
      {
        id: 'filled-in-by-program',
        story: 'A document system or an add-in filled in a form or brought fields up to date in place.',
        check: 'Other documents of the same system have the same odd member; the text has the form of a template.',
      },
      {
        id: 'repaired',
        story: 'A technician repaired a damaged document by hand, or took a macro or a broken link out of it.',
        check: 'Ask for the earlier copy; compare the two texts.',
      },
      {
        id: 'whole-package',
        story: 'The package was packed anew as a whole, which touches all members alike.',
        check: 'No member is told as odd then: see foreign-package-writer.',
      },
    ],
    references: [
      {
        title: 'PKWARE APPNOTE, .ZIP File Format Specification: headers of members',
        section: '4.3.7, 4.3.12',
        url: 'https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT',
      },
      { title: 'ECMA-376 Part 2, Open Packaging Conventions', url: 'https://ecma-international.org/publications-and-standards/standards/ecma-376/' },
    ],
  },
  function* (subject) {
    const odd = isOfficePackage(subject.artifact.mediaType) ? oddContent(subject) : [];
    const [first, ...others] = odd;
    if (!first) return;
    const [container] = subject.claims('tool.container');
    const context: Cited[] = container ? [{ claim: container, role: 'context' }] : [];
    yield {
      statement: `holds ${listed(odd.map((c) => c.value ?? ''))} packed in another way than the rest of its members: ${first.raw}`,
      about: [subject.artifact.id],
      rootCause: savingOf(subject),
      strength: strengthOf(odd, container?.value ?? ''),
      evidence: [{ claim: first, role: 'primary' }, ...others.map((claim): Cited => ({ claim, role: 'primary' })), ...context],
      ruledOut: [{ innocent: 'property-promotion', because: 'the member holds content' }],
    };
  },
);
