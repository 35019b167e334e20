/** 'Created with GIMP', 'Generator: Adobe Illustrator 16.0.0, SVG Export Plug-In . SVG Version: 6.00', 'Software: …'. */
const SIGNED =
  /^\s*(?:generator:|software:|generated (?:by|with|using)|created (?:by|with|using|in)|made (?:by|with|using)|produced (?:by|with)|exported (?:by|from|with))\s*(\S.*)$/i;

/** The program a comment names as its writer; null where it speaks of something else. */
export function toolInRemark(comment: string): string | null {
  const m = SIGNED.exec(comment.split(/[\r\n]/, 1)[0] ?? '');
  return m?.[1]?.trim() ?? null;
}
