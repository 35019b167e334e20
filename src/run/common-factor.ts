import { init } from 'gmp-wasm';
import type { SignedPair } from '../examinations/shared/signer-groups.ts';

type Gmp = Awaited<ReturnType<typeof init>>['binding'];

/** Longer than any modulus with the small factors that come along. */
const MOST_FACTOR_BITS = 16_384;

function numberOf(gmp: Gmp, hex: string): number {
  const z = gmp.mpz_t();
  gmp.mpz_init(z);
  gmp.mpz_set_string(z, hex, 16);
  return z;
}

function free(gmp: Gmp, z: number): void {
  gmp.mpz_clear(z);
  gmp.mpz_t_free(z);
}

/** s^e - m: 134 million bits for 2048-bit signatures and e = 65537. */
function multipleOf(gmp: Gmp, pair: SignedPair, exponent: number): number {
  const x = numberOf(gmp, pair.s);
  const m = numberOf(gmp, pair.m);
  gmp.mpz_pow_ui(x, x, exponent);
  gmp.mpz_sub(x, x, m);
  free(gmp, m);
  return x;
}

/**
 * gcd(x_a, product of all x_j mod x_a) with x = s^e - m: a multiple of the modulus where the anchor and one of the others were
 * made by it and are unharmed. One gcd for all of `others`; what each of them adds is a power, a product and a remainder. Null
 * for a gcd that is too long: copies.
 */
export async function commonFactor(anchor: SignedPair, others: readonly SignedPair[], exponent: number): Promise<bigint | null> {
  const { binding: gmp } = await init();
  const x = multipleOf(gmp, anchor, exponent);
  let product = 0;
  for (const other of others) {
    const y = multipleOf(gmp, other, exponent);
    if (product === 0) {
      product = y;
      continue;
    }
    gmp.mpz_mul(product, product, y);
    free(gmp, y);
    gmp.mpz_tdiv_r(product, product, x);
  }
  gmp.mpz_gcd(x, x, product);
  const factor = gmp.mpz_sizeinbase(x, 2) > MOST_FACTOR_BITS ? null : BigInt(`0x${gmp.mpz_to_string(x, 16)}`);
  free(gmp, x);
  free(gmp, product);
  return factor;
}
