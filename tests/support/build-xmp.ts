const XMP_NAMESPACES = {
  xmp: 'http://ns.adobe.com/xap/1.0/',
  dc: 'http://purl.org/dc/elements/1.1/',
  xmpMM: 'http://ns.adobe.com/xap/1.0/mm/',
  pdf: 'http://ns.adobe.com/pdf/1.3/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  exif: 'http://ns.adobe.com/exif/1.0/',
  xmpNote: 'http://ns.adobe.com/xmp/note/',
};
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** A packet of these properties: text as attributes of rdf:Description, lists as rdf:Seq, dc:title as rdf:Alt. */
export function xmpPacket(properties: Readonly<Record<string, string | readonly string[]>>, toolkit = 'XMP Core 5.1.2'): string {
  const namespaces = Object.entries(XMP_NAMESPACES)
    .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
    .join(' ');
  const attributes = Object.entries(properties).flatMap(([name, v]) =>
    typeof v === 'string' && name !== 'dc:title' ? [` ${name}="${escaped(v)}"`] : [],
  );
  const elements = Object.entries(properties).flatMap(([name, v]) => {
    if (name === 'dc:title') return [`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped([v].flat()[0] ?? '')}</rdf:li></rdf:Alt></dc:title>`];
    return typeof v === 'string' ? [] : [`<${name}><rdf:Seq>${v.map((item) => `<rdf:li>${escaped(item)}</rdf:li>`).join('')}</rdf:Seq></${name}>`];
  });
  return (
    `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="${escaped(toolkit)}">` +
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ${namespaces}${attributes.join('')}>` +
    `${elements.join('')}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
  );
}
