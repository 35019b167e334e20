import { describe, expect, it } from 'vitest';
import type { AttributeOf } from '../../src/model/attribute.ts';
import type { Claim } from '../../src/model/claim.ts';
import { carrierOf, documentOf, earliest, instants, isZoneMultiple, latest, walls, written } from '../../src/rules/shared/time.ts';
import { text, time, unread } from '../support/claims.ts';
import { memoryEvidence, type TestDoc } from '../support/memory-evidence.ts';

const claims = [
  time('time.modified', '2017-03-02T10:00:00+02:00'),
  time('time.modified', '2017-03-05T10:00:00'),
  unread('time.modified', '?'),
  time('time.modified', '2017-03-01T10:00:00Z'),
] as unknown as Claim<AttributeOf<'time'>>[];

describe('moments', () => {
  it('keeps instants and wall times apart', () => {
    expect(instants(claims).map(written)).toEqual(['2017-03-02T08:00:00Z', '2017-03-01T10:00:00Z']);
    expect(walls(claims).map(written)).toEqual(['2017-03-05T10:00:00 (no zone)']);
  });
  it('finds the earliest and the latest', () => {
    expect(latest(instants(claims))?.claim).toBe(claims[0]);
    expect(earliest(instants(claims))?.claim).toBe(claims[3]);
    expect([latest([]), earliest([])]).toEqual([null, null]);
  });
});

describe('isZoneMultiple', () => {
  it.each([
    [15, true],
    [120, true],
    [-330, true],
    [61, true],
    [840, true],
    [0, false],
    [7, false],
    [52, false],
    [855, false],
    [1440, false],
  ])('%i min: %s', (minutes, yes) => {
    expect(isZoneMultiple(minutes * 60_000)).toBe(yes);
  });
});

describe('what lies around an artifact', () => {
  const mail: TestDoc = { name: 'mail.eml', mediaType: 'message/rfc822', claims: [text('name.title', 'outer')] };
  const zip: TestDoc = { name: '2', mediaType: 'application/zip', claims: [], inside: mail };
  const docx: TestDoc = { name: 'a.docx', claims: [], inside: zip };
  const picture: TestDoc = { name: 'image1.png', claims: [], inside: docx, part: true };
  const subjects = memoryEvidence([picture], ['name.title']).subjects();
  const named = (key: string) => {
    const found = subjects.find((s) => s.artifact.path.at(-1)?.key === key);
    if (!found) throw new Error(key);
    return found;
  };
  it('climbs to the message through archives and documents', () => {
    expect(carrierOf(named('image1.png'))).toBe(named('mail.eml'));
    expect(carrierOf(named('mail.eml'))).toBeNull();
  });
  it('climbs to the document, and no further', () => {
    expect(documentOf(named('image1.png'))).toBe(named('a.docx'));
    expect(documentOf(named('a.docx'))).toBe(named('a.docx'));
  });
});
