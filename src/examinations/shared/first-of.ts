/** The first `most` of a stream that are wanted, and whether there were more. What is behind the first one too many is not read. */
export async function firstOf<T>(
  items: AsyncIterable<T>,
  most: number,
  wanted: (item: T) => boolean = () => true,
): Promise<{ readonly kept: T[]; readonly more: boolean }> {
  const kept: T[] = [];
  for await (const item of items) {
    if (!wanted(item)) continue;
    if (kept.length === most) return { kept, more: true };
    kept.push(item);
  }
  return { kept, more: false };
}
