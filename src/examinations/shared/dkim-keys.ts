import type { DkimKey, DkimKeys } from '../../model/dkim-key.ts';
import { parseIso } from '../../model/time.ts';

/** A file of keys that the operator gave us and that makes no sense. */
export class KeyFileError extends Error {}

const DOMAINKEY = '._domainkey.';

const nameOf = (name: string): string => name.trim().replace(/\.$/, '').toLowerCase();
const key = (name: string, record: string, more: Partial<DkimKey> = {}): DkimKey => ({
  name: nameOf(name),
  record,
  from: null,
  until: null,
  source: '',
  ...more,
});

function timeOf(value: unknown, name: string, end: boolean): number | null {
  if (value === undefined || value === null || value === '') return null;
  const time = typeof value === 'string' ? parseIso(value) : null;
  if (!time) throw new KeyFileError(`${name}: '${JSON.stringify(value).slice(0, 60)}' is no date`);
  if (time.kind === 'instant') return time.epochMs;
  return Date.parse(`${time.local}Z`) + (end && time.precisionMs >= 86_400_000 ? 86_399_999 : 0);
}

function fromJson(text: string): DkimKey[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new KeyFileError('is no JSON');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new KeyFileError('an object of names and records is wanted');
  return Object.entries(parsed).flatMap(([name, said]: [string, unknown]) =>
    (Array.isArray(said) ? (said as unknown[]) : [said]).map((one): DkimKey => {
      if (typeof one === 'string') return key(name, one);
      if (typeof one !== 'object' || one === null || !('value' in one) || typeof one.value !== 'string')
        throw new KeyFileError(`${name.slice(0, 100)}: a record, or an object with "value" is wanted`);
      const { value, from, until, source } = one as { value: string; from?: unknown; until?: unknown; source?: unknown };
      return key(name, value, {
        from: timeOf(from, name, false),
        until: timeOf(until, name, true),
        source: typeof source === 'string' ? source : '',
      });
    }),
  );
}

/** 'a "b" "c"' as a TXT record holds it: the strings in a row, or the bare text. RFC 1035 section 5.1. */
export function txtOf(data: string): string {
  const strings = [...data.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map((m) => (m[1] ?? '').replace(/\\(.)/gs, '$1'));
  return strings.length > 0 ? strings.join('') : data.trim().replace(/\\;/g, ';');
}

/** Lines of a zone file, those in brackets joined, comments out. */
function* zoneLines(text: string): Iterable<string> {
  let held = '';
  let depth = 0;
  for (const raw of text.split(/\r?\n/)) {
    let line = '';
    for (const [piece] of raw.matchAll(/"(?:[^"\\]|\\.)*"|\\.|[^"\\]/gs)) {
      if (piece === ';') break;
      if (piece === '(') depth++;
      else if (piece === ')') depth = Math.max(0, depth - 1);
      else line += piece;
    }
    held += depth > 0 || held !== '' ? `${line} ` : line;
    if (depth > 0) continue;
    if (held.trim() !== '') yield held;
    held = '';
  }
  if (held.trim() !== '') yield held;
}

const ZONE_LINE = /^(\S+)\s+(?:\d+\w?\s+)?(?:IN\s+)?(?:\d+\w?\s+)?TXT\s+(.*)$/is;

function fromZone(text: string): DkimKey[] {
  let origin = '';
  const keys: DkimKey[] = [];
  for (const line of zoneLines(text)) {
    const directive = /^\$ORIGIN\s+(\S+)/i.exec(line.trim());
    if (directive?.[1]) origin = nameOf(directive[1]);
    const m = ZONE_LINE.exec(line.trimEnd());
    if (!m?.[1] || m[2] === undefined) continue;
    const name = m[1].endsWith('.') || origin === '' ? m[1] : `${m[1]}.${origin}`;
    keys.push(key(name, txtOf(m[2])));
  }
  return keys;
}

/** 'name<TAB>record' a line. */
const fromTable = (text: string): DkimKey[] =>
  text.split(/\r?\n/).flatMap((line) => {
    const tab = line.indexOf('\t');
    return tab === -1 || line.startsWith('#') ? [] : [key(line.slice(0, tab), txtOf(line.slice(tab + 1)))];
  });

/** A single file that its name says is one record: 'selector._domainkey.example.org.txt'. */
export function keyOfFile(fileName: string, text: string): DkimKey | null {
  const name = nameOf(fileName.replace(/\.txt$/i, ''));
  return name.includes(DOMAINKEY)
    ? key(
        name,
        txtOf(
          text
            .split(/\r?\n/)
            .map((line) => line.trim())
            .join(' '),
        ),
      )
    : null;
}

/**
 * Keys as people keep them: JSON (name to record, or to a list of {value, from, until, source}), lines of a zone file, or
 * 'name<TAB>record'. Records of other names (SPF, DMARC) are left out. Throws a {@link KeyFileError} where nothing is found.
 */
export function parseDkimKeys(text: string): DkimKey[] {
  const clean = text.replace(/^\ufeff/, '');
  const found = /^\s*\{/.test(clean) ? fromJson(clean) : /^\S+\t\s*"?(?:[vkpnsth]\s*=)/m.test(clean) ? fromTable(clean) : fromZone(clean);
  const keys = found.filter((k) => k.name.includes(DOMAINKEY));
  if (keys.length === 0) throw new KeyFileError("holds no record of a name with '._domainkey.' in it");
  return keys;
}

/** By name, each record once, in the order in which they were given. */
export function keysByName(keys: readonly DkimKey[]): DkimKeys {
  const byName = new Map<string, DkimKey[]>();
  for (const k of keys) {
    const list = byName.get(k.name) ?? [];
    if (!list.some((o) => o.record === k.record && o.from === k.from && o.until === k.until)) list.push(k);
    byName.set(k.name, list);
  }
  return byName;
}
