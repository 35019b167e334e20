/**
 * Lines that gateways put on top of messages from outside. A whole line must match, so that a sentence which merely begins
 * with such a word is kept. Each pattern is anchored and bounded.
 */
export const BANNER_LINES: readonly RegExp[] = [
  /^\W{0,8}(?:external|externe|extern|externo|esterno|внешн\p{L}{1,4})(?: (?:e-?mail|mail|sender|message|courriel))?\W{0,8}$/iu,
  /^\W{0,8}(?:caution|warning|attention|achtung|prudence|be careful)\b.{0,40}\b(?:external|externe[sn]?|extern|outside|extérieur)\b.{0,200}$/iu,
  /^\W{0,8}(?:this (?:e-?mail|message) (?:originated|came|was sent) from outside|ce (?:message|courriel|mail) (?:provient|a été envoyé) de l'extérieur|diese (?:e-?mail|nachricht) stammt von außerhalb)\b.{0,200}$/iu,
  /^do not click (?:on )?(?:any )?links? or open attachments? unless\b.{0,160}$/iu,
];

/** The same mark at the head of a line of text: the mark goes, the text stays. */
export const BANNER_MARK = /^[[(*]{1,3}\s?(?:external|externe|extern)(?: (?:e-?mail|mail|sender))?\s?[\])*]{1,3}:?\s*/iu;

/** Typography that mail programs exchange for one another in transit. */
export const TYPOGRAPHY: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201a\u201b]/g, "'"],
  [/[\u201c\u201d\u201e\u201f]/g, '"'],
  [/[\u2010\u2011]/g, '-'],
  [/\u2026/g, '...'],
  [/[\u00ad\u200b-\u200d\u2060\ufeff]/g, ''],
];
