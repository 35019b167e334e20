import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/model/input.ts';
import { renderPath, sha256Of } from '../../src/model/provenance.ts';
import type { SegmentLine } from '../../src/model/segment.ts';
import { extractUnit } from '../../src/run/extract.ts';
import { NO_PASSWORDS, passwordListOf, type PasswordList } from '../../src/run/passwords.ts';
import { survey } from '../../src/run/plan.ts';
import { replay } from '../../src/run/replay.ts';
import { buildRar4, buildRar5 } from '../support/build-rar.ts';
import { buildZip } from '../support/build-zip.ts';
import { aesZip } from '../support/lock-zip.ts';

let dir = '';
beforeEach(() => void (dir = fs.mkdtempSync(join(os.tmpdir(), 'sets-'))));
afterEach(() => fs.rmSync(dir, { recursive: true }));

async function scanned(files: Readonly<Record<string, Uint8Array>>, passwords: PasswordList = NO_PASSWORDS): Promise<SegmentLine[]> {
  for (const [name, bytes] of Object.entries(files)) fs.writeFileSync(join(dir, name), bytes);
  const lines: SegmentLine[] = [];
  const { units } = await survey([dir], []);
  for (const unit of units)
    await extractUnit(unit, dir, {
      limits: DEFAULT_LIMITS,
      passwords: passwords.list,
      scratchDir: dir,
      contents: null,
      write: (line) => void lines.push(line),
      announce: () => undefined,
      skip: () => null,
    });
  return lines;
}

/** Provenance, outcome, and what was said of volumes and passwords. */
const told = (lines: readonly SegmentLine[]): unknown[] =>
  lines.flatMap((l) =>
    l.t !== 'artifact'
      ? []
      : [
          [
            renderPath(l.path),
            l.size,
            l.outcome.state === 'unread' ? l.outcome.why : l.outcome.state,
            ...lines.flatMap((c) =>
              c.t === 'claim' && c.artifact === l.id && (c.attribute === 'mark.volume' || c.attribute === 'mark.password') ? [c.value] : [],
            ),
          ],
        ],
  );
const problems = (lines: readonly SegmentLine[]): unknown[] => lines.flatMap((l) => (l.t === 'problem' ? [[l.code, l.message]] : []));

const shown = (path: string, passwords = NO_PASSWORDS): ReturnType<typeof replay> =>
  replay({ path, roots: [dir], labels: [''], limits: DEFAULT_LIMITS, passwords, claims: [], wantBytes: 100 });

const letter = Buffer.from(Array.from({ length: 200 }, (_, i) => `ligne ${i * i}`).join('\n'));
const whole = buildZip(
  [
    { name: 'a.txt', content: letter },
    { name: 'b.txt', content: 'hello' },
  ],
  'info-zip',
);

describe('a file cut into pieces', () => {
  const pieces = { 'x.zip.001': whole.subarray(0, 300), 'x.zip.002': whole.subarray(300, 700), 'x.zip.003': whole.subarray(700) };

  it('is read once, with the piece that opens it; every piece keeps its own digest', async () => {
    const lines = await scanned(pieces);
    expect(told(lines)).toEqual([
      ['x.zip.001!/zip:a.txt', letter.length, 'read'],
      ['x.zip.001!/zip:b.txt', 5, 'read'],
      ['x.zip.001', 300, 'read', 'volume 1 of 3; the members of all are listed here'],
      ['x.zip.002', 400, 'read', 'volume 2 of 3 of x.zip.001; its members are listed there'],
      ['x.zip.003', whole.length - 700, 'read', 'volume 3 of 3 of x.zip.001; its members are listed there'],
    ]);
    expect(problems(lines)).toEqual([]);
    const digests = lines.flatMap((l) => (l.t === 'artifact' && l.path.length === 1 ? [l.sha256] : []));
    expect(digests).toEqual(Object.values(pieces).map(sha256Of));
    expect(Buffer.from((await shown('x.zip.001!/zip:b.txt')).bytes).toString()).toBe('hello');
    expect((await shown('x.zip.001')).sha256).toBe(digests[0]);
  });

  it('says which piece is missing', async () => {
    const lines = await scanned({ 'x.zip.001': pieces['x.zip.001'], 'x.zip.003': pieces['x.zip.003'] });
    expect(problems(lines)).toContainEqual(['truncated', "the volume 'x.zip.002' is missing"]);
  });

  it('is as before where a piece stands alone', async () => {
    expect(told(await scanned({ 'x.zip.001': whole }))).toEqual([
      ['x.zip.001!/zip:a.txt', letter.length, 'read'],
      ['x.zip.001!/zip:b.txt', 5, 'read'],
      ['x.zip.001', whole.length, 'read'],
    ]);
  });
});

it('a split zip counts its offsets within each volume', async () => {
  // As Info-ZIP splits: the first member in volume 1, the second and the directory in the last; offsets count from each volume.
  const bytes = Buffer.from(whole);
  const second = bytes.indexOf('PK\u0003\u0004', 10, 'latin1');
  const directory = bytes.indexOf('PK\u0001\u0002', 0, 'latin1');
  const entry = bytes.indexOf('PK\u0001\u0002', directory + 4, 'latin1');
  const end = bytes.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  bytes.writeUInt16LE(1, entry + 34);
  bytes.writeUInt32LE(0, entry + 42);
  bytes.writeUInt16LE(1, end + 4);
  bytes.writeUInt16LE(1, end + 6);
  bytes.writeUInt32LE(directory - second, end + 16);
  const lines = await scanned({ 'x.z01': bytes.subarray(0, second), 'x.zip': bytes.subarray(second) });
  expect(problems(lines)).toEqual([]);
  expect(told(lines)).toEqual([
    ['x.z01', second, 'read', 'volume 1 of 2 of x.zip; its members are listed there'],
    ['x.zip!/zip:a.txt', letter.length, 'read'],
    ['x.zip!/zip:b.txt', 5, 'read'],
    ['x.zip', bytes.length - second, 'read', 'volume 2 of 2; the members of all are listed here'],
  ]);
});

describe.each([
  [4, buildRar4],
  [5, buildRar5],
] as const)('volumes of RAR %i', (_, build) => {
  const first = build(
    [
      { name: 'a.txt', content: 'one, ' },
      { name: 'b.txt', content: 'begin ', split: true },
    ],
    { volume: true },
  );
  const second = build(
    [
      { name: 'b.txt', content: 'and end', crc32: 0xc4e21b85, splitBefore: true },
      { name: 'c.txt', content: 'three' },
    ],
    { volume: true },
  );

  it('put a member together that begins in one and ends in the next', async () => {
    const lines = await scanned({ 'x.part1.rar': first, 'x.part2.rar': second });
    expect(told(lines).map((t) => (t as unknown[]).slice(0, 3))).toEqual([
      ['x.part1.rar!/rar:a.txt', 5, 'read'],
      ['x.part1.rar!/rar:b.txt', 13, 'read'],
      ['x.part1.rar!/rar:c.txt', 5, 'read'],
      ['x.part1.rar', first.length, 'read'],
      ['x.part2.rar', second.length, 'read'],
    ]);
    expect(problems(lines)).toEqual([]);
    expect(Buffer.from((await shown('x.part1.rar!/rar:b.txt')).bytes).toString()).toBe('begin and end');
  });

  it('leave a member closed whose next volume is missing', async () => {
    const lines = await scanned({ 'x.part1.rar': first, 'x.part3.rar': second });
    expect(problems(lines)).toEqual([
      ['truncated', "'b.txt' continues in another volume"],
      ['truncated', "'b.txt' continues in another volume"],
      ['truncated', "the volume 'x.part2.rar' is missing"],
    ]);
  });
});

describe('a list of passwords', () => {
  const list = passwordListOf('\ufefffalsch\r\n\r\n geheim \r\n');

  it('is one password a line; spaces belong to it, empty lines do not count', () => {
    expect(list.list).toEqual([
      { line: 1, text: 'falsch' },
      { line: 3, text: ' geheim ' },
    ]);
    expect(list.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(passwordListOf('falsch\n\n geheim \n').digest).toBe(list.digest);
    expect(passwordListOf('falsch\ngeheim\n').digest).not.toBe(list.digest);
    expect(passwordListOf('\n\r\n')).toEqual(NO_PASSWORDS);
  });

  it('opens what it fits, for a scan and for a replay, and is written nowhere', async () => {
    const archive = aesZip({ name: 'a.txt', content: letter, password: ' geheim ' });
    const lines = await scanned({ 'x.zip': archive }, list);
    expect(told(lines)).toEqual([
      ['x.zip!/zip:a.txt', letter.length, 'read', 'line 3 of the password file'],
      ['x.zip', archive.length, 'read'],
    ]);
    expect(JSON.stringify(lines)).not.toContain('geheim');
    expect((await shown('x.zip!/zip:a.txt', list)).size).toBe(letter.length);
    expect((await shown('x.zip!/zip:a.txt')).found).toBe(false);
  });
});
