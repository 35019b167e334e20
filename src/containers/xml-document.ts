import { MAX_RAW } from '../model/claim.ts';
import { bytesOf } from '../model/bytes.ts';
import { fileNameClaim } from '../model/file-name.ts';
import type { Child, Container, Input } from '../model/input.ts';
import { FLAT_ODF_MEDIA_TYPES } from '../structures/odf/types.data.ts';
import { type XmlBinary, xmlBinaries } from '../structures/xml-document/binaries.ts';
import { readXmlSource } from '../structures/xml-document/source.ts';

function childOf({ key, name, within, bytes }: XmlBinary): Child {
  const label = name?.slice(0, MAX_RAW);
  const says = label === undefined ? [] : [fileNameClaim(label)];
  return { key, ...(label === undefined ? {} : { label }), role: within === 'object-ole' ? 'document' : 'part', bytes: bytesOf(bytes), says };
}

function* open(input: Input): Generator<Child> {
  for (const binary of xmlBinaries(input.once(readXmlSource).text)) yield childOf(binary);
}

/** Pictures and objects that stand as base64 in a document of one XML file. Keys name the element: 'office:binary-data#0'. */
export const xmlDocument: Container = {
  id: 'xml-document',
  version: 1,
  mediaTypes: [
    ...FLAT_ODF_MEDIA_TYPES,
    'application/vnd.ms-wordml',
    'application/vnd.ms-spreadsheetml',
    'application/x-abiword',
    'application/x-fictionbook+xml',
  ],
  open,
  openOne(input, key) {
    for (const binary of xmlBinaries(input.once(readXmlSource).text, key)) return childOf(binary);
    return null;
  },
};
