import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import { isServerTool } from './tools.ts';

/** Word, Excel and PowerPoint since 2007: packages in a zip (ECMA-376). OpenDocument is not meant. */
export const isOfficePackage = (mediaType: string): boolean =>
  /officedocument|vnd\.ms-(?:word|excel|powerpoint)\.[a-z.-]{0,40}macroenabled/.test(mediaType);

/** The application claim that names an Office program a person sits in front of; null where it names anything else. */
export function microsoftApplication(subject: Subject<'tool.application'>): Claim<'tool.application'> | null {
  const [claim] = subject.claims('tool.application');
  const name = claim?.value ?? '';
  return claim && /^microsoft\b/i.test(name) && !isServerTool(name) ? claim : null;
}

/** Programs that unpack and pack anything, by the value of tool.container, as a person would call them. */
export const ARCHIVERS: ReadonlyMap<string, string> = new Map([
  ['info-zip', 'Info-ZIP'],
  ['7-zip', '7-Zip'],
  ['winrar', 'WinRAR'],
  ['macos-archive', 'the archive utility of macOS'],
  ['windows-explorer', 'the compressed folders of Windows'],
]);

/** What a person reads of a document, by member name: text, cells and slides, not properties, styles or relationships. */
const CONTENT_PART =
  /^(?:word\/(?:document\d*|header\d*|footer\d*|footnotes|endnotes|comments)\.xml|xl\/(?:worksheets\/[^/]+|sharedStrings)\.(?:xml|bin)|ppt\/slides\/[^/]+\.xml)$/i;

/** The members of another make than the rest that hold content. */
export const oddContent = (subject: Subject<'mark.odd-member'>): readonly Claim<'mark.odd-member'>[] =>
  subject.claims('mark.odd-member').filter((c) => CONTENT_PART.test(c.value ?? ''));
