import { describe, expect, it } from 'vitest';
import { burstsOf, type Saving } from '../../src/examinations/shared/bursts.ts';
import { saveEvents } from '../../src/examinations/save-events.ts';
import { text, time } from '../support/claims.ts';
import { examine } from '../support/examination-test.ts';
import { idOf, type TestDoc } from '../support/memory-evidence.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const doc = (name: string, modified: string, who?: string, options: { language?: string; application?: string; bytes?: string } = {}): TestDoc => ({
  name,
  mediaType: XLSX,
  ...(options.bytes === undefined ? {} : { bytes: options.bytes }),
  claims: [
    time('time.modified', modified),
    text('tool.application', options.application ?? 'Microsoft Excel'),
    text('tool.version', '16.0300'),
    text('locale.saved', options.language ?? 'ru'),
    ...(who === undefined ? [] : [text('identity.key', who, { basis: 'observed' })]),
  ],
});
const events = async (...docs: TestDoc[]) => {
  const { seen, problems } = await examine(saveEvents, docs);
  expect(problems).toEqual([]);
  return Object.fromEntries(seen.map((s) => [s.about, s.value]));
};
const alone = (d: TestDoc) => `save:${idOf(d)}`;
const BURST = 'save:rozhkov egor p:2017-03-27T12:41Z';

describe('save events', () => {
  it('gives one name to a burst, its unnamed half included', async () => {
    const docs = [
      doc('1', '2017-03-27T12:41:05Z', 'rozhkov egor p'),
      doc('2', '2017-03-27T12:42:00Z'),
      doc('3', '2017-03-27T12:43:00Z', 'rozhkov egor p'),
      doc('4', '2017-03-27T12:45:00Z'),
    ];
    expect(await events(...docs)).toEqual({ 1: BURST, 2: BURST, 3: BURST, 4: BURST });
  });

  it('lets what another program or language saved stand alone', async () => {
    const other = [
      doc('3', '2017-03-27T12:43:00Z', undefined, { language: 'fr' }),
      doc('4', '2017-03-27T12:44:00Z', undefined, { application: 'LibreOffice' }),
    ] as const;
    const docs = [doc('1', '2017-03-27T12:41:05Z', 'rozhkov egor p'), doc('2', '2017-03-27T12:42:00Z'), doc('5', '2017-03-27T12:44:30Z'), ...other];
    expect(await events(...docs)).toEqual({ 1: BURST, 2: BURST, 5: BURST, 3: alone(other[0]), 4: alone(other[1]) });
  });

  it('gives the unnamed to nobody where two people saved', async () => {
    const docs = [
      doc('1', '2017-03-27T12:41:00Z', 'a'),
      doc('2', '2017-03-27T12:42:00Z', 'b'),
      doc('3', '2017-03-27T12:43:00Z'),
      doc('4', '2017-03-27T12:44:00Z'),
      doc('5', '2017-03-27T12:45:00Z'),
    ];
    const seen = await events(...docs);
    expect([seen['1'], seen['2']]).toEqual(docs.slice(0, 2).map(alone));
    expect([seen['3'], seen['4'], seen['5']]).toEqual(Array(3).fill('save:?Microsoft Excel 16.0300 ru spreadsheet:2017-03-27T12:43Z'));
  });

  it('takes two savings, or three in eleven minutes, for acts of their own', async () => {
    const docs = [doc('1', '2017-03-27T12:41:00Z', 'a'), doc('2', '2017-03-27T12:45:00Z', 'a'), doc('3', '2017-03-27T12:52:00Z', 'a')];
    expect(await events(...docs)).toEqual({ 1: alone(docs[0] as TestDoc), 2: alone(docs[1] as TestDoc), 3: alone(docs[2] as TestDoc) });
  });

  it('counts copies of one file once, and gives them one name with the burst', async () => {
    const copies = [
      doc('a', '2017-03-27T12:41:00Z', 'x', { bytes: 'same' }),
      doc('b', '2017-03-27T12:41:00Z', 'x', { bytes: 'same' }),
      doc('c', '2017-03-27T12:42:00Z', 'x'),
    ];
    expect(await events(...copies)).toEqual({ a: alone(copies[0] as TestDoc), b: alone(copies[1] as TestDoc), c: alone(copies[2] as TestDoc) });
    const seen = await events(...copies, doc('d', '2017-03-27T12:43:00Z', 'x'));
    expect(new Set(Object.values(seen))).toEqual(new Set(['save:x:2017-03-27T12:41Z']));
  });

  it('takes the last of several times, and none of a template', async () => {
    const revised: TestDoc = { name: 'r', claims: [time('time.modified', '2015-01-01T00:00:10Z'), time('time.modified', '2017-03-27T12:41:00Z')] };
    const template: TestDoc = { name: 't', claims: [time('time.modified', '2006-09-16T00:00:00Z')] };
    const wall: TestDoc = { name: 'w', claims: [time('time.modified', '2017-03-27T12:41:00')] };
    expect(await events(revised, template, wall)).toEqual({ r: alone(revised) });
  });

  it('leaves parts to their documents', async () => {
    const whole = doc('whole', '2017-03-27T12:41:00Z');
    const part: TestDoc = { name: 'image1.jpeg', inside: whole, part: true, claims: [time('time.modified', '2016-01-01T10:00:00Z')] };
    expect(Object.keys(await events(whole, part))).toEqual(['whole']);
  });

  it('ends an act after an hour: who saves longer works', () => {
    const savings = Array.from({ length: 40 }, (_, i): Saving => ({
      at: Date.UTC(2017, 2, 27, 8) + i * 240_000,
      content: String(i),
      identity: 'a',
      fingerprint: 'x',
    }));
    expect([...new Set(burstsOf(savings))]).toEqual(['save:a:2017-03-27T08:00Z', 'save:a:2017-03-27T09:04Z', 'save:a:2017-03-27T10:08Z']);
  });

  it('stays fast where a machine saved everything at once', () => {
    const savings = Array.from({ length: 20_000 }, (_, i): Saving => ({
      at: 1e12 + i,
      content: String(i),
      identity: i % 2 ? null : 'a',
      fingerprint: 'x',
    }));
    const started = performance.now();
    expect(new Set(burstsOf(savings)).size).toBe(1);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
