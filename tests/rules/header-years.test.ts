import { expect, it } from 'vitest';
import { DATED_HEADERS } from '../../src/formats/shared/mail-traits.data.ts';
import { FIELDS } from '../../src/rules/shared/header-years.data.ts';

it('every field that readers tell of has a day and a source, and the reverse', () => {
  expect([...FIELDS.keys()].sort()).toEqual([...DATED_HEADERS].sort());
});

it('names the days of drafts and trials, none of them later than the first public one', () => {
  const days = Object.fromEntries([...FIELDS].map(([name, { from }]) => [name, from]));
  expect(days).toMatchObject({
    'arc-authentication-results': '2015-01-01',
    'feedback-id': '2013-01-01',
    'list-unsubscribe': '1996-01-01',
  });
});
