import { byMediaType, type Container } from '../model/input.ts';
import { appleDouble } from './apple-double.ts';
import { archive } from './archive.ts';
import { binhex } from './binhex.ts';
import { c2pa } from './c2pa.ts';
import { chm } from './chm.ts';
import { cms } from './cms.ts';
import { compressed } from './compressed.ts';
import { emlx } from './emlx.ts';
import { encryptedPackage } from './encrypted-package.ts';
import { gzip } from './gzip.ts';
import { iwork } from './iwork.ts';
import { jumpList } from './jump-list.ts';
import { listed } from './listed.ts';
import { lit } from './lit.ts';
import { macBinary } from './mac-binary.ts';
import { mapiMessage } from './mapi-message.ts';
import { mbox } from './mbox.ts';
import { mime } from './mime.ts';
import { mobi } from './mobi.ts';
import { msg } from './msg.ts';
import { odf } from './odf.ts';
import { ole } from './ole.ts';
import { opc } from './ooxml.ts';
import { pdf } from './pdf.ts';
import { pst } from './pst.ts';
import { pgp } from './pgp.ts';
import { rar } from './rar.ts';
import { rtf } from './rtf.ts';
import { selfExtracting } from './self-extracting.ts';
import { tar } from './tar.ts';
import { thumbsDb } from './thumbs-db.ts';
import { tnef } from './tnef.ts';
import { warc } from './warc.ts';
import { xmlDocument } from './xml-document.ts';
import { zip } from './zip.ts';

/** Every container, alphabetical by file. A contract test compares this list with the directory. */
export const CONTAINERS: readonly Container[] = [
  appleDouble,
  archive,
  binhex,
  c2pa,
  chm,
  cms,
  compressed,
  emlx,
  encryptedPackage,
  gzip,
  iwork,
  jumpList,
  listed,
  lit,
  macBinary,
  mapiMessage,
  mbox,
  mime,
  mobi,
  msg,
  odf,
  ole,
  opc,
  pdf,
  pst,
  pgp,
  rar,
  rtf,
  selfExtracting,
  tar,
  thumbsDb,
  tnef,
  warc,
  xmlDocument,
  zip,
];

const BY_TYPE = byMediaType(CONTAINERS);

/** Who is asked about bytes of a type: once for every artifact. */
export const containerOf = (mediaType: string): Container | undefined => BY_TYPE.get(mediaType);
