/** Control, format (bidi overrides, zero-width) and separator characters, and lone surrogates: what could forge a line of a terminal or of a report. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** One line that shows what is there: unprintable characters as escapes, `\n` and `\u202e`. For terminals and plain text. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (c) => {
    if (c === '\n') return '\\n';
    if (c === '\t') return ' ';
    return `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  });
}

/** At most `width` characters, with an ellipsis where it was cut. */
export const cut = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, width - 1)}…`);
