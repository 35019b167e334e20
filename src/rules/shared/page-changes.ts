/** One change of what a page shows, as the reader of PDF words it, to whether it only added. */
const TEXT = /^page \d+: '([^]*)' -> '([^]*)'/;
const COUNTS = /^page \d+: (?:paths drawn|images) changed \((\d+) before, (\d+) after\)/;

/** Whether the text before stands whole in the text after, in front of and behind what was put in. */
function isInsertion(before: string, after: string): boolean {
  const [old, now] = [before, after].map((t) => t.split(/\s+/).filter((w) => w !== '')) as [string[], string[]];
  let head = 0;
  while (head < old.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < old.length - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  return head + tail >= old.length && now.length > old.length;
}

function isAddition(change: string): boolean {
  if (/^page \d+ added/.test(change)) return true;
  const text = TEXT.exec(change);
  if (text) return isInsertion(text[1] ?? '', text[2] ?? '');
  const counts = COUNTS.exec(change);
  return counts !== null && Number(counts[2]) > Number(counts[1]);
}

/**
 * Whether a revision only put something onto pages, or whole pages in, and took nothing away: "page 1: '' -> 'Page 1 of 3'".
 * Stamps, page numbers and recognised text do that. A list that was cut ("and 4 more") counts as more than that.
 */
export const onlyAdds = (summary: string): boolean =>
  !/; page \d{1,9}[^;]* and \d+ more/.test(summary) && summary.split(/; (?=page \d+|order of pages )/).every(isAddition);
