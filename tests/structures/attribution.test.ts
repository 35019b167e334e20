import { describe, expect, it } from 'vitest';
import { attributedTimes, isAttribution } from '../../src/model/attribution.ts';

const times = (line: string): string[] => attributedTimes(line).map((m) => new Date(m * 60_000).toISOString().slice(0, 16));

describe('attribution lines', () => {
  it.each([
    ['Gmail, English', 'On Mon, 3 Apr 2017 at 10:12, Claire Moreau <claire@example.org> wrote:'],
    ['Gmail, American', 'On Mon, Apr 3, 2017 at 10:12 AM, Claire Moreau <claire@example.org> wrote:'],
    ['Gmail, French', 'Le lun. 3 avr. 2017 à 10:12, Claire Moreau <claire@example.org> a écrit :'],
    ['Gmail, German', 'Am Mo., 3. Apr. 2017 um 10:12 Uhr schrieb Claire Moreau <claire@example.org>:'],
    ['Gmail, Spanish', 'El lun, 3 abr 2017 a las 10:12, Claire Moreau (<claire@example.org>) escribió:'],
    ['Gmail, Italian', 'Il giorno lun 3 apr 2017 alle ore 10:12 Claire Moreau <claire@example.org> ha scritto:'],
    ['Gmail, Portuguese', 'Em seg., 3 de abr. de 2017 às 10:12, Claire Moreau <claire@example.org> escreveu:'],
    ['Gmail, Russian', 'пн, 3 апр. 2017 г. в 10:12, Claire Moreau <claire@example.org>:'],
    ['Gmail, Russian, before', '3 апреля 2017 г., 10:12 пользователь Claire Moreau <claire@example.org> написал:'],
    ['Gmail, Dutch', 'Op ma 3 apr. 2017 om 10:12 schreef Claire Moreau <claire@example.org>:'],
    ['Gmail, Polish', 'pon., 3 kwi 2017 o 10:12 Claire Moreau <claire@example.org> napisał(a):'],
    ['Thunderbird, ISO', 'On 2017-04-03 10:12, Claire Moreau wrote:'],
    ['Apple Mail', 'Le 3 avr. 2017 à 10:12, Claire Moreau <claire@example.org> a écrit :'],
    ['Apple Mail, American', 'On Apr 3, 2017, at 10:12 AM, Claire Moreau <claire@example.org> wrote:'],
  ])('%s', (_, line) => {
    expect(isAttribution(line)).toBe(true);
    expect(times(line)).toEqual(['2017-04-03T10:12']);
  });
  it.each([
    ['Monday, April 3, 2017 10:12 AM', ['2017-04-03T10:12']],
    ['lundi 3 avril 2017 10:12', ['2017-04-03T10:12']],
    ['Montag, 3. April 2017 10:12', ['2017-04-03T10:12']],
    ['понедельник, 3 апреля 2017 г. 10:12', ['2017-04-03T10:12']],
    ['poniedziałek, 3 kwietnia 2017 10:12', ['2017-04-03T10:12']],
    ['Mon, 3 Apr 2017 22:12:40 +0200', ['2017-04-03T22:12']],
    ['3 août 2017 à 9h05', ['2017-08-03T09:05']],
    ['April 3, 2017 12:05 AM', ['2017-04-03T00:05']],
    ['03/04/2017 10:12', ['2017-04-03T10:12', '2017-03-04T10:12']],
    ['23.04.17 10:12', ['2017-04-23T10:12']],
  ])('times: %s', (line, wanted) => expect(times(line)).toEqual(wanted));
  it.each([
    ['no time of day', '3 April 2017'],
    ['no year', '3 April, 10:12'],
    ['no such day', '31 April 2017 10:12'],
    ['the beginning of two months', '3 jui 2017 10:12'],
    ['no month', '3 Personen 2017 10:12'],
    ['no such hour', '3 April 2017 29:12'],
    ['a time alone', 'at 10:12'],
    ['nothing', ''],
  ])('no time: %s', (_, line) => expect(times(line)).toEqual([]));
  it('leaves sentences alone', () => {
    expect(isAttribution('He came at 10:12 and left:')).toBe(false);
    expect(isAttribution('She wrote: come.')).toBe(false);
    expect(isAttribution(`${'x'.repeat(300)} wrote:`)).toBe(false);
  });
});
