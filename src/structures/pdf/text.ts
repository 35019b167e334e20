import { extractText, getDocumentProxy } from 'unpdf';
import type { Bytes } from '../../model/input.ts';

/** pdf.js holds the whole file and more in memory: larger files are not handed to it. */
const MAX_UNPDF_BYTES = 32 * 1024 ** 2;

/**
 * The text of each page by pdf.js, which knows the encodings that our own extraction does not. Null where it cannot read the
 * bytes. Expensive (tens of ms, the whole file in memory): only where a page has text that we cannot put into characters.
 */
export async function pageTexts(bytes: Bytes): Promise<readonly string[] | null> {
  if (bytes.size > MAX_UNPDF_BYTES) return null;
  // A copy: pdf.js takes the buffer it is given for its own.
  const document = await getDocumentProxy(Uint8Array.from(bytes.slice(0, bytes.size)), {
    verbosity: 0,
    isEvalSupported: false,
    useSystemFonts: false,
  }).catch(() => null);
  if (!document) return null;
  try {
    return await extractText(document, { mergePages: false }).then(
      ({ text }) => text,
      () => null,
    );
  } finally {
    await document.destroy();
  }
}
