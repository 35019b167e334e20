import fs from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { attacksOn } from '../support/attack-strings.ts';

const SRC = new URL('../../src', import.meta.url).pathname;
/** Where bytes of a dump never reach. */
const NOT_HOSTILE = /^(?:commands|reports)\/|^(?:cli|index)\.ts$/;

interface Expression {
  readonly file: string;
  readonly pattern: RegExp;
}

/** Every literal expression in the sources. */
function* literals(): Generator<Expression> {
  for (const path of fs.readdirSync(SRC, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!path.endsWith('.ts') || NOT_HOSTILE.test(path)) continue;
    const found: RegExp[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        found.push(new RegExp(node.text.slice(1, end), node.text.slice(end + 1)));
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(path, fs.readFileSync(join(SRC, path), 'utf8'), ts.ScriptTarget.Latest));
    for (const pattern of found) yield { file: path, pattern };
  }
}

/** Milliseconds for a short text that let an expression be looked at more closely. */
const SUSPECT_MS = 0.15;
const HOPELESS_MS = 400;
/** Four is linear, sixteen quadratic. */
const WORST_RATIO = 9;

/** Milliseconds of this process. */
const msOf = (pattern: RegExp, text: string): number => {
  pattern.lastIndex = 0;
  const began = process.cpuUsage();
  pattern.exec(text);
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
};
/** The least of some tries: a busy machine, a collection or a compilation makes one slow, never all. */
const leastMs = (pattern: RegExp, text: string): number => Math.min(...Array.from({ length: 3 }, () => msOf(pattern, text)));

/** Seconds saved: at this length what is quadratic takes some tenths of a millisecond at least, and everything else a tenth of it. */
const SHORT = 2000;

/** An attack that takes more than linear time, in words; null where there is none. */
function slowness(pattern: RegExp): string | null {
  // From short to long, so that what grows without end is met while it is small.
  for (const length of [24, 400])
    for (const text of attacksOn(pattern, length))
      if (msOf(pattern, text) > 20 && leastMs(pattern, text) > 20) return `${JSON.stringify(text.slice(0, 30))}… takes long`;
  let nth = 0;
  for (const text of attacksOn(pattern, SHORT)) {
    nth++;
    if (msOf(pattern, text) < SUSPECT_MS || leastMs(pattern, text) < SUSPECT_MS) continue;
    // What is bounded by a constant grows until that is reached: what counts is the end.
    const growth = growthOf(pattern, nth);
    if (growth > WORST_RATIO) return `${JSON.stringify(text.slice(0, 30))}… takes ${growth.toFixed(0)} times as long where it is four times as long`;
  }
  return null;
}

function growthOf(pattern: RegExp, nth: number): number {
  const nthOf = (length: number): string => {
    let n = 0;
    for (const text of attacksOn(pattern, length)) if (++n === nth) return text;
    return '';
  };
  const [first, second] = [leastMs(pattern, nthOf(SHORT)), leastMs(pattern, nthOf(4 * SHORT))];
  if (second / first <= WORST_RATIO) return second / first;
  const third = msOf(pattern, nthOf(16 * SHORT));
  // A second for what takes half a millisecond in linear time needs no further proof.
  return (third > HOPELESS_MS ? third : leastMs(pattern, nthOf(16 * SHORT))) / second;
}

/** Known, with why it does no harm. */
const BOUNDED: ReadonlyMap<string, string> = new Map([['structures/mail/mbox.ts', 'an envelope line has at most 512 bytes']]);

/** Those that are put together while the readers are loaded. */
async function built(): Promise<Expression[]> {
  const found: Expression[] = [];
  const plain = globalThis.RegExp;
  globalThis.RegExp = new Proxy(plain, {
    construct(target, parameters: [string, string?]) {
      const pattern = new target(...parameters);
      const file = new Error().stack?.split('\n').find((line) => line.includes(SRC));
      if (file !== undefined) found.push({ file: /src\/([\w./-]+\.ts)/.exec(file)?.[1] ?? 'src', pattern });
      return pattern;
    },
  });
  try {
    await import('../../src/structures/mail/rfc5322.ts');
    await import('../../src/formats/index.ts');
    await import('../../src/containers/index.ts');
    await import('../../src/examinations/index.ts');
    await import('../../src/rules/index.ts');
  } finally {
    globalThis.RegExp = plain;
  }
  return found;
}

describe('regular expressions', { timeout: 120_000 }, () => {
  it.each([/\s+$/, /^(?:a+)+$/, /^\s*\S?\s*x/, /<!--[^]*-->/, /^\S+@\S*y$/])('%s would be found', (pattern) => {
    expect(slowness(pattern)).not.toBeNull();
  });
  it.each([/(?<!\s)\s+$/, /^a+$/, /^\s*(?:\S\s*)?x/, /^\S[^\s@]*@\S+$/, /<!--/])('%s is none of them', (pattern) => {
    expect(slowness(pattern)).toBeNull();
  });
  it('of the sources take no more than linear time, whatever stands there', async () => {
    const all = [...literals(), ...(await built())].filter(({ file }) => !BOUNDED.has(file));
    expect(all.filter(({ file }) => file === 'structures/mail/rfc5322.ts').length).toBeGreaterThan(5);
    expect(all.length).toBeGreaterThan(700);
    expect(
      all.flatMap(({ file, pattern }) => {
        const how = slowness(pattern);
        return how === null ? [] : [`${file} ${String(pattern)} ${how}`];
      }),
    ).toEqual([]);
  });
});
