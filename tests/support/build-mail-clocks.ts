import { createHash } from 'node:crypto';

/** 100 ns ticks between 1601-01-01 and 1970-01-01. */
const FILETIME_EPOCH = 116_444_736_000_000_000n;

/** Hex digits that look random and are the same in every run. */
export const hexOf = (seed: string, digits: number): string => createHash('sha256').update(seed).digest('hex').repeat(2).slice(0, digits);

const filetime = (epochMs: number): string => (BigInt(epochMs) * 10_000n + FILETIME_EPOCH).toString(16).padStart(16, '0').toUpperCase();

/** '<0017' + FILETIME in UTC as Outlook writes it: '<001701d2a6f8$6f0d0f60$4d272e20$@example.org>'. */
export function outlookMessageId(epochMs: number, domain: string, seed = ''): string {
  const t = filetime(epochMs).toLowerCase();
  return `<0017${t.slice(0, 8)}$${t.slice(8)}$${hexOf(`id${seed}`, 8)}$@${domain}>`;
}

/** Outlook's boundary counts LOCAL time: pass the sender's wall clock as if it were UTC. `number` is '000', '001', … inwards. */
export function outlookBoundary(localMs: number, number = 0): string {
  const t = filetime(localMs);
  return `----=_NextPart_${String(number).padStart(3, '0')}_0016_${t.slice(0, 8)}.${t.slice(8)}`;
}

/** 28 hex digits: zeros, 6 low and 8 high digits of microseconds since 1970, a counter. */
export function gmailBoundary(epochMs: number, counter = 0x18): string {
  const t = (BigInt(epochMs) * 1000n).toString(16).padStart(14, '0');
  return `000000000000${t.slice(8)}${t.slice(0, 8)}${counter.toString(16).padStart(2, '0')}`;
}

/** Queue id with milliseconds since 1970, as in 'with SMTP id g132mr11451425wma.92.1492503485636'. */
export const gmailSmtpId = (epochMs: number, seed = ''): string =>
  `g${parseInt(hexOf(`q${seed}`, 2), 16)}mr${parseInt(hexOf(seed, 6), 16)}wma.92.${epochMs}`;

/**
 * [MS-OXOMSG] 2.2.1.3 in the form that starts 'Ac' or 'Ad': top 48 bits of the FILETIME, 16 bytes of GUID, 5 bytes an answer:
 * its time as the distance from the one before, in units of 2^18 ticks.
 */
export function threadIndex(epochMs: number, seed = '', answers: readonly number[] = []): string {
  const head = Buffer.from(filetime(epochMs).slice(0, 12), 'hex');
  let before = BigInt(`0x${head.toString('hex')}`) << 16n;
  const blocks = answers.map((at) => {
    const delta = (BigInt(`0x${filetime(at)}`) - before) >> 18n;
    before += delta << 18n;
    const block = Buffer.alloc(5, 0x10);
    block.writeUInt32BE(Number(delta), 0);
    return block;
  });
  return Buffer.concat([head, Buffer.from(hexOf(`thread${seed}`, 32), 'hex'), ...blocks]).toString('base64');
}

/** 'X-OriginalArrivalTime: … FILETIME=[LOW:HIGH]' without the text in front. */
export function arrivalFiletime(epochMs: number): string {
  const t = filetime(epochMs);
  return `FILETIME=[${t.slice(8)}:${t.slice(0, 8)}]`;
}

/** 'F9AB3C1D-…', upper case, as Apple writes it. */
export function uuid(seed: string): string {
  const h = hexOf(`uuid${seed}`, 32);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20)}`.toUpperCase();
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number): string => String(n).padStart(2, '0');

/** RFC 5322: 'Mon, 27 Mar 2017 14:41:05 +0200'. */
export function mailDate(epochMs: number, offsetMinutes: number): string {
  const d = new Date(epochMs + offsetMinutes * 60_000);
  const a = Math.abs(offsetMinutes);
  const zone = `${offsetMinutes < 0 ? '-' : '+'}${two(Math.trunc(a / 60))}${two(a % 60)}`;
  const clock = `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`;
  return `${DAYS[d.getUTCDay()]}, ${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()} ${clock} ${zone}`;
}

/** asctime(3) in UTC: 'Mon Mar 27 12:41:05 2017'. */
export function envelopeDate(epochMs: number): string {
  const d = new Date(epochMs);
  const day = String(d.getUTCDate()).padStart(2, ' ');
  return `${DAYS[d.getUTCDay()]} ${MONTHS[d.getUTCMonth()]} ${day} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} ${d.getUTCFullYear()}`;
}
