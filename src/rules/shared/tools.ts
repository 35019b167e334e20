import { SERVER_TOOLS, SILENT_TOOLS } from './tools.data.ts';

/** Longer names of programs are something else. */
const MAX_NAME = 200;

/**
 * The product behind a program's name, lower case, so that editions meet: 'Microsoft Office Word', 'Microsoft Macintosh Word'
 * and 'Microsoft Word for the web' are one; versions and platforms are dropped.
 */
export function productName(application: string): string {
  const name = application.slice(0, MAX_NAME).toLowerCase().replace(/[®™©]/g, ' ').replace(/\s+/g, ' ').trim();
  const office = /^microsoft\b.*\b(word|excel|powerpoint|outlook|visio|publisher|onenote|project)\b/.exec(name);
  if (office) return `microsoft ${office[1]}`;
  return (
    name
      .replace(/(?<![\s/,(\-_])[\s/,(\-_]+(?:version |ver |release |v\.?)?\d[^]*$/, '')
      .replace(/\$[^]*$/, '')
      .trim() || name
  );
}

/** A program that runs without a person in front of it: a library, a report writer, a document server. */
export const isServerTool = (application: string): boolean => SERVER_TOOLS.test(application.slice(0, MAX_NAME));

/** A program that leaves the names and dates out by nature, so that their absence says nothing. */
export const isSilentTool = (application: string): boolean => isServerTool(application) || SILENT_TOOLS.test(application.slice(0, MAX_NAME));

/** Documents that an office program saves, whose metadata names the last saving: Word, Excel, PowerPoint and their OpenDocument kin. */
export const isOfficeDocument = (mediaType: string): boolean =>
  /officedocument|opendocument|ms-?word|ms-?excel|ms-?powerpoint|x-ole-storage/.test(mediaType);

/** The same in an OLE compound file, where no zip tells the writer. */
export const isOleDocument = (mediaType: string): boolean => /^application\/(?:msword|vnd\.ms-(?:excel|powerpoint)|x-ole-storage)$/.test(mediaType);
