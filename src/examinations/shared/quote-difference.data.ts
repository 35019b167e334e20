/** Words that turn a sentence round, in the languages of the mail that people read here. Lower case. */
export const NEGATIONS: ReadonlySet<string> = new Set(
  (
    "not no never none nothing nobody without cannot can't don't doesn't didn't won't isn't aren't wasn't weren't shouldn't wouldn't couldn't haven't hasn't hadn't mustn't " +
    'pas jamais rien aucun aucune sans ni nicht nie niemals kein keine keinen keiner keinem ohne nichts ' +
    'no nunca jamás sin ningún ninguna nada non senza nessuno nessuna não nunca sem niet geen nooit zonder ' +
    'не нет никогда нельзя без ничего никто'
  ).split(' '),
);

/** Months and days of the week in full or as programs cut them. Lower case. */
export const CALENDAR: ReadonlySet<string> = new Set(
  (
    'january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday ' +
    'tomorrow yesterday today demain hier ' +
    'janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche ' +
    'januar februar märz juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag morgen gestern heute ' +
    'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo ' +
    'января февраля марта апреля мая июня июля августа сентября октября ноября декабря ' +
    'понедельник вторник среда четверг пятница суббота воскресенье завтра вчера сегодня'
  ).split(' '),
);

/** Names and signs of money beside its sum. Lower case. */
export const MONEY: ReadonlySet<string> = new Set(
  '€ $ £ ¥ eur euro euros usd dollar dollars gbp pound pounds chf franc francs rub rouble roubles ruble rubles рублей рубля евро долларов million millions milliard milliards billion thousand mille'.split(
    ' ',
  ),
);
