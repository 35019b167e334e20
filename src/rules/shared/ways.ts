import type { Subject } from '../../model/evidence.ts';

/** What tells by which program and over which servers a message came. */
export const WAY_CLAIMS = ['tool.mailer', 'tool.message', 'id.message', 'hop.by', 'mark.relayed'] as const;
type Read = (typeof WAY_CLAIMS)[number];

const LONGEST = 200;

/** Hosts of one farm, told apart by numbers and by what stands in front, are one: 'mx#.google.com', 'prod.outlook.com'. */
function farmOf(host: string | undefined): string {
  if (host === undefined) return '';
  if (/^[\d.:a-f]+$/.test(host)) return 'number';
  return host.split('.').slice(-3).join('.').replace(/\d+/g, '#');
}

/** The form of a Message-ID: which program's it is, or its signs between letters and digits; and the organisation that numbers. */
function idForm(id: string, program: string | undefined): string {
  const at = id.lastIndexOf('@');
  const domain = id
    .slice(at + 1)
    .toLowerCase()
    .split('.')
    .slice(-2)
    .join('.');
  return `${
    program ??
    id
      .slice(0, Math.max(0, at))
      .slice(0, LONGEST)
      .replace(/[A-Za-z0-9]+/g, 'x')
  }@${domain}`;
}

/** The program that a message names, in its own words; '' for one that names none. */
export const programOf = (m: Subject<'tool.mailer'>): string =>
  m
    .claims('tool.mailer')
    .map((c) => c.value ?? '')
    .join(' | ')
    .slice(0, LONGEST);

/**
 * Equal for messages that one program of one sender made and that came over the same servers, first and last, with the same kinds
 * of relays in between: what differs between two such messages no change of program, of provider or of direction explains. A
 * message that no server handled has a way of its own: copies that senders keep.
 */
export function wayOf(m: Subject<Read>): string {
  const hosts = m.claims('hop.by').map((c) => c.value ?? '');
  const number = m.claims('tool.message').find((c) => c.field === 'Message-ID')?.value ?? undefined;
  const relays = [...new Set(m.claims('mark.relayed').map((c) => c.value ?? ''))].sort();
  return [programOf(m), idForm(m.claims('id.message')[0]?.value ?? '', number), farmOf(hosts[0]), farmOf(hosts.at(-1)), ...relays].join('\n');
}
