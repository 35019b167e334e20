import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/model/input.ts';
import { renderPath } from '../../src/model/provenance.ts';
import type { SegmentLine } from '../../src/model/segment.ts';
import { Contents } from '../../src/run/contents.ts';
import { extractUnit } from '../../src/run/extract.ts';
import { buildMail, buildMbox } from '../support/build-mail.ts';
import { buildPdf } from '../support/build-pdf.ts';

let dir = '';
beforeEach(() => (dir = fs.mkdtempSync(join(os.tmpdir(), 'shared-'))));
afterEach(() => fs.rmSync(dir, { recursive: true }));

const file = { type: 'application/pdf', bytes: buildPdf({ info: { Title: 'Budget' } }) };
const mail = (subject: string, name: string): Uint8Array =>
  buildMail({
    client: 'thunderbird',
    from: 'Claire Moreau <c@example.org>',
    to: 'p@example.net',
    subject,
    date: '2017-03-27T12:41:05Z',
    offsetMinutes: 120,
    body: subject,
    attachments: [{ ...file, name }],
  });

async function artifactsOf(files: Readonly<Record<string, Uint8Array>>): Promise<SegmentLine[]> {
  const lines: SegmentLine[] = [];
  const contents = new Contents();
  for (const [path, bytes] of Object.entries(files)) {
    fs.writeFileSync(join(dir, path), bytes);
    await extractUnit({ path, root: 0, file: path, size: bytes.byteLength, mtimeMs: 0, kind: 'file' }, dir, {
      limits: DEFAULT_LIMITS,
      passwords: [],
      contents,
      write: (line: SegmentLine) => void lines.push(line),
      announce: () => undefined,
      skip: () => null,
    } as unknown as Parameters<typeof extractUnit>[2]);
  }
  return lines;
}

it('one file attached to three mails is listed with each of them, under the name it has there', async () => {
  const envelope = { envelopeDate: '2017-03-27T12:41:09Z', sender: 'c@example.org' };
  const lines = await artifactsOf({
    'a.eml': mail('one', 'budget.pdf'),
    'b.mbox': buildMbox([
      { mail: mail('two', 'budget (2).pdf'), ...envelope },
      { mail: mail('three', 'budget.pdf'), ...envelope },
    ]),
  });
  const artifacts = lines.flatMap((l) => (l.t === 'artifact' ? [l] : []));
  const pdfs = artifacts.filter((a) => a.mediaType === 'application/pdf');
  const named = (id: string): string[] => lines.flatMap((l) => (l.t === 'claim' && l.artifact === id && l.attribute === 'name.file' ? [l.raw] : []));
  expect(new Set(pdfs.map((a) => a.sha256)).size).toBe(1);
  expect(pdfs.map((a) => [renderPath(a.path).split('!')[0], named(a.id)])).toEqual([
    ['a.eml', ['budget.pdf']],
    ['b.mbox', ['budget (2).pdf']],
    ['b.mbox', ['budget.pdf']],
  ]);
  expect(new Set(pdfs.map((a) => a.parent)).size).toBe(3);
});
