import type { Attribute } from '../model/attribute.ts';

export const RDF_URI = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
/** Namespace of the wrapper `x:xmpmeta`, the only carrier of the toolkit's name. */
export const META_URI = 'adobe:ns:meta/';

/** ISO 16684-1 section 8 and Adobe's XMP Specification part 2: whatever prefix a writer chose, the URI decides. */
export const CANONICAL_PREFIXES: ReadonlyMap<string, string> = new Map([
  [RDF_URI, 'rdf'],
  [META_URI, 'x'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ['http://ns.adobe.com/xap/1.0/', 'xmp'],
  ['http://ns.adobe.com/xap/1.0/mm/', 'xmpMM'],
  ['http://ns.adobe.com/xap/1.0/rights/', 'xmpRights'],
  ['http://ns.adobe.com/xap/1.0/bj/', 'xmpBJ'],
  ['http://ns.adobe.com/xap/1.0/t/pg/', 'xmpTPg'],
  ['http://ns.adobe.com/xmp/1.0/DynamicMedia/', 'xmpDM'],
  ['http://ns.adobe.com/xmp/note/', 'xmpNote'],
  ['http://ns.adobe.com/xap/1.0/sType/ResourceEvent#', 'stEvt'],
  ['http://ns.adobe.com/xap/1.0/sType/ResourceRef#', 'stRef'],
  ['http://ns.adobe.com/xap/1.0/sType/Version#', 'stVer'],
  ['http://ns.adobe.com/pdf/1.3/', 'pdf'],
  ['http://ns.adobe.com/pdfx/1.3/', 'pdfx'],
  ['http://www.aiim.org/pdfa/ns/id/', 'pdfaid'],
  ['http://ns.adobe.com/photoshop/1.0/', 'photoshop'],
  ['http://ns.adobe.com/camera-raw-settings/1.0/', 'crs'],
  ['http://ns.adobe.com/tiff/1.0/', 'tiff'],
  ['http://ns.adobe.com/exif/1.0/', 'exif'],
  ['http://ns.adobe.com/exif/1.0/aux/', 'aux'],
  ['http://cipa.jp/exif/1.0/', 'exifEX'],
  ['http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/', 'Iptc4xmpCore'],
  ['http://iptc.org/std/Iptc4xmpExt/2008-02-29/', 'Iptc4xmpExt'],
]);

/** What a property says, in the shared vocabulary. */
export const XMP_ATTRIBUTES: ReadonlyMap<string, Attribute> = new Map<string, Attribute>([
  ['xmp:CreateDate', 'time.created'],
  ['xmp:ModifyDate', 'time.modified'],
  ['xmp:MetadataDate', 'time.metadata'],
  ['photoshop:DateCreated', 'time.captured'],
  ['exif:DateTimeOriginal', 'time.captured'],
  ['xmp:CreatorTool', 'tool.application'],
  ['pdf:Producer', 'tool.producer'],
  ['x:xmptk', 'tool.toolkit'],
  ['dc:creator', 'party.author'],
  ['xmpMM:OriginalDocumentID', 'id.document'],
  ['xmpMM:DocumentID', 'id.document'],
  ['xmpMM:InstanceID', 'id.instance'],
  ['dc:title', 'name.title'],
  ['aux:SerialNumber', 'tool.camera-serial'],
  ['exifEX:BodySerialNumber', 'tool.camera-serial'],
  ['aux:OwnerName', 'party.owner'],
  ['exifEX:CameraOwnerName', 'party.owner'],
  ['xmpMM:History/stEvt:when', 'history.saved'],
  ['xmpMM:History/stEvt:softwareAgent', 'history.saved-with'],
  ['xmpMM:History/stEvt:instanceID', 'history.instance'],
  ['xmpMM:DerivedFrom/stRef:instanceID', 'history.instance'],
  ['xmpMM:DerivedFrom/stRef:documentID', 'history.instance'],
]);
