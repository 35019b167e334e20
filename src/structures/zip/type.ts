import type { Input } from '../../model/input.ts';
import { iworkMediaType } from '../iwork.ts';
import { decodeXml, scanXml } from '../xml.ts';
import { memberOf, readMember, readZip, type Zip } from './zip.ts';
import { LOCAL_HEADER } from './header.ts';
import { PACKAGE_OF_MAIN_PART, PACKAGE_OF_MEMBER } from './type.data.ts';
import { u32 } from '../little-endian.ts';

/** Larger lists of parts belong to no office document, and this runs on every zip. */
const MAX_LIST_BYTES = 4 * 1024 ** 2;
const MAX_MIMETYPE_BYTES = 256;
/** OpenDocument 1.3 part 2, 3.3; its predecessor's types; OCF 3.3, 4.3. Other texts in that place are nobody's promise. */
const DECLARED = /^application\/(?:vnd\.oasis\.opendocument\.[a-z-]+|vnd\.sun\.xml\.[a-z.]+|epub\+zip)$/;

function bytesOf(input: Input, zip: Zip, name: string, maxBytes: number): Uint8Array | null {
  const member = memberOf(zip, name);
  if (!member) return null;
  const read = readMember(input, member, maxBytes);
  return read.ok ? read.bytes : null;
}

function xmlOf(input: Input, zip: Zip, name: string): string | null {
  const bytes = bytesOf(input, zip, name, MAX_LIST_BYTES);
  return bytes === null ? null : decodeXml(bytes);
}

/** By the content type of the main part (ECMA-376-2 7.2): what the package is whatever its parts are called. */
function opcType(input: Input, zip: Zip): string | null {
  const text = xmlOf(input, zip, '[Content_Types].xml');
  if (text === null) return null;
  let found: string | null = null;
  scanXml(text, {
    open(e) {
      if (found !== null || (e.local !== 'Override' && e.local !== 'Default')) return;
      found =
        PACKAGE_OF_MAIN_PART.get(
          e.attributes
            .find((a) => a.local === 'ContentType')
            ?.value.trim()
            .toLowerCase() ?? '',
        ) ?? null;
    },
  });
  return found;
}

/** The first member of OpenDocument and EPUB packages is their media type in ASCII. */
function declaredType(input: Input, zip: Zip): string | null {
  const bytes = bytesOf(input, zip, 'mimetype', MAX_MIMETYPE_BYTES);
  if (bytes === null) return null;
  const text = Buffer.from(bytes)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trim()
    .toLowerCase();
  return DECLARED.test(text) ? text : null;
}

/** An OpenDocument package without its first member still says what it is in the manifest's entry for '/'. */
function manifestType(input: Input, zip: Zip): string | null {
  const text = memberOf(zip, 'content.xml') ? xmlOf(input, zip, 'META-INF/manifest.xml') : null;
  if (text === null) return null;
  let found: string | null = null;
  scanXml(text, {
    open(e) {
      if (found !== null || e.local !== 'file-entry' || e.attributes.find((a) => a.local === 'full-path')?.value !== '/') return;
      found = e.attributes.find((a) => a.local === 'media-type')?.value.toLowerCase() ?? null;
    },
  });
  return found !== null && DECLARED.test(found) ? found : null;
}

const memberType = (zip: Zip): string | null => PACKAGE_OF_MEMBER.find(([name]) => memberOf(zip, name) !== undefined)?.[1] ?? null;

/**
 * What a zip is: an office package, an EPUB, a JAR, or just an archive, also where it is cut off behind the members that
 * tell. Null where no part of it is a zip.
 */
export function zipMediaType(input: Input): string | null {
  const zip = input.once(readZip);
  const isZip = zip.members.length > 0 || !zip.salvaged || u32(input.bytes.slice(0, 4), 0) === LOCAL_HEADER;
  if (!isZip) return null;
  const type = opcType(input, zip) ?? declaredType(input, zip) ?? memberType(zip) ?? manifestType(input, zip) ?? iworkMediaType(input, zip);
  return type ?? (memberOf(zip, 'META-INF/MANIFEST.MF') ? 'application/java-archive' : 'application/zip');
}
