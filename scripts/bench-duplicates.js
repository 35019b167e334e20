/**
 * Near-duplicates in mailboxes of 10,000, 30,000 and 100,000 messages with 30 planted families: `npm run bench:duplicates [-- <messages> …]`.
 * Prints the seconds of the examination for each size, by message, and how many of the families were found. Fails when one is missed.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { built, scanned, seeded, sizes, wordOf } from './bench-mail.js';

const { nearDuplicates } = await built('examinations/near-duplicates.js');

const FAMILIES = 30;
const MAILBOXES = 10;

const chance = seeded(17);
const VOCABULARY = Array.from({ length: 8000 }, () => wordOf(chance));
/** Few words are frequent and many are rare, as in any language. */
const word = () => VOCABULARY[Math.floor(VOCABULARY.length * chance() ** 3)];
const sentence = () => `${Array.from({ length: 6 + Math.floor(chance() * 14) }, word).join(' ')}.`;
const prose = (words) => {
  const lines = [];
  for (let n = 0; n < words;) {
    const line = sentence();
    lines.push(line);
    n += line.split(' ').length;
  }
  return lines;
};
const DISCLAIMERS = Array.from({ length: 4 }, () => prose(90).join('\n'));

/** Each family: one letter and one to three more that differ from it in a sum, a name, a day or a denial. */
const planted = Array.from({ length: FAMILIES }, (_, f) => {
  const lines = prose(80 + 20 * (f % 10));
  const at = Math.floor(lines.length / 2);
  const version = (sum, name, day, denies) => [
    ...lines.slice(0, at),
    `Please transfer ${sum} to ${name} before ${day} May; this is ${denies ? 'not ' : ''}urgent.`,
    ...lines.slice(at),
  ];
  const versions = [
    version('12,000', 'Moreau', 17, false),
    version('92,000', 'Moreau', 17, false),
    version('12,000', 'Petit', 17, false),
    version('12,000', 'Moreau', 24, true),
  ];
  return versions.slice(0, 2 + (f % 3)).map((v) => v.join('\n'));
});

function write(dir, messages) {
  const plants = planted.flatMap((texts, family) => texts.map((text, n) => ({ text, family, n })));
  const places = new Map(plants.map((p, i) => [Math.floor(((i * 7919) % plants.length) * (messages / plants.length)), p]));
  for (let box = 0; box < MAILBOXES; box++) {
    const fd = openSync(join(dir, `box-${box}.mbox`), 'w');
    let pending = [];
    for (let i = Math.ceil((box * messages) / MAILBOXES); i < Math.ceil(((box + 1) * messages) / MAILBOXES); i++) {
      const plant = places.get(i);
      const body = plant ? plant.text : prose(40 + Math.floor(chance() ** 2 * 400)).join('\n');
      const footer = chance() < 0.4 ? `\n\n${DISCLAIMERS[i % 4]}` : '';
      const date = new Date(Date.UTC(2016, 0, 1) + i * 600_000).toUTCString().replace('GMT', '+0000');
      const id = plant ? `family-${plant.family}-${plant.n}` : `m${i}`;
      pending.push(
        `From a@x.example Fri Jan  1 00:00:00 2016\nFrom: A <a${i % 97}@x.example>\nTo: B <b${i % 89}@x.example>\nSubject: ${word()} ${i}\nDate: ${date}\nMessage-ID: <${id}@x.example>\nContent-Type: text/plain; charset=us-ascii\n\n${body}${footer}\n\n`,
      );
      if (pending.length < 1000) continue;
      writeSync(fd, pending.join(''));
      pending = [];
    }
    writeSync(fd, pending.join(''));
    closeSync(fd);
  }
}

/** Runs the examination once more, by itself, and counts the families that came out whole and alone. */
async function examined(index) {
  const names = new Map(
    (await index.database.all(`SELECT a.id, c.skey FROM artifact a JOIN claim c ON c.ord = a.ord WHERE c.attribute = 'id.message'`)).map(
      ([id, name]) => [String(id), String(name)],
    ),
  );
  const families = new Map();
  const compared = new Set();
  const began = performance.now();
  const cpu = process.cpuUsage();
  for await (const item of nearDuplicates.examine(index.evidence([]), { known: new Set() })) {
    if ('problem' in item) continue;
    const name = names.get(item.about) ?? '';
    if (item.claim.attribute === 'near.family') families.set(item.claim.value, [...(families.get(item.claim.value) ?? []), name]);
    if (item.claim.attribute === 'near.difference') compared.add(name);
  }
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(cpu);
  const groups = [...families.values()].map((g) => g.sort());
  const whole = planted.filter((texts, f) => {
    const wanted = texts.map((_, n) => `family-${f}-${n}@x.example`).sort();
    return groups.some((g) => g.join() === wanted.join()) && wanted.every((n) => compared.has(n));
  }).length;
  return { seconds, cpu: (used.user + used.system) / 1e6, whole, others: groups.length - whole };
}

let missed = false;
for (const messages of sizes()) {
  const { seconds, cpu, whole, others, scan } = await scanned((dump) => write(dump, messages), 2, examined);
  missed ||= whole < FAMILIES;
  console.log(
    `${String(messages).padStart(7)} messages: near-duplicates ${seconds.toFixed(2)} s, ${cpu.toFixed(2)} s of processor time, ${((cpu * 1e6) / messages).toFixed(0)} µs a message; ` +
      `${whole} of ${FAMILIES} families found whole, ${others} others; (scan: extract ${scan.extract} s, load ${scan.load} s, examine ${scan.examine} s)`,
  );
}
process.exitCode = missed ? 1 : 0;
