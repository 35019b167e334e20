/**
 * Signed mail: `npm run bench:dkim [-- <messages> [<kilobytes> [text]]]`, 20,000 of 50 KB where nothing is said: 2 KB of text, 12 KB of
 * HTML, the rest an attachment, or all of it text. Scans a dump of signed letters with the keys given, and the same letters without their
 * signatures; prints messages/s of reading and of checking, and the ratio of the two scans. Fails when a signature does not verify.
 * TAINTED_JOBS sets the workers (default 2).
 */
import { createHash, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scan, seeded } from './bench-mail.js';

const MESSAGES = Number(process.argv[2] ?? 20_000);
const KILOBYTES = Number(process.argv[3] ?? 50);
const ALL_TEXT = process.argv[4] === 'text';
const JOBS = process.env.TAINTED_JOBS ?? '2';
const IN_FOLDER = 1000;

/** The same mail every time, but for the keys. */
const chance = seeded(29);
const WORDS = Array.from({ length: 4000 }, () => Math.floor(chance() * 36 ** 6).toString(36));

/** Lines of words up to some bytes. Each letter has its own: equal ones are read once. */
function text(bytes) {
  const lines = [];
  let line = '';
  for (let n = 0; n < bytes;) {
    // Some words are common and most are rare, as in any language.
    line += `${WORDS[Math.floor(chance() ** 3 * WORDS.length)]} `;
    if (line.length < 70) continue;
    lines.push(line.trimEnd());
    n += line.length + 1;
    line = '';
  }
  return `${lines.join('\r\n')}\r\n`;
}

const TYPE = { text: 'text/plain; charset=utf-8', mixed: 'multipart/mixed; boundary=m' };

/** What people send: a text, the same as HTML, an attachment. */
function mixed(bytes) {
  const said = text(2_000);
  const paragraphs = said.split('\r\n').map((line) => `<p class="MsoNormal" style="margin:0cm">${line}</p>`);
  const style = `<style>${'p.MsoNormal{margin:0cm;font-size:11.0pt;font-family:"Calibri",sans-serif} '.repeat(100)}</style>`;
  const html = `<html><head>${style.replaceAll('} ', '}\r\n')}</head><body>\r\n${paragraphs.join('\r\n')}\r\n</body></html>`;
  const file = Buffer.alloc(Math.max(0, Math.floor((bytes - said.length - html.length) * 0.73)));
  for (let i = 0; i + 4 <= file.byteLength; i += 4) file.writeUInt32LE(Math.floor(chance() * 2 ** 32), i);
  const encoded = file.toString('base64').replace(/.{76}/g, '$&\r\n');
  return [
    '--m\r\nContent-Type: multipart/alternative; boundary=a\r\n',
    `--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${said}`,
    `--a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`,
    '--a--\r\n',
    `--m\r\nContent-Type: application/octet-stream; name=a.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded}`,
    '--m--\r\n',
  ].join('\r\n');
}

const SIGNERS = Array.from({ length: 4 }, (_, i) => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: i === 0 ? 1024 : 2048 });
  const p = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  return { selector: `s${i}`, privateKey, record: `v=DKIM1; k=rsa; p=${p}` };
});

/** Relaxed form of fields without folds and doubled blanks. */
const relaxed = (field) => `${field.slice(0, field.indexOf(':')).toLowerCase()}:${field.slice(field.indexOf(':') + 1).trim()}`;

function letter(n) {
  const at = new Date(Date.UTC(2017, 0, 1) + n * 900_000);
  const fields = [
    `From: Sender ${n % 50} <sender${n % 50}@example.org>`,
    `To: Reader <reader${n % 20}@example.net>`,
    `Subject: Letter ${n}`,
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${n}@example.org>`,
    'MIME-Version: 1.0',
    `Content-Type: ${ALL_TEXT ? TYPE.text : TYPE.mixed}`,
  ];
  const body = (ALL_TEXT ? text : mixed)(KILOBYTES * 1000);
  const { selector, privateKey } = SIGNERS[n % SIGNERS.length];
  const bh = createHash('sha256').update(body).digest('base64');
  const names = ['From', 'To', 'Subject', 'Date', 'Message-ID'];
  const own = `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=${selector}; t=${at.getTime() / 1000}; h=${names.join(':')}; bh=${bh}; b=`;
  const signed = [...names.map((name) => fields.find((f) => f.startsWith(`${name}:`))), own].map(relaxed).join('\r\n');
  const b = sign('sha256', Buffer.from(signed), privateKey).toString('base64');
  const received = `Received: from mail.example.org by mx.example.net with ESMTP id ${n}; ${at.toUTCString().replace('GMT', '+0000')}`;
  const unsigned = `${[received, ...fields].join('\r\n')}\r\n\r\n${body}`;
  return { signed: `${own}${b.replace(/.{70}/g, '$&\r\n ')}\r\n${unsigned}`, unsigned };
}

const work = mkdtempSync(join(tmpdir(), 'tainted-dkim-'));
const keys = join(work, 'keys.json');
writeFileSync(keys, JSON.stringify(Object.fromEntries(SIGNERS.map((s) => [`${s.selector}._domainkey.example.org`, s.record]))));
for (let n = 0; n < MESSAGES; n++) {
  const { signed, unsigned } = letter(n);
  const folder = String(Math.floor(n / IN_FOLDER));
  for (const [kind, mail] of Object.entries({ signed, unsigned })) {
    if (n % IN_FOLDER === 0) mkdirSync(join(work, kind, folder), { recursive: true });
    writeFileSync(join(work, kind, folder, `${n}.eml`), mail, 'latin1');
  }
}

const perSecond = (seconds) => (MESSAGES / seconds).toFixed(0);
try {
  const scanOf = (kind, ...options) => scan(join(work, kind), join(work, `case-${kind}`), '-j', JOBS, ...options);
  const plain = scanOf('unsigned');
  const signed = scanOf('signed', '--dkim-keys', keys);
  const report = JSON.parse(readFileSync(join(work, 'case-signed/report.json'), 'utf8'));
  const verified = report.coverage.byRule.find((r) => r.rule === 'signature-verified');
  console.log(`${MESSAGES} messages of ${KILOBYTES} KB, ${JOBS} workers, node ${process.version}`);
  for (const [name, s] of Object.entries({ unsigned: plain, signed }))
    console.log(
      `${name.padEnd(8)} read ${perSecond(s.extract)}/s (${s.extract} s); load ${s.load} s, examine ${s.examine} s, judge ${s.judge} s; whole ${s.whole.toFixed(1)} s`,
    );
  console.log(`read and examine: ${perSecond(signed.extract + signed.examine)}/s signed, ${perSecond(plain.extract + plain.examine)}/s unsigned`);
  console.log(`signed against unsigned: reading ${(signed.extract / plain.extract).toFixed(2)}, whole ${(signed.whole / plain.whole).toFixed(2)}`);
  console.log(`verified: ${verified?.fired ?? 0} of ${MESSAGES}`);
  if (verified?.fired !== MESSAGES) process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
