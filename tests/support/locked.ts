import {
  type Child,
  type ClosedChild,
  type Container,
  DEFAULT_LIMITS,
  type Input,
  type OpeningProblem,
  type Password,
} from '../../src/model/input.ts';
import { bytesOf, inputOf } from '../../src/structures/bytes.ts';

/** A list of passwords, one a line. */
export const passwordsOf = (texts: readonly string[]): Password[] => texts.map((text, i) => ({ line: i + 1, text }));

/** An input that may be opened with one of these. */
export const inputWith = (bytes: Uint8Array, ...texts: string[]): Input => inputOf(bytesOf(bytes), DEFAULT_LIMITS, { passwords: passwordsOf(texts) });

/** By which line something was opened, in the words of the product. */
export const line = (n: number): string => `line ${n} of the password file`;

function shown(item: Child | ClosedChild | OpeningProblem): unknown {
  if (!('key' in item)) return [item.problem.code, item.problem.message];
  if (item.bytes === null) return [item.key, item.why, item.problem.message];
  const password = item.says.find((s) => s.attribute === 'mark.password');
  return [item.key, Buffer.from(item.bytes.slice(0, item.bytes.size)).toString(), ...(password ? [password.value] : [])];
}

/** What a container gives with these passwords: a member's name, its text and the line that opened it; or why it stays closed; or a problem. */
export async function openedWith(container: Container, bytes: Uint8Array, ...texts: string[]): Promise<unknown[]> {
  const told: unknown[] = [];
  for await (const item of container.open(inputWith(bytes, ...texts))) told.push(shown(item));
  return told;
}
