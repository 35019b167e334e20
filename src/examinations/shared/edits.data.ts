/** Words that turn a sentence into its contrary, in the languages in which leaks are read most. Lower case. */
export const NEGATIONS: ReadonlySet<string> = new Set(
  (
    'no not never none nobody nothing nor without cannot neither ' +
    'ne pas non jamais aucun aucune rien sans ni personne ' +
    'nicht kein keine keinen keiner nie niemals nichts ohne weder ' +
    'no nunca jamás ningún ninguna nada sin tampoco ' +
    'non mai nessun nessuna niente senza né ' +
    'não nunca nenhum nenhuma sem ' +
    'niet geen nooit zonder ' +
    'nie nigdy żaden żadna bez ' +
    'не нет ни никогда никто ничего без нельзя ' +
    'ні немає ніколи ніхто нічого'
  ).split(' '),
);

/** Months and days of the week. Lower case; abbreviations of three letters and more of the first three languages. */
export const CALENDAR_WORDS: ReadonlySet<string> = new Set(
  (
    'january february march april june july august september october november december ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec ' +
    'monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri ' +
    'janvier février mars avril mai juin juillet août septembre octobre novembre décembre ' +
    'lundi mardi mercredi jeudi vendredi samedi dimanche ' +
    'januar februar märz juni juli august september oktober november dezember ' +
    'montag dienstag mittwoch donnerstag freitag samstag sonntag ' +
    'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ' +
    'lunes martes miércoles jueves viernes sábado domingo ' +
    'gennaio febbraio aprile maggio giugno luglio settembre ottobre novembre dicembre ' +
    'lunedì martedì mercoledì giovedì venerdì sabato domenica ' +
    'января февраля марта апреля мая июня июля августа сентября октября ноября декабря ' +
    'понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье'
  ).split(' '),
);

/** Banners of secrecy, put on top of a text to make it weigh more. Lower case. */
export const BANNERS: ReadonlySet<string> = new Set(
  (
    'confidential secret restricted classified noforn sensitive ' +
    'confidentiel confidentielle ' +
    'vertraulich geheim ' +
    'confidencial secreto ' +
    'riservato segreto ' +
    'poufne tajne ' +
    'конфиденциально секретно таємно'
  ).split(' '),
);
