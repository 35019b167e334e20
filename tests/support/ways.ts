import { address, text, time, type TestClaim } from './claims.ts';
import type { TestDoc } from './memory-evidence.ts';

export interface Delivery {
  readonly name: string;
  /** ISO 8601 with the sender's offset. */
  readonly sent: string;
  readonly program?: string;
  /** Newest first; none for a copy that the sender kept. */
  readonly hosts?: readonly string[];
  readonly id?: string;
  readonly from?: string;
  readonly more?: readonly TestClaim[];
}

/** A message of one sender, by one program over two servers unless it is said otherwise. */
export function delivery({
  name,
  sent,
  program = 'Thunderbird/52.0',
  hosts = ['mx1.b.example', 'out3.a.example'],
  id,
  from,
  more = [],
}: Delivery): TestDoc {
  const at = Date.parse(sent);
  return {
    name,
    mediaType: 'message/rfc822',
    claims: [
      address('party.from', 'Claire Moreau', from ?? 'claire@a.example'),
      time('time.sent', sent, { field: 'Date' }),
      text('id.message', id ?? `${name.replace(/\W/g, '')}.${at}@a.example`),
      ...(program === '' ? [] : [text('tool.mailer', program)]),
      ...hosts.map((h) => text('hop.by', h)),
      ...hosts.map((_, i) => time('time.received', new Date(at + (hosts.length - i) * 1000).toISOString())),
      ...more,
    ],
  };
}

/** `n` of them, so many hours apart, with what `of` adds to the one at each place. */
export const deliveries = (n: number, first: string, hours: number, of: (i: number) => Partial<Delivery> = () => ({})): TestDoc[] =>
  Array.from({ length: n }, (_, i) => {
    const name = `usual-${String(i).padStart(2, '0')}`;
    return delivery({ name, sent: new Date(Date.parse(first) + i * hours * 3_600_000).toISOString().replace(/\.000Z$/, 'Z'), ...of(i) });
  });
