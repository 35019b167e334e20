import { expect, it } from 'vitest';
import { encapsulatedText } from '../../src/structures/rtf/encapsulated.ts';

const textOf = (rtf: string): unknown => {
  const { type, text } = encapsulatedText(Buffer.from(rtf, 'latin1'));
  return [type, text];
};
const HEAD =
  '{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204 Arial Cyr;}{\\f2\\fcharset128 Gothic;}}{\\colortbl;\\red0;}{\\*\\generator Riched20;}';

it.each([
  ['paragraphs and signs', `${HEAD}\\pard Bonjour\\par l\\rquote\\'e9t\\'e9 \\{1\\}\\tab x\r\ny}`, ['text/rtf', 'Bonjour\nl\u2019été {1}\txy']],
  ['code pages of fonts', `${HEAD}\\f1 \\'cf\\'f0\\'e8\\'e2\\'e5\\'f2\\f0 \\'e9{\\f2 \\'93\\'fa\\'96\\'7b}}`, ['text/rtf', 'Приветé日本']],
  ['a second byte that looks like a letter', `${HEAD}\\f2 \\'83e}`, ['text/rtf', 'テ']],
  ['Unicode with its fallback', `${HEAD}\\uc1\\u1055?\\u-1234\\'3f{\\uc0\\u233}z}`, ['text/rtf', `П${String.fromCharCode(64302)}éz`]],
  ['plain text in RTF', '{\\rtf1\\ansi\\fromtext {\\fonttbl{\\f0 A;}}\\pard un\\par deux}', ['text/plain', 'un\ndeux']],
  [
    'HTML in RTF',
    '{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}\\htmlrtf {\\f1 \\htmlrtf0 A {\\*\\htmltag84 &lt;}\\htmlrtf <\\htmlrtf0 B\\htmlrtf\\par}\\htmlrtf0{\\*\\mhtmltag72 no}{\\*\\htmltag72 </p>}}',
    ['text/html', '<p>A &lt;B</p>'],
  ],
  ['binary data', `${HEAD}a{\\pict\\bin5 }}}}}}b\\bin3 {{{c}`, ['text/rtf', 'abc']],
  ['nothing at all', '', ['text/rtf', '']],
  ['groups nobody opened', '}}}a\\', ['text/rtf', 'a']],
] as const)('reads %s', (_, rtf, expected) => expect(textOf(rtf)).toEqual(expected));

it('does not follow groups without end', () => {
  const began = performance.now();
  expect(encapsulatedText(Buffer.from('{\\rtf1 a' + '{'.repeat(200_000)))).toMatchObject({ text: 'a', tooDeep: true });
  expect(encapsulatedText(Buffer.from('{\\rtf1 ' + "\\'e9{}".repeat(100_000))).text).toHaveLength(100_000);
  expect(performance.now() - began).toBeLessThan(2000);
});
