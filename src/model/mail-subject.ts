/** What programs put in front of a subject when they answer or pass on, in their languages; 'Re[2]:', 'RE :'. */
const PREFIX =
  /^\s*(?:\[[^\]]{1,60}\]\s*)?(?:re|aw|sv|vs|antw?|rif|res|odp|ynt|ha|отв|fwd?|tr|wg|rv|enc|i|pd|doorst|vl|пер|пересл)\s?(?:\[\d{1,3}\]|\(\d{1,3}\))?\s?:\s*/iu;
const FORWARD = /^\s*(?:\[[^\]]{1,60}\]\s*)?(?:fwd?|tr|wg|rv|enc|i|pd|doorst|vl|пер|пересл)\s?(?:\[\d{1,3}\]|\(\d{1,3}\))?\s?:/iu;

const MOST_PREFIXES = 20;
const MOST_CHARACTERS = 500;

/** A subject without what answering and passing on put in front, in lower case, white space folded. */
export function subjectKey(subject: string): string {
  let text = subject.slice(0, MOST_CHARACTERS);
  for (let i = 0; i < MOST_PREFIXES; i++) {
    const rest = text.replace(PREFIX, '');
    if (rest === text) break;
    text = rest;
  }
  return text
    .normalize('NFC')
    .replace(/^\s*\[[^\]]{1,60}\]/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** Whether a subject says that the message passes another one on. */
export const isForward = (subject: string): boolean => FORWARD.test(subject.slice(0, MOST_CHARACTERS));
