import type { Input, Password } from '../../model/input.ts';
import { attemptsOf } from '../passwords.ts';
import { rar4Cost, rar4Key, type Rar4Lock, rar5Cost, rar5Key, type Rar5Lock, type RarKey } from './rar-crypt.ts';

export type RarLock = Rar4Lock | Rar5Lock;

export interface OpeningKey {
  readonly password: Password;
  readonly key: RarKey;
}

/** Tries the list of passwords on locks of one archive. */
export interface RarKeys {
  /** The keys of all passwords that may be right, what opened something before in front. Each is made once. */
  tries(lock: RarLock): Iterable<OpeningKey>;
  /** To be told of the one that was right. */
  opened(opening: OpeningKey): void;
}

const nameOf = (lock: RarLock): string =>
  `${lock.kind} ${Buffer.from(lock.salt).toString('hex')} ${lock.kind === 'aes-256' ? `${lock.power} ${lock.mixed}` : ''}`;

/** Beside the rounds: locks may ask for very few, and each has keys of its own to keep. */
const KEEPING = 500;
const costOf = (lock: RarLock, { text }: Password): number => KEEPING + (lock.kind === 'aes-256' ? rar5Cost(lock) : rar4Cost(lock, text));

function keyOf(lock: RarLock, { text }: Password): RarKey | null {
  if (lock.kind === 'aes-128') return rar4Key(lock, text);
  return rar5Key(lock, text);
}

/** For `input.once`. */
export function rarKeysOf(input: Input): RarKeys {
  const attempts = input.once(attemptsOf);
  const made = new Map<string, RarKey | null>();
  return {
    *tries(lock) {
      const name = nameOf(lock);
      for (const password of attempts.tries(1)) {
        const own = `${password.line} ${name}`;
        if (!made.has(own)) {
          if (!attempts.spend(costOf(lock, password))) return;
          made.set(own, keyOf(lock, password));
        }
        const key = made.get(own);
        if (key) yield { password, key: lock.kind === 'aes-256' ? { ...key, iv: lock.iv } : key };
      }
    },
    opened: ({ password }) => attempts.opened(password),
  };
}
