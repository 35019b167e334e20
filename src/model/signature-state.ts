/** A state is an outcome and, in brackets, what qualifies it: 'verified (undone: list footer; covers 100 of 120 bytes)'. */
export const stateText = (outcome: string, notes: readonly string[]): string => (notes.length === 0 ? outcome : `${outcome} (${notes.join('; ')})`);

/** What {@link stateText} wrote. */
export function partsOfState(value: string): { readonly outcome: string; readonly notes: readonly string[] } {
  const at = value.indexOf(' (');
  return at === -1 ? { outcome: value, notes: [] } : { outcome: value.slice(0, at), notes: value.slice(at + 2, -1).split('; ') };
}
