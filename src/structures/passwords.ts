import type { ClaimDraft } from '../model/claim.ts';
import type { Input, Password } from '../model/input.ts';

/**
 * Rounds of hashing, or blocks of 64 bytes, that are spent on the passwords of one artifact: some twenty seconds. Counted, not
 * timed, so that the same password is found or missed on every machine.
 */
const MOST_WORK = 20_000_000;
/**
 * Excel's own for workbooks, PowerPoint's own for slides that are only to be read: they ask nobody for it. Of no line of the list.
 */
export const OPEN_TO_ALL: readonly Password[] = ['VelvetSweatshop', '/01Hannes Ruescher/01'].map((text) => ({ line: 0, text }));

/** Work between two signs of life. */
const SIGN = 200_000;

/** The tries at one artifact's locks. */
export interface Attempts {
  /** The list, with what opened something here before in front; ends early where the work is used up. `cost` of one try. */
  tries(cost: number): Iterable<Password>;
  /** More work than the tries themselves; false where none is left. */
  spend(work: number): boolean;
  opened(password: Password): void;
  /** True once something was left untried. */
  exhausted(): boolean;
}

/** For `input.once`. */
export function attemptsOf(input: Input): Attempts {
  let order = input.passwords;
  let left = MOST_WORK;
  let nextSign = left - SIGN;
  let exhausted = false;
  const spend = (work: number): boolean => {
    if (work > left) {
      exhausted = true;
      return false;
    }
    left -= work;
    if (left < nextSign) {
      input.alive();
      nextSign = left - SIGN;
    }
    return true;
  };
  return {
    *tries(cost) {
      for (const password of order) {
        if (!spend(cost)) return;
        yield password;
      }
    },
    spend,
    opened(password) {
      if (order[0] !== password) order = [password, ...order.filter((p) => p !== password)];
    },
    exhausted: () => exhausted,
  };
}

/** The bytes a program may have made of a password: UTF-8, and one byte a letter where that is possible and different. */
export function encodings({ text }: Password): readonly Buffer[] {
  const utf8 = Buffer.from(text, 'utf8');
  return /^[\u0000-\u007f]*$/.test(text) || !/^[\u0000-\u00ff]*$/.test(text) ? [utf8] : [utf8, Buffer.from(text, 'latin1')];
}

/** Says by which line of the list something was opened, never by what stands there. */
export const passwordClaim = ({ line }: Password): ClaimDraft<'mark.password'> => {
  const told = `line ${line} of the password file`;
  return { basis: 'observed', attribute: 'mark.password', field: 'password', raw: told, value: told, locator: { in: 'parent', key: 'password' } };
};

/** How a problem goes on where a lock stayed closed: what was tried. */
export function triedInVain(input: Input): string {
  const { length } = input.passwords;
  if (length === 0) return '';
  const tried = length === 1 ? 'the one password of the list does not open it' : `none of the ${length} passwords of the list opens it`;
  return input.once(attemptsOf).exhausted() ? '; not all passwords of the list were tried: it would take too long' : `; ${tried}`;
}
