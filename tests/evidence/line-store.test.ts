import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LineStore } from '../../src/evidence/line-store.ts';

let dir = '';
beforeEach(() => {
  dir = fs.mkdtempSync(join(os.tmpdir(), 'lines-'));
});
afterEach(() => fs.rmSync(dir, { recursive: true }));
const file = (): string => join(dir, 'evidence.lines');

it('gives each line back, whatever its letters, its length and the order in which it is asked for', () => {
  const store = LineStore.create(file());
  const lines = ['"a"', `"${'é'.repeat(20_000)}"`, '"Рошка"', '""', '"last"'];
  const places = lines.map((json, i) => store.append(i % 2 === 0 ? 'party.author' : 'time.sent', json));
  store.flush();
  expect(places.map((p) => store.read(p))).toEqual(lines);
  expect(store.readAll([4, 0, 1, 3, 2, 0].flatMap((i) => places[i] ?? []))).toEqual(['"last"', '"a"', lines[1], '""', '"Рошка"', '"a"']);
  store.close();
});

it('keeps lines of one kind together', () => {
  const store = LineStore.create(file());
  const places = Array.from({ length: 2000 }, (_, i) => store.append(i % 2 === 0 ? 'even' : 'odd', JSON.stringify(`line ${i}`)));
  store.flush();
  const even = places.filter((_, i) => i % 2 === 0);
  const apart = even.filter((p, i) => i > 0 && p.at !== (even[i - 1]?.at ?? 0) + (even[i - 1]?.length ?? 0));
  // 11,445 bytes: 2 KiB, 4 KiB, 8 KiB.
  expect(apart).toHaveLength(2);
  expect(store.readAll(places).map((json) => JSON.parse(json) as string)).toEqual(places.map((_, i) => `line ${i}`));
  store.close();
});

it('goes on where it ended when it is opened again', () => {
  const store = LineStore.create(file());
  const before = store.append('a', '"before"');
  store.flush();
  store.close();
  const again = LineStore.open(file());
  const after = again.append('a', '"after"');
  again.flush();
  expect([again.read(before), again.read(after)]).toEqual(['"before"', '"after"']);
  again.close();
});

it('says what to do when the file was cut', () => {
  const store = LineStore.create(file());
  const place = store.append('a', '"a line that is gone"');
  store.flush();
  fs.truncateSync(file(), 5);
  expect(() => store.read(place)).toThrow('the lines beside evidence.duckdb are cut off; delete evidence.duckdb and judge again');
  store.close();
});
