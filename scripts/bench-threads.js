/**
 * Answers and what they quote, in mailboxes of 10,000, 30,000 and 100,000 messages: `npm run bench:threads [-- <messages> …]`. Conversations of ten,
 * each answer quoting all before it; every fifth answer names what it answers by its attribution line alone. Twenty quotations have another
 * sum. Prints the seconds of processor time of each examination of threads, by message, and how many of the twenty were found. Fails when one is missed.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { built, scanned, seeded, sizes, wordOf } from './bench-mail.js';

const { quotedReplies } = await built('examinations/quoted-replies.js');
const { threads } = await built('examinations/threads.js');
const { conversations } = await built('examinations/conversations.js');

const PLANTS = 20;
const MAILBOXES = 10;
const LENGTH = 10;

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n) => String(n).padStart(2, '0');

/** As Gmail writes it for somebody two hours ahead of UTC. */
function attribution(at, person) {
  const d = new Date(at + 7_200_000);
  const day = `${DAYS[d.getUTCDay()]}, ${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
  return `On ${day} at ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}, P${person} <p${person}@x.example> wrote:`;
}

function threadIndex(at, conversation, answers) {
  const ticks = (BigInt(at) * 10_000n + 116_444_736_000_000_000n) & ~0xffffn;
  const head = Buffer.from(ticks.toString(16).padStart(16, '0').slice(0, 12), 'hex');
  const guid = Buffer.from(String(conversation).padStart(32, '7'), 'hex');
  const blocks = Array.from({ length: answers }, () => Buffer.from([0, 2, 0x18, 0, 0x10]));
  return Buffer.concat([head, guid, ...blocks]).toString('base64');
}

function* conversation(n, chance, plant) {
  const word = () => wordOf(chance);
  const line = () => `${Array.from({ length: 12 }, word).join(' ')}.`;
  const subject = `${word()} ${word()} ${n % 500}`;
  const people = [n % 97, (n * 7 + 1) % 97];
  let before = null;
  const ids = [];
  for (let i = 0; i < LENGTH; i++) {
    const at = Date.UTC(2015, 0, 1) + n * 3_600_000 + i * 7_200_000 + 31_000;
    const person = people[i % 2];
    const id = `c${n}-${i}@x.example`;
    const sum = before === null ? `Please transfer 12,000 to the printer, and keep the receipt of ${word()}.` : line();
    const own = [line(), sum, line(), line()].join('\n');
    const quoted =
      before === null
        ? ''
        : before.body
            .split('\n')
            .map((l) => `> ${l}`)
            .join('\n');
    const said = plant && i === 1 ? quoted.replace('12,000', '92,000') : quoted;
    const body = before === null ? own : `${own}\n\n${attribution(before.at, before.person)}\n${said}`;
    const linked = before !== null && i % 5 !== 4;
    yield [
      `From p${person}@x.example Fri Jan  1 00:00:00 2016`,
      `From: P${person} <p${person}@x.example>`,
      `To: P${people[(i + 1) % 2]} <p${people[(i + 1) % 2]}@x.example>`,
      `Subject: ${before === null ? '' : 'Re: '}${subject}`,
      `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: <${id}>`,
      ...(linked ? [`In-Reply-To: <${before.id}>`, `References: ${ids.map((r) => `<${r}>`).join(' ')}`] : []),
      ...(n % 2 === 0 ? [`Thread-Index: ${threadIndex(Date.UTC(2015, 0, 1) + n * 3_600_000, n, i)}`] : []),
      'Content-Type: text/plain; charset=us-ascii',
      '',
      `${body}\n\n`,
    ].join('\n');
    before = { id, at, person, body };
    ids.push(id);
  }
}

function write(dir, messages) {
  const chance = seeded(23);
  const count = messages / LENGTH;
  const plants = new Set(Array.from({ length: PLANTS }, (_, i) => Math.floor((i * count) / PLANTS)));
  const boxes = Array.from({ length: MAILBOXES }, (_, box) => openSync(join(dir, `box-${box}.mbox`), 'w'));
  for (let n = 0; n < count; n++) writeSync(boxes[n % MAILBOXES], [...conversation(n, chance, plants.has(n))].join(''));
  boxes.forEach((fd) => closeSync(fd));
}

async function measured(index) {
  const examined = [];
  for (const examination of [quotedReplies, threads, conversations]) examined.push(await timed(index, examination));
  return { examined };
}

/** Runs an examination once more, by itself. */
async function timed(index, examination) {
  const began = process.cpuUsage();
  const differing = new Set();
  let observations = 0;
  for await (const item of examination.examine(index.evidence(examination.reads), { known: new Set() })) {
    if ('problem' in item) continue;
    observations += 1;
    if (item.claim.attribute === 'quote.difference') differing.add(item.about);
  }
  const used = process.cpuUsage(began);
  return { id: examination.id, seconds: (used.user + used.system) / 1e6, observations, differing: differing.size };
}

let missed = false;
for (const messages of sizes()) {
  const { examined, scan } = await scanned((dump) => write(dump, messages), 1, measured);
  const [quotes] = examined;
  missed ||= quotes.differing < PLANTS;
  const told = examined.map(
    (e) => `${e.id} ${e.seconds.toFixed(2)} s, ${((e.seconds * 1e6) / messages).toFixed(0)} µs a message, ${e.observations} claims`,
  );
  console.log(
    `${String(messages).padStart(7)} messages: ${told.join('; ')}; ${quotes.differing} messages quote otherwise, of ${PLANTS} at least; ` +
      `(scan: extract ${scan.extract} s, load ${scan.load} s, examine ${scan.examine} s)`,
  );
}
process.exitCode = missed ? 1 : 0;
