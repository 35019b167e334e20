const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** As sendmail 8.14 numbers what it takes at that moment. */
export function sendmailId(epochMs: number, serial: number): string {
  const d = new Date(epochMs);
  const parts = [(d.getUTCFullYear() - 1900) % 60, d.getUTCMonth(), d.getUTCDate(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds()];
  return `${parts.map((n) => DIGITS[n] ?? '').join('')}S${String(serial).padStart(6, '0')}`;
}

/** As Python's email.utils.make_msgid numbers what it makes at that moment. */
export const pythonMessageId = (epochMs: number, host: string): string => `<${String(Math.floor(epochMs / 10))}.4188.10442918820077142137@${host}>`;
