import { expect, it } from 'vitest';
import { editsIn, extent } from '../../src/examinations/shared/edits.ts';

it.each([
  ['transfer 12,000', 'transfer 92,000', ['amount']],
  ['of €1 200', 'of €41 200', ['amount']],
  ['to FR7630006000011234567890189', 'to FR7630006000011234567890190', ['account']],
  ['on 12 March', 'on 14 March', ['date']],
  ['on 04.03.2015', 'on 07.03.2015', ['date']],
  ['le mardi', 'le jeudi', ['date']],
  ['at 10:30', 'at 11:30', ['date']],
  ['is urgent', 'is not urgent', ['negation']],
  ['мы согласны', 'мы не согласны', ['negation']],
  ['by Moreau', 'by Rozhkov', ['name']],
  ['to a@x.example', 'to b@x.example', ['address']],
  ['nice', 'kind', ['words']],
  ['Moreau 12', 'Petit 14', ['amount', 'name']],
  ['', 'begins CONFIDENTIAL', ['banner']],
  ['with care.', 'with “Care”', ['sign']],
])('%s / %s touches %j', (there, here, kinds) => {
  expect(editsIn({ there, here })).toEqual(kinds);
});

it('counts the words that changed, without the one that leads', () => {
  expect(extent({ there: 'transfer 12,000', here: 'transfer 92,000 at once' })).toBe(3);
  expect(extent({ there: '', here: 'lead three new words' })).toBe(3);
});
