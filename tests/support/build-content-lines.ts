/** Folds at 75 bytes, as RFC 5545 section 3.1 and RFC 6350 section 3.2 ask, between letters. */
function folded(line: string): string {
  const out: string[] = [];
  let current = '';
  for (const letter of line) {
    if (Buffer.byteLength(current + letter) > 75) {
      out.push(current);
      current = ' ';
    }
    current += letter;
  }
  return [...out, current].join('\r\n');
}

const escaped = (text: string): string => text.replace(/[\\,;]/g, '\\$&').replaceAll('\n', '\\n');
const fileOf = (lines: readonly string[]): Uint8Array => Buffer.from(`${lines.map(folded).join('\r\n')}\r\n`);

/** Lines of a component: names with their parameters to values; values are escaped. 'ATTENDEE;CN=Paul': 'mailto:paul@example.org'. */
export type Properties = Readonly<Record<string, string>>;

const linesOf = (properties: Properties): string[] => Object.entries(properties).map(([name, value]) => `${name}:${escaped(value)}`);

/** An address book of these cards, vCard 3.0. */
export const buildVcard = (...cards: readonly Properties[]): Uint8Array =>
  fileOf(cards.flatMap((card) => ['BEGIN:VCARD', 'VERSION:3.0', ...linesOf(card), 'END:VCARD']));

/** A calendar of these events; `calendar` are its own lines: PRODID, METHOD. */
export const buildCalendar = (calendar: Properties, ...events: readonly Properties[]): Uint8Array =>
  fileOf([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...linesOf(calendar),
    ...events.flatMap((event) => ['BEGIN:VEVENT', ...linesOf(event), 'END:VEVENT']),
    'END:VCALENDAR',
  ]);
