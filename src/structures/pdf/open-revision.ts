import { type PageContent, pageContent } from './content.ts';
import type { PdfFile } from './file.ts';
import type { PdfRevision } from './revisions.ts';
import type { PdfPage } from './pages.ts';
import { isSpent, note } from './source.ts';
import { pageTexts } from './text.ts';
import { type Zones, zonesOf } from './zones.ts';

/** One revision laid open: read once, compared with the one before and the one after. */
export interface OpenRevision {
  readonly revision: PdfRevision;
  readonly zones: Zones;
  /** What a page shows; its text by pdf.js where our own extraction finds codes and no characters. */
  content(page: PdfPage): Promise<PageContent>;
  /** True for a page that was asked for: the others of an older revision read as they do in the next. */
  isExtracted(page: PdfPage): boolean;
}

/** Lays a revision open. Nothing is extracted before it is asked for, and nothing twice. */
export function openRevision(pdf: PdfFile, revision: PdfRevision): OpenRevision {
  const contents = new Map<number, PageContent>();
  let left = pdf.source.limits.maxTextBytes;
  let cutPages = 0;
  let others: Promise<readonly string[] | null> | undefined;
  return {
    revision,
    zones: zonesOf(revision.view),
    isExtracted: (page) => contents.has(page.number),
    async content(page) {
      const known = contents.get(page.number);
      if (known) return known;
      if (left <= 0) note(pdf.source, 'limit-exceeded', `more than ${pdf.source.limits.maxTextBytes} bytes of text; later pages are not compared`);
      let content = pageContent(revision.view, page, Math.max(0, left));
      if (content.unknown > content.text.length) {
        others ??= pageTexts(pdf.source.bytes.window(0, revision.end));
        const texts = await others;
        if (!texts) note(pdf.source, 'malformed', `pages of revision ${revision.number} show text that cannot be put into characters`);
        const text = texts?.[page.number - 1]?.trim() ?? '';
        if (text !== '') content = { ...content, text, unknown: 0 };
      }
      // Where there is no room left for any page, that is told once.
      if (content.isCut && left > 0 && !isSpent(pdf.source)) {
        const which = cutPages++ === 0 ? `page ${page.number} draws` : 'further pages draw';
        note(pdf.source, 'limit-exceeded', `${which} more than is compared`);
      }
      left -= content.text.length;
      contents.set(page.number, content);
      return content;
    },
  };
}
