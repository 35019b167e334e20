import { describe, expect, it } from 'vitest';
import { modulusIn } from '../../src/examinations/shared/recovered-key.ts';
import { modPow } from '../../src/examinations/shared/rsa.ts';
import { commonFactor } from '../../src/run/common-factor.ts';

/** Of 40 bits, the product of two primes: the arithmetic knows nothing of padding, and with 65537 real lengths take a minute. */
const N = 1_048_573n * 1_048_571n;
const OTHER = 1_048_559n * 1_048_549n;

/** m as the signature s says it for that modulus. */
const made = (s: bigint, e: number, n = N): { s: string; m: string } => ({ s: s.toString(16), m: modPow(s, BigInt(e), n).toString(16) });

const [S0, S1, S2, S3] = [0xb1946ac924n, 0x2c26b46b68n, 0xfcde2b2eddn, 0x8f43434664n] as const;

describe.each([3, 17, 65_537])('with exponent %i', { timeout: 120_000 }, (e) => {
  const modulus = async (anchor: { s: string; m: string }, others: { s: string; m: string }[]): Promise<bigint | null> => {
    const factor = await commonFactor(anchor, others, e);
    return factor === null ? null : modulusIn(factor, 5);
  };

  it('two signatures of one key give its modulus', async () => expect(await modulus(made(S0, e), [made(S1, e)])).toBe(N));

  it('so does one against several of which one fits', async () =>
    expect(await modulus(made(S0, e), [made(S1, e, OTHER), { s: S2.toString(16), m: 'abcdef' }, made(S3, e)])).toBe(N));

  it('two keys, or a changed message, give nothing', async () => {
    expect(await modulus(made(S0, e), [made(S1, e, OTHER)])).toBeNull();
    expect(await modulus(made(S0, e), [{ ...made(S1, e), m: '123456789abcdef' }])).toBeNull();
  });

  it('a copy gives nothing', async () => expect(await modulus(made(S0, e), [made(S0, e)])).toBeNull());
});
