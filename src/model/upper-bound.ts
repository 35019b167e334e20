/** Lanczos, g = 7, n = 9: relative error below 1e-13 for x > 0.5. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
  9.9843695780195716e-6, 1.5056327351493116e-7,
];

function logGamma(x: number): number {
  const y = x - 1;
  const t = y + 7.5;
  const sum = LANCZOS.reduce((s, c, i) => (i === 0 ? c : s + c / (y + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Keeps a denominator of the continued fraction from being zero. */
const TINY = 1e-300;
const MAX_TERMS = 10_000;

/** The continued fraction of the incomplete beta function (DLMF 8.17.22), by the method of Lentz. */
function fraction(x: number, a: number, b: number): number {
  const apart = (v: number): number => (Math.abs(v) < TINY ? TINY : v);
  let c = 1;
  let d = 1 / apart(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m <= MAX_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / apart(1 + even * d);
    c = apart(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / apart(1 + odd * d);
    c = apart(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return h;
}

/** I_x(a, b), the regularised incomplete beta function (DLMF 8.17.2), for a, b >= 1 and x in 0..1. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

/** Halvings of 0..1 until nothing of a double is left. */
const HALVINGS = 80;

/**
 * The exact one-sided upper bound of a proportion (Clopper and Pearson, Biometrika 26, 1934): the largest p at which `fired` or
 * fewer of `of` trials still happens with probability 1 - confidence. 1 where there was no trial. Supposes independent trials.
 */
export function upperBound(fired: number, of: number, confidence = 0.95): number {
  if (fired >= of) return 1;
  let [low, high] = [0, 1];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, fired + 1, of - fired) < confidence) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
