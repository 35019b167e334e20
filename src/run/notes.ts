import type { ProblemDraft } from '../model/artifact.ts';
import type { Claim, ClaimDraft, Extracted, Passage } from '../model/claim.ts';
import { MAX_RAW } from '../model/claim.ts';
import type { Limits } from '../model/input.ts';
import type { ArtifactId } from '../model/provenance.ts';
import { CONTENT_SEQ, type SegmentLine } from '../model/segment.ts';

/** Problems kept of one artifact; a file can be wrong in a million places. */
const MAX_PROBLEMS = 50;
/** Raised whenever a claim made by the engine itself changes. */
export const ENGINE = 'engine@1';

/** What one artifact's readers said, numbered and cut to the limits; problems are counted for its outcome. */
export class Notes {
  readonly #id: ArtifactId;
  readonly #limits: Limits;
  readonly #lines: SegmentLine[] = [];
  readonly #passages: Passage[] = [];
  #own = 0;
  #content = 0;
  #textBytes = 0;
  problems = 0;
  readerClaims = 0;
  #encrypted = 0;

  constructor(id: ArtifactId, limits: Limits) {
    this.#id = id;
    this.#limits = limits;
  }

  get encryptedOnly(): boolean {
    return this.#encrypted > 0 && this.readerClaims === 0 && this.problems === this.#encrypted;
  }

  /** What its place and its container say about it: true of this occurrence of the bytes only. */
  own(draft: ClaimDraft): void {
    if (this.#own === this.#limits.maxClaims) this.#tooManyClaims(ENGINE);
    if (this.#own++ < this.#limits.maxClaims) this.#keep(draft, this.#own - 1, ENGINE);
  }

  /** What its bytes say: true of every occurrence. */
  claim(draft: ClaimDraft, reader: string): void {
    if (this.#content === this.#limits.maxClaims) this.#tooManyClaims(reader);
    if (this.#content++ >= this.#limits.maxClaims) return;
    if (draft.basis === 'asserted') this.readerClaims++;
    this.#keep(draft, CONTENT_SEQ + this.#content - 1, reader);
  }

  #keep(draft: ClaimDraft, seq: number, reader: string): void {
    const { basis, attribute, field, value, locator } = draft;
    // Field by field: copies by spread cost a third of what an archive's member costs here.
    const claim: { readonly t: 'claim' } & Claim = {
      t: 'claim',
      basis,
      attribute,
      field,
      raw: draft.raw.slice(0, MAX_RAW),
      value,
      locator,
      artifact: this.#id,
      seq,
      reader,
    };
    this.#lines.push(claim);
  }

  #tooManyClaims(reader: string): void {
    this.problem({ code: 'limit-exceeded', message: `more than ${this.#limits.maxClaims} claims; the rest was left out` }, reader);
  }

  passage(p: Passage, reader: string): void {
    this.#textBytes += p.text.length;
    if (this.#textBytes > this.#limits.maxTextBytes) {
      if (this.#textBytes - p.text.length <= this.#limits.maxTextBytes)
        this.problem({ code: 'limit-exceeded', message: `more than ${this.#limits.maxTextBytes} bytes of text; the rest is not compared` }, reader);
      return;
    }
    this.#passages.push(p);
  }

  problem(draft: ProblemDraft, reader: string, reproducible = true): void {
    this.problems++;
    if (draft.code === 'encrypted') this.#encrypted++;
    if (this.problems > MAX_PROBLEMS) return;
    const last = this.problems === MAX_PROBLEMS;
    const kept: ProblemDraft = last ? { code: 'limit-exceeded', message: `more than ${MAX_PROBLEMS} problems; the rest is not listed` } : draft;
    this.#lines.push({ t: 'problem', artifact: this.#id, code: kept.code, message: kept.message.slice(0, 500), reader, reproducible });
  }

  /** Runs a reader to its end. What it yielded before it threw is kept: that is deterministic. Returns false where it threw. */
  async drain(read: () => AsyncIterable<Extracted> | Iterable<Extracted>, reader: string, skipped: ProblemDraft | null): Promise<boolean> {
    if (skipped) {
      this.problem(skipped, reader, false);
      return false;
    }
    try {
      const items = read();
      // Few readers wait for anything; to await each of a hundred claims costs as much as to make them.
      if (Symbol.iterator in items) for (const item of items) this.#take(item, reader);
      else for await (const item of items) this.#take(item, reader);
      return true;
    } catch (error) {
      this.problem({ code: 'reader-threw', message: oneLine(error) }, reader);
      return false;
    }
  }

  #take(item: Extracted, reader: string): void {
    if (item.t === 'claim') this.claim(item.claim, reader);
    else if (item.t === 'passage') this.passage(item.passage, reader);
    else this.problem(item.problem, reader);
  }

  *lines(): Iterable<SegmentLine> {
    yield* this.#lines;
    if (this.#passages.length > 0) yield { t: 'passages', artifact: this.#id, passages: this.#passages };
  }
}

/** One line of an error, without absolute paths: it goes into a report that must not differ between machines. */
export const oneLine = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error))
    .split('\n')[0]
    ?.replace(/(?:file:\/\/)?(?:[A-Za-z]:)?[\\/](?:[^\s:'"]+[\\/])+[^\s:'"]*/g, '<path>')
    .slice(0, 300) ?? 'failed';
