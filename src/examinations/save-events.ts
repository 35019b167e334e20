import type { Claim } from '../model/claim.ts';
import { isTemplateTime } from '../model/constants.data.ts';
import { isMessage } from '../model/enclosing.ts';
import type { Subject } from '../model/evidence.ts';
import { examination, type ExaminationProblem, type Observation } from '../model/examination.ts';
import { burstsOf, type Saving, WINDOW_MS } from './shared/bursts.ts';

const READS = ['time.modified', 'tool.application', 'tool.version', 'locale.saved', 'identity.key'] as const;
type Read = (typeof READS)[number];

/** Savings judged together, some 300 bytes each. Only a machine saves so many without a pause of ten minutes. */
const MAX_TOGETHER = 20_000;

/** The part of a fingerprint that the kind of file adds. */
function familyOf(mediaType: string): string {
  if (/sheet|excel/.test(mediaType)) return 'spreadsheet';
  if (/presentation|powerpoint/.test(mediaType)) return 'presentation';
  if (/word/.test(mediaType)) return 'text';
  return mediaType;
}

function fingerprintOf(document: Subject<Read>): string | null {
  const application = document.claims('tool.application')[0]?.value;
  if (!application) return null;
  const version = document.claims('tool.version')[0]?.value ?? '';
  const language = document.claims('locale.saved')[0]?.value ?? '';
  return `${[application.slice(0, 100), version.slice(0, 30), language].filter((part) => part !== '').join(' ')} ${familyOf(document.artifact.mediaType)}`;
}

interface Saved extends Saving {
  readonly claim: Claim<'time.modified'>;
}

/** The document's last saving: the latest instant that it says, template constants aside. */
function savedAt(document: Subject<Read>): { readonly at: number; readonly claim: Claim<'time.modified'> } | null {
  let found: { at: number; claim: Claim<'time.modified'> } | null = null;
  for (const claim of document.claims('time.modified')) {
    const t = claim.value;
    if (t?.kind !== 'instant' || isTemplateTime(t.epochMs) || (found && t.epochMs <= found.at)) continue;
    found = { at: t.epochMs, claim };
  }
  return found;
}

function* named(together: readonly Saved[]): Iterable<Observation> {
  const bursts = burstsOf(together);
  for (const [i, { claim }] of together.entries()) {
    const value = bursts[i] ?? `save:${claim.artifact}`;
    yield {
      about: claim.artifact,
      claim: { basis: 'observed', attribute: 'event.save', field: claim.field, raw: claim.raw, value, locator: claim.locator },
    };
  }
}

/**
 * Names the act of saving that left each document as it is, so that five traces of one act count once. Documents that one
 * person, or one unnamed program, saved in a burst share one act. Catalogue A01, section 6.2. Streams in order of time and
 * holds what was saved without a pause of ten minutes.
 */
export const saveEvents = examination({
  id: 'save-events',
  version: 1,
  reads: READS,
  async *examine(evidence): AsyncIterable<Observation | ExaminationProblem> {
    let together: Saved[] = [];
    for await (const { value, members } of evidence.groups('time.modified', 1)) {
      if (value.kind !== 'instant') continue;
      if (value.epochMs - (together.at(-1)?.at ?? value.epochMs) > WINDOW_MS) {
        yield* named(together);
        together = [];
      }
      for await (const document of members) {
        const saved = savedAt(document);
        // A document comes once for each of its times; only the last one is its saving. A part was saved with its document; a
        // message that a mail program stored as a file was filed then, not written.
        if (saved?.at !== value.epochMs || document.artifact.document !== document.artifact.id || isMessage(document)) continue;
        if (together.length >= MAX_TOGETHER) {
          yield {
            about: document.artifact.id,
            problem: {
              code: 'limit-exceeded',
              message: `more than ${MAX_TOGETHER} documents were saved without a pause: a burst may be cut in two here`,
            },
          };
          yield* named(together);
          together = [];
        }
        const { at, claim } = saved;
        together.push({
          at,
          claim,
          content: document.artifact.sha256,
          identity: document.claims('identity.key')[0]?.value ?? null,
          fingerprint: fingerprintOf(document),
        });
      }
    }
    yield* named(together);
  },
});
