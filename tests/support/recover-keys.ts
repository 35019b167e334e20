import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { CaseIndex } from '../../src/evidence/case-index.ts';
import { SegmentWriter } from '../../src/evidence/segment.ts';
import { eml } from '../../src/formats/eml.ts';
import type { Artifact } from '../../src/model/artifact.ts';
import { artifactId, compareBytes, type ProvenancePath, sha256Of } from '../../src/model/provenance.ts';
import { CONTENT_SEQ } from '../../src/model/segment.ts';
import { writeJson } from '../../src/run/case.ts';
import { commonFactor } from '../../src/run/common-factor.ts';
import type { Solver } from '../../src/run/key-lane.ts';
import { type SignSpec, signMail } from './build-dkim.ts';
import { readAll } from './read.ts';

/** A letter of that number, signed. */
export const signedLetter = (n: number, spec: SignSpec, body = `Lettre ${n}`): string =>
  signMail(
    [
      'From: Claire Moreau <claire@example.org>',
      'To: Paul Petit <paul@example.net>',
      `Subject: Envoi ${n}`,
      `Date: Mon, 27 Mar 2017 14:${String(n % 60).padStart(2, '0')}:05 +0200`,
      '',
      body,
      '',
    ].join('\r\n'),
    spec,
  );

/** A kept case of these messages, as far as the recovery of keys looks at one. The caller removes it. */
export async function caseOf(mails: Readonly<Record<string, string>>): Promise<string> {
  const dir = fs.mkdtempSync(join(os.tmpdir(), 'tainted-keys-'));
  fs.mkdirSync(join(dir, 'segments'));
  const writer = new SegmentWriter(join(dir, 'segments'), '0000');
  writer.write({ t: 'head', schema: 'segment/1', shard: 0, of: 1, readers: ['eml@2'], options: sha256Of('') });
  for (const name of Object.keys(mails).sort(compareBytes)) {
    const bytes = Buffer.from(mails[name] ?? '', 'latin1');
    const path: ProvenancePath = [{ opener: 'corpus', key: name }];
    const id = artifactId(path);
    const outcome: Artifact['outcome'] = { state: 'read' };
    writer.write({
      t: 'artifact',
      id,
      path,
      parent: null,
      document: id,
      sha256: sha256Of(mails[name] ?? ''),
      size: bytes.byteLength,
      mediaType: 'message/rfc822',
      outcome,
    });
    const { claims } = await readAll(eml, bytes);
    for (const [i, c] of claims.entries()) writer.write({ t: 'claim', ...c, artifact: id, seq: CONTENT_SEQ + i, reader: 'eml@2' });
  }
  const segments = [writer.seal().name];
  writeJson(join(dir, 'run.json'), { schema: 'run/1', segments });
  (await CaseIndex.build(dir, segments, { memoryLimit: '200MB', threads: 1 })).close();
  return dir;
}

/** The arithmetic of the worker, here and now; says what was asked of it. */
export function solverHere(asked: number[] = []): () => Solver {
  return () => ({
    solve: (task) => {
      asked.push(task.exponent);
      return commonFactor(task.anchor, task.others, task.exponent);
    },
    stop: () => undefined,
  });
}
