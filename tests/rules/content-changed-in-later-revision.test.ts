import { contentChangedInLaterRevision } from '../../src/rules/artifact/content-changed-in-later-revision.ts';
import { onlyAdds } from '../../src/rules/shared/page-changes.ts';
import { text, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';
import { describe, expect, it } from 'vitest';

const pdf = (...claims: TestClaim[]): TestDoc[] => [{ name: 'a.pdf', mediaType: 'application/pdf', claims }];
const change = (revision: number, raw: string, kind = 'content'): TestClaim => ({
  ...text('mark.revision-change', kind, { basis: 'observed', field: `revision ${revision}`, raw }),
  locator: { in: 'bytes', offset: revision * 1000, length: 1000 },
});
const signature = (coverage: string): TestClaim =>
  text('mark.signature-coverage', coverage, { basis: 'observed', field: 'signature Sig1', raw: '0 840 960 240' });
const FIGURE = "page 1: 'EUR 12,000' -> 'EUR 92,000'; Info, XMP";

ruleTest(contentChangedInLaterRevision, {
  fires: {
    'a figure replaced': {
      docs: pdf(change(2, FIGURE)),
      statements: ["changed what its pages show in revision 2: page 1: 'EUR 12,000' -> 'EUR 92,000'; Info, XMP"],
      strengths: ['moderate'],
      about: [['a.pdf']],
    },
    'behind a signature, even if it only adds': {
      docs: pdf(signature('up to byte 1990 of 3000'), change(2, "page 1: '' -> 'and annex B'")),
      statements: ["changed what its pages show in revision 2, behind the bytes that signature Sig1 covers: page 1: '' -> 'and annex B'"],
      strengths: ['moderate'],
    },
    'signed-afterwards, said softly': {
      docs: pdf(signature('whole file'), change(2, FIGURE)),
      statements: ["changed what its pages show in revision 2: page 1: 'EUR 12,000' -> 'EUR 92,000'; Info, XMP"],
      strengths: ['weak'],
    },
    'a range that no signature can have says nothing': {
      docs: pdf({ ...signature('x'), value: null }, change(2, FIGURE)),
      statements: ["changed what its pages show in revision 2: page 1: 'EUR 12,000' -> 'EUR 92,000'; Info, XMP"],
      strengths: ['moderate'],
    },
    'stamped, said softly': {
      docs: pdf(change(2, "page 1: 'Minutes of the board' -> 'Minutes of the board Page 1 of 2'; page 2: '' -> 'Page 2 of 2'")),
      statements: [
        "changed what its pages show in revision 2: page 1: 'Minutes of the board' -> 'Minutes of the board Page 1 of 2'; page 2: '' -> 'Page 2 of 2'",
      ],
      strengths: ['weak'],
    },
    'twice: the one that takes something away is told': {
      docs: pdf(change(2, "page 1: '' -> 'Page 1'"), change(3, "page 2 removed: 'Annex'")),
      statements: ["changed what its pages show in revision 3 and 1 other: page 2 removed: 'Annex'"],
      strengths: ['moderate'],
    },
  },
  silent: {
    'honest twin: one revision': pdf(),
    'form-filled: fields': pdf(change(2, "amount: '' -> '92,000'", 'form')),
    'commented-or-signed: a comment': pdf(change(2, 'annotation on page 1', 'annotation')),
    'commented-or-signed: a signature and its validation data': pdf(signature('whole file'), change(2, "signature 'Sig1'", 'signature')),
    'metadata only': pdf(change(2, 'Info, XMP', 'metadata')),
    'structure only': pdf(change(2, 'list of pages', 'structure')),
  },
});

describe('onlyAdds', () => {
  it.each([
    ["page 1: '' -> 'Page 1 of 3'", true],
    ["page 1: 'a b c d' -> 'a b new c d'; Info, XMP", true],
    ['page 1: paths drawn changed (0 before, 103 after)', true],
    ["page 2 added: 'Annex'; list of fields changed", true],
    ["page 1: 'a b' -> 'a c b'; page 2: 'x' -> ''", false],
    ["page 1: 'EUR 12,000' -> ''", false],
    ["page 1: 'don't' -> 'do'", false],
    ['page 1: images changed (2 before, 2 after)', false],
    ['page 1: font redefined (object 7)', false],
    ['page 3 removed; page 4 removed', false],
    ['page 1 added, page 2 added; page 3 added and 4 more', false],
    ['order of pages changed', false],
  ])('%s: %s', (summary, expected) => {
    expect(onlyAdds(summary)).toBe(expected);
  });
});
