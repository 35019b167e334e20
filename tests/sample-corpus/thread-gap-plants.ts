import { answerTo } from './correspondence.ts';
import type { Letter } from './letters.ts';
import type { Planted } from './mail-plants.ts';
import { AURELIE, BASTIEN } from './people.ts';

/** Four letters between two people, each an answer to the one before. */
function exchange(at: string, subject: string, [asked, ...answers]: readonly [string, string, string, string]): readonly Letter[] {
  const letters: Letter[] = [{ from: BASTIEN, to: [AURELIE], at: Date.parse(at), subject, body: `Bonjour Aurélie,\n\n${asked}\n\nBastien` }];
  for (const [i, words] of answers.entries()) {
    const last = letters.at(-1);
    if (last) letters.push(answerTo(last, i % 2 === 0 ? AURELIE : BASTIEN, last.at + 2_820_000 + i * 61_000, words));
  }
  return letters;
}

/** One letter in the middle of an exchange is gone from the mailboxes of both who had it. */
export function goneFromBoth(): Planted {
  const gone = exchange('2022-12-06T09:05:44Z', 'Clef de l’armoire', [
    'Qui garde la clef de l’armoire des procurations pendant les fêtes ?',
    'Moi, mais n’en parle pas à Damien, il compterait les enveloppes.',
    'Comme tu voudras, je ne dirai rien.',
    'Merci, je te la rends en janvier.',
  ]);
  const whole = exchange('2022-12-08T10:17:21Z', 'Guirlande du local', [
    'Qui décroche la guirlande du local après les fêtes ?',
    'Moi, avec l’échelle du voisin, si tu la tiens.',
    'Je la tiendrai, et je porte le carton.',
    'Merci, disons le premier lundi de janvier.',
  ]);
  return {
    posted: [
      ...gone.map((letter, i) => ({
        letter,
        ...(i === 1 ? { copies: { outlook: { absent: true }, gmail: { absent: true } } } : {}),
        ...(i === 2 ? { name: 'cupboard' } : {}),
      })),
      ...whole.map((letter, i) => ({ letter, ...(i === 2 ? { name: 'garland' } : {}) })),
    ],
    plants: (['gmail', 'outlook'] as const).map((box) => ({
      path: `cupboard@${box}`,
      twin: `garland@${box}`,
      rules: ['orphan-replies'],
      proposition: 'context',
      story:
        'The letter that this one answers was taken out of the mailboxes of both who had it; the letter before it and the one after it were left, and name it.',
    })),
  };
}
