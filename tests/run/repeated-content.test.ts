import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CaseIndex } from '../../src/evidence/case-index.ts';
import { SegmentWriter } from '../../src/evidence/segment.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/model/input.ts';
import { renderPath, sha256Of } from '../../src/model/provenance.ts';
import type { SegmentLine } from '../../src/model/segment.ts';
import type { Unit } from '../../src/model/unit.ts';
import { Contents } from '../../src/run/contents.ts';
import { extractUnit } from '../../src/run/extract.ts';
import type { Extraction } from '../../src/run/extraction.ts';
import { buildDocx } from '../support/build-ooxml.ts';
import { buildZip } from '../support/build-zip.ts';
import { pngWith } from '../support/build-images.ts';

const docx = buildDocx({ author: 'Claire Moreau', paragraphs: ['Bonjour'], media: { 'image1.png': pngWith({ software: 'Paint' }) } });

let dir = '';
beforeEach(() => {
  dir = fs.mkdtempSync(join(os.tmpdir(), 'repeated-'));
  fs.mkdirSync(join(dir, 'segments'));
});
afterEach(() => fs.rmSync(dir, { recursive: true }));

interface Outcome {
  readonly lines: readonly SegmentLine[];
  /** 'path opener' each time a reader or container was let loose. */
  readonly opened: readonly string[];
}

async function extracted(files: Readonly<Record<string, Uint8Array>>, contents: Contents | null, limits: Limits = DEFAULT_LIMITS): Promise<Outcome> {
  const lines: SegmentLine[] = [];
  const opened: string[] = [];
  const extraction: Pick<Extraction, 'limits' | 'contents' | 'write' | 'announce' | 'skip'> = {
    limits,
    contents,
    write: (line) => void lines.push(line),
    announce: (path, opener) => void opened.push(`${renderPath(path)} ${opener}`),
    skip: () => null,
  };
  for (const [path, bytes] of Object.entries(files)) {
    fs.writeFileSync(join(dir, path), bytes);
    const unit: Unit = { path, root: 0, file: path, size: bytes.byteLength, mtimeMs: 0, kind: 'file' };
    await extractUnit(unit, dir, { ...EXTRAS, ...extraction });
  }
  return { lines, opened };
}

/** What an extraction may have besides. */
const EXTRAS = { passwords: [] } as unknown as Extraction;

/** Every artifact with the attributes, raw values and passages that rules and examinations get to see. */
async function indexed(lines: readonly SegmentLine[], name: string): Promise<unknown[]> {
  const writer = new SegmentWriter(join(dir, 'segments'), name);
  writer.write({ t: 'head', schema: 'segment/1', shard: 0, of: 1, readers: [], options: sha256Of('') });
  for (const line of lines) writer.write(line);
  const index = await CaseIndex.build(dir, [writer.seal().name], { memoryLimit: '200MB', threads: 1 });
  const evidence = index.evidence(['party.author', 'tool.application', 'name.file', 'content.bytes', 'type.detected', 'time.stored']);
  const out: unknown[] = [];
  for await (const s of evidence.subjects())
    out.push({
      artifact: s.artifact,
      claims: (['party.author', 'tool.application', 'name.file', 'content.bytes', 'type.detected', 'time.stored'] as const).flatMap((a) =>
        s.claims(a).map((c) => [c.artifact, c.seq, c.attribute, c.raw]),
      ),
      passages: await evidence.passages(s.artifact.id),
    });
  index.close();
  return out;
}

const dump = {
  'a.docx': docx,
  'b.docx': docx,
  'c.zip': buildZip([{ name: 'inside.docx', content: docx, local: '2016-01-01T00:00:00' }], 'info-zip'),
};

describe('the same bytes at several places of a shard', () => {
  it('are parsed once, and are artifacts of their own with the same claims', async () => {
    const once = await extracted(dump, new Contents());
    const each = await extracted(dump, null);
    expect(once.opened.filter((o) => o.endsWith('.docx ooxml'))).toEqual(['a.docx ooxml']);
    expect(each.opened.filter((o) => o.endsWith('.docx ooxml'))).toHaveLength(3);
    const rules = await indexed(once.lines, '0000');
    expect(rules).toEqual(await indexed(each.lines, '0001'));
    expect(rules).toHaveLength(7);
  });

  it('are opened again where a limit would stop them at this depth', async () => {
    const deep = { ...dump, 'c.zip': buildZip([{ name: 'd.zip', content: dump['c.zip'] }], 'info-zip') };
    const limits = { ...DEFAULT_LIMITS, maxDepth: 2 };
    const once = await extracted(deep, new Contents(), limits);
    const each = await extracted(deep, null, limits);
    expect(await indexed(once.lines, '0000')).toEqual(await indexed(each.lines, '0001'));
    expect(once.lines.filter((l) => l.t === 'problem').map((l) => l.message)).toEqual(['not opened: 2 levels deep']);
  });
});
