import { type CurveData, CURVES } from './curves.data.ts';

interface Curve {
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
  readonly n: bigint;
  readonly g: Point;
}

/** In Jacobian form: x / z², y / z³; z = 0 is the point at infinity. */
interface Point {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
}

const hex = (s: string): bigint => BigInt(`0x${s}`);
const curveOf = ({ p, a, b, n, x, y }: CurveData): Curve => ({ p: hex(p), a: hex(a), b: hex(b), n: hex(n), g: { x: hex(x), y: hex(y), z: 1n } });
const mod = (v: bigint, m: bigint): bigint => ((v % m) + m) % m;

/** The inverse in a field, by Euclid; 0 of 0. */
export function inverse(v: bigint, m: bigint): bigint {
  let [r, next, s, nextS] = [m, mod(v, m), 0n, 1n];
  while (next !== 0n) {
    const q = r / next;
    [r, next] = [next, r - q * next];
    [s, nextS] = [nextS, s - q * nextS];
  }
  return r === 1n ? mod(s, m) : 0n;
}

function double({ p, a }: Curve, { x, y, z }: Point): Point {
  const yy = (y * y) % p;
  const s = (4n * x * yy) % p;
  const zz = (z * z) % p;
  const m = (3n * x * x + a * zz * zz) % p;
  const x3 = mod(m * m - 2n * s, p);
  return { x: x3, y: mod(m * (s - x3) - 8n * yy * yy, p), z: (2n * y * z) % p };
}

function add(c: Curve, one: Point, two: Point): Point {
  const { p } = c;
  if (one.z === 0n) return two;
  if (two.z === 0n) return one;
  const [z1, z2] = [(one.z * one.z) % p, (two.z * two.z) % p];
  const [u1, u2] = [(one.x * z2) % p, (two.x * z1) % p];
  const [s1, s2] = [(((one.y * two.z) % p) * z2) % p, (((two.y * one.z) % p) * z1) % p];
  if (u1 === u2) return s1 === s2 ? double(c, one) : { x: 1n, y: 1n, z: 0n };
  const h = mod(u2 - u1, p);
  const r = mod(s2 - s1, p);
  const hh = (h * h) % p;
  const hhh = (h * hh) % p;
  const v = (u1 * hh) % p;
  const x = mod(r * r - hhh - 2n * v, p);
  return { x, y: mod(r * (v - x) - s1 * hhh, p), z: (((h * one.z) % p) * two.z) % p };
}

/** u1·one + u2·two, digit by digit of both. */
function sumOf(c: Curve, u1: bigint, one: Point, u2: bigint, two: Point): Point {
  const both = add(c, one, two);
  let sum: Point = { x: 1n, y: 1n, z: 0n };
  const width = Math.max(u1.toString(2).length, u2.toString(2).length);
  const [d1, d2] = [u1.toString(2).padStart(width, '0'), u2.toString(2).padStart(width, '0')];
  for (let i = 0; i < width; i++) {
    sum = double(c, sum);
    if (d1[i] === '1') sum = add(c, sum, d2[i] === '1' ? both : one);
    else if (d2[i] === '1') sum = add(c, sum, two);
  }
  return sum;
}

/** An uncompressed point '04…' that lies on the curve (SEC 1 section 2.3.4); null for any other. */
function pointOf({ p, a, b }: Curve, written: string): Point | null {
  const width = (p.toString(16).length + 1) & ~1;
  if (written.length !== 2 + 2 * width || !written.startsWith('04')) return null;
  const [x, y] = [hex(written.slice(2, 2 + width)), hex(written.slice(2 + width))];
  return x < p && y < p && (y * y - x * x * x - a * x - b) % p === 0n ? { x, y, z: 1n } : null;
}

/** The leftmost bits of a digest, as many as the order has (FIPS 186-5 section 6.4.2). */
export function leftmost(digest: Uint8Array, order: bigint): bigint {
  const extra = digest.byteLength * 8 - order.toString(2).length;
  const whole = hex(Buffer.from(digest).toString('hex'));
  return extra > 0 ? whole >> BigInt(extra) : whole;
}

/**
 * ECDSA over a digest that is at hand without what was digested: node:crypto hashes itself. FIPS 186-5 section 6.4.2. Null
 * where the curve is not known here or the key is no point of it.
 * @param oid encoded octets, hexadecimal. @param key the point, as written.
 */
export function verifiesOnCurve(oid: string, key: string, digest: Uint8Array, r: bigint, s: bigint): boolean | null {
  const data = CURVES[oid];
  const curve = data && curveOf(data);
  const point = curve && pointOf(curve, key);
  if (!curve || !point) return null;
  const { n, p, g } = curve;
  if (r <= 0n || s <= 0n || r >= n || s >= n) return false;
  const w = inverse(s, n);
  const sum = sumOf(curve, (leftmost(digest, n) * w) % n, g, (r * w) % n, point);
  if (sum.z === 0n) return false;
  const iz = inverse(sum.z, p);
  return ((sum.x * iz * iz) % p) % n === r;
}
