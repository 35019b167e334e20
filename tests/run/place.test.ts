import { expect, it } from 'vitest';
import { placeOf } from '../../src/run/place.ts';

const at = (file: string, ...inner: readonly (readonly [string, string])[]): string =>
  placeOf([{ opener: 'corpus', key: file }, ...inner.map(([opener, key]) => ({ opener, key }))]);

it.each([
  ['a folder', at('mail/a.eml'), 'mail'],
  ['the root', at('a.eml'), '.'],
  ['a Maildir', at('claire/cur/1.M1.host:2,S'), 'claire'],
  ['an archive', at('a.zip', ['zip', 'x/y.docx']), 'a.zip!/zip:x'],
  ['a mailbox of one file', at('a.mbox', ['mbox', '@0']), 'a.mbox'],
])('is the place around: %s', (_, found, place) => expect(found).toBe(place));

it('is one place for all messages that Apple Mail keeps of one mailbox', () => {
  const box = 'Mail/V10/INBOX.mbox/0F0E';
  expect(at(`${box}/Data/Messages/1.emlx`, ['emlx', '1'])).toBe(box);
  expect(at(`${box}/Data/3/1/Messages/13001.partial.emlx`, ['emlx', '1'])).toBe(box);
  expect(at(`${box}/Data/3/1/Messages/13001.partial.emlx`)).toBe(box);
  expect(at('Messages/1.emlx', ['emlx', '1'])).toBe('Messages');
  expect(at('a.zip', ['zip', 'Messages/1.emlx'], ['emlx', '1'])).toBe('a.zip!/zip:Messages');
});
