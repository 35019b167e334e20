/** Names of months from January on, as attribution lines of mail programs write them in full; without accents, lower case. Shortened ones are their beginnings. */
export const MONTHS: readonly (readonly string[])[] = [
  'january janvier januar enero gennaio января январь janeiro januari stycznia styczen',
  'february fevrier februar febrero febbraio февраля февраль fevereiro februari lutego luty',
  'march mars marz maerz marzo марта март marco maart marca marzec mrz',
  'april avril abril aprile апреля апрель kwietnia kwiecien',
  'may mai mayo maggio мая май maio mei maja maj',
  'june juin juni junio giugno июня июнь junho czerwca czerwiec',
  'july juillet juli julio luglio июля июль julho lipca lipiec',
  'august aout agosto августа август augustus sierpnia sierpien',
  'september septembre septiembre settembre сентября сентябрь setembro wrzesnia wrzesien',
  'october octobre oktober octubre ottobre октября октябрь outubro pazdziernika pazdziernik',
  'november novembre noviembre ноября ноябрь novembro listopada listopad',
  'december decembre dezember diciembre dicembre декабря декабрь dezembro grudnia grudzien',
].map((names) => names.split(' '));

/** The lines that Outlook, and those who imitate it, put on top of what they repeat: their names in its languages, as alternatives of an expression. */
export const HEADER_NAMES = {
  from: 'from|de|von|da|van|från|od|от',
  sent: 'sent|date|envoyé(?: le)?|gesendet|datum|inviato|enviad[oa](?: el| em)?|fecha|data|verzonden|skickat|wysłan[oaey]|отправлено|дата',
  to: 'to|à|an|a|para|aan|till|do|кому',
  subject: 'subject|objet|betreff|oggetto|asunto|assunto|onderwerp|ämne|temat|тема',
} as const;
