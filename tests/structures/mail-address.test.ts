import { describe, expect, it } from 'vitest';
import { parseAddresses } from '../../src/structures/mail/address.ts';

const seen = (text: string): string[] => parseAddresses(text).map((a) => `${a.name}|${a.mailbox}`);

describe('parseAddresses', () => {
  it.each([
    ['a@example.org', ['|a@example.org']],
    ['Ann Example <Ann@Example.ORG>, b@example.org', ['Ann Example|ann@example.org', '|b@example.org']],
    ['"Example, Ann" <a@example.org>', ['Example, Ann|a@example.org']],
    ['"Say \\"hi\\"" <a@example.org>', ['Say "hi"|a@example.org']],
    ['a@example.org (Ann (the first))', ['Ann (the first)|a@example.org']],
    ['=?iso-8859-1?Q?Andr=E9?= Example <a@example.org>', ['André Example|a@example.org']],
    ['=?koi8-r?B?6dfBzg==?= <i@example.org>', ['Иван|i@example.org']],
    ['Team: a@example.org, Bo <b@example.org>;, c@example.org', ['|a@example.org', 'Bo|b@example.org', '|c@example.org']],
    ['undisclosed-recipients:;', []],
    ['Ann; Bo <b@example.org>', ['Ann|', 'Bo|b@example.org']],
    ['"john doe"@example.org', ['|"johndoe"@example.org']],
    ['<@relay.example.org:a@example.org>', ['|a@example.org']],
    ['"unclosed <a@example.org>', ['"unclosed|a@example.org']],
    ["Ann O'Hara <a@example.org", ["|anno'hara<a@example.org"]],
    ['', []],
  ])('%s', (text, expected) => expect(seen(text)).toEqual(expected));

  it('keeps each as written', () => {
    expect(parseAddresses(' Ann <A@Example.org> ,b@example.org').map((a) => a.raw)).toEqual(['Ann <A@Example.org>', 'b@example.org']);
  });

  it.each(['(', '"', '<', '=?', ':', ',', '<a', '"\\', '(\\'])('is linear in a header full of %s', (c) => {
    const began = performance.now();
    parseAddresses(c.repeat(400_000));
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});
