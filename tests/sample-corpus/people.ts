import type { MailClient } from '../support/build-mail.ts';

/** Somebody who writes or receives mail here. Nobody in this corpus exists; domains are those RFC 2606 keeps free. */
export interface Person {
  readonly name: string;
  readonly address: string;
  readonly client: Exclude<MailClient, 'mailman'>;
}

const PARTY = 'grand-estuaire.example';
const person = (name: string, address: string, client: Person['client']): Person => ({ name, address, client });

/** The four whose mailboxes are in the corpus. */
export const AURELIE = person('Aurélie Tisserand', `aurelie.tisserand@${PARTY}`, 'outlook');
export const BASTIEN = person('Bastien Corbelot', 'bastien.corbelot@courriel.example', 'gmail');
export const CLEMENCE = person('Clémence Vautrelle', `clemence.vautrelle@${PARTY}`, 'apple-mail');
export const DAMIEN = person('Damien Hirsoux', 'damien.hirsoux@lacourbe.example', 'thunderbird');

/** Those who write to them. */
export const EDITH = person('Édith Marnoël', `edith.marnoel@${PARTY}`, 'apple-mail');
export const FABRICE = person('Fabrice Nollant', `fabrice.nollant@${PARTY}`, 'outlook');
export const GWENOLA = person('Gwenola Percevaux', 'gwenola.percevaux@courriel.example', 'gmail');
export const PRINTER = person('Imprimerie Kerdavel', 'devis@kerdavel.example', 'outlook');
export const JOURNALIST = person('Solveig Aubrac', 's.aubrac@gazette-selvane.example', 'thunderbird');
export const HONORINE = person('Honorine Tallec', 'honorine.tallec@courriel.example', 'gmail');

/** Volunteers, who meet on the mailing list. */
export const MAELYS = person('Maëlys Oriande', 'maelys.oriande@lacourbe.example', 'thunderbird');
export const THEODORE = person('Théodore Quimbert', 'theodore.quimbert@lacourbe.example', 'thunderbird');
export const SIDONIE = person('Sidonie Falquer', 'sidonie.falquer@lacourbe.example', 'thunderbird');

/** Writes French at the office and uses her programs in Russian, as she may. */
export const KSENIA = person('Ksenia Ladova', 'ksenia.ladova@courriel.example', 'gmail');
export const KSENIA_IN_CYRILLIC = 'Ксения Ладова';

export const LIST = `benevoles@listes.${PARTY}`;

/** The hand that saved what was not its own; as made up as everybody else. */
export const STRANGER = 'Рожков Егор Павлович';
export const STRANGER_IN_LATIN = 'Egor Rozhkov';

export const mailboxOf = (p: Person): string => `${p.name} <${p.address}>`;
