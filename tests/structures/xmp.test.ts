import { describe, expect, it } from 'vitest';
import { decodeXmp, readXmp, replayXmp, xmpClaims } from '../../src/structures/xmp.ts';

const NAMESPACES =
  'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:xap="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" ' +
  'xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#" xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#"';
const packet = (description: string): string =>
  `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Image::ExifTool 12.57"><rdf:RDF ${NAMESPACES}>${description}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

const claims = (text: string) => xmpClaims(text, 'xmp').flatMap((e) => (e.t === 'claim' ? [e.claim] : []));
const problems = (text: string) => xmpClaims(text, 'xmp').flatMap((e) => (e.t === 'problem' ? [e.problem] : []));

const BOTH_FORMS = packet(
  '<rdf:Description rdf:about="" xap:CreateDate="2017-03-27T12:41:05+02:00"><xap:ModifyDate>2017-03-28T09:00:00</xap:ModifyDate>' +
    '<dc:creator><rdf:Seq><rdf:li>Anne &amp; Co</rdf:li><rdf:li>Bert</rdf:li></rdf:Seq></dc:creator>' +
    '<dc:title><rdf:Alt><rdf:li xml:lang="fr">Budget, brouillon</rdf:li><rdf:li xml:lang="x-default">Budget</rdf:li></rdf:Alt></dc:title></rdf:Description>',
);

describe('readXmp', () => {
  it('names properties by namespace, not by the prefix written', () => {
    expect(readXmp(BOTH_FORMS)).toEqual([
      { name: 'x:xmptk', value: 'Image::ExifTool 12.57', element: 'x:xmpmeta', attribute: 'x:xmptk', nth: 0 },
      { name: 'xmp:CreateDate', value: '2017-03-27T12:41:05+02:00', element: 'rdf:Description', attribute: 'xap:CreateDate', nth: 0 },
      { name: 'xmp:ModifyDate', value: '2017-03-28T09:00:00', element: 'xap:ModifyDate', nth: 0 },
      { name: 'dc:creator', value: 'Anne & Co', element: 'rdf:li', nth: 0 },
      { name: 'dc:creator', value: 'Bert', element: 'rdf:li', nth: 1 },
      { name: 'dc:title', value: 'Budget, brouillon', element: 'rdf:li', nth: 2, language: 'fr' },
      { name: 'dc:title', value: 'Budget', element: 'rdf:li', nth: 3, language: 'x-default' },
    ]);
  });

  it('keeps the fields of structures apart from the properties of the document', () => {
    const text = packet(
      '<rdf:Description rdf:about=""><xmpMM:InstanceID>uuid:now</xmpMM:InstanceID><xmpMM:DerivedFrom stRef:instanceID="uuid:before"/>' +
        '<xmpMM:History><rdf:Seq><rdf:li stEvt:action="created"/><rdf:li rdf:parseType="Resource"><stEvt:action>saved</stEvt:action></rdf:li></rdf:Seq></xmpMM:History>' +
        '<xmpMM:Pantry><rdf:Bag><rdf:li><rdf:Description><xmpMM:InstanceID>uuid:other</xmpMM:InstanceID></rdf:Description></rdf:li></rdf:Bag></xmpMM:Pantry></rdf:Description>',
    );
    expect(readXmp(text).map((p) => [p.name, p.value])).toEqual([
      ['x:xmptk', 'Image::ExifTool 12.57'],
      ['xmpMM:InstanceID', 'uuid:now'],
      ['xmpMM:DerivedFrom/stRef:instanceID', 'uuid:before'],
      ['xmpMM:History/stEvt:action', 'created'],
      ['xmpMM:History/stEvt:action', 'saved'],
      ['xmpMM:Pantry/xmpMM:InstanceID', 'uuid:other'],
    ]);
    expect(
      claims(text)
        .filter((c) => c.attribute === 'id.instance')
        .map((c) => c.value),
    ).toEqual(['uuid:now']);
  });

  it('survives truncation and garbage at every place', () => {
    for (let at = 0; at < BOTH_FORMS.length; at += 7) {
      expect(readXmp(BOTH_FORMS.slice(0, at)).length).toBeLessThanOrEqual(7);
      expect(() => xmpClaims(`${BOTH_FORMS.slice(0, at)}<\u0000&&]]>${BOTH_FORMS.slice(at)}`, 'xmp')).not.toThrow();
    }
  });

  it('does not go deeper than structures do', () => {
    const deep = packet(`<rdf:Description>${'<dc:a>'.repeat(1500)}x${'</dc:a>'.repeat(1500)}</rdf:Description>`);
    expect(readXmp(deep).map((p) => p.name)).toEqual(['x:xmptk']);
  });
});

describe('xmpClaims', () => {
  it('speaks the shared vocabulary, with zone truth', () => {
    expect(claims(BOTH_FORMS).map((c) => [c.attribute, c.field, c.value])).toEqual([
      ['tool.toolkit', 'x:xmptk', 'Image::ExifTool 12.57'],
      ['time.created', 'xmp:CreateDate', { kind: 'instant', epochMs: Date.UTC(2017, 2, 27, 10, 41, 5), offsetMinutes: 120, precisionMs: 1000 }],
      ['time.modified', 'xmp:ModifyDate', { kind: 'wall', local: '2017-03-28T09:00:00', precisionMs: 1000 }],
      ['party.author', 'dc:creator', 'Anne & Co'],
      ['party.author', 'dc:creator', 'Bert'],
      ['name.title', 'dc:title', 'Budget'],
    ]);
    expect(problems(BOTH_FORMS)).toEqual([]);
  });

  it('gives locators that replay', () => {
    for (const c of claims(BOTH_FORMS)) expect(replayXmp(BOTH_FORMS, c.locator as never)).toBe(c.raw);
  });

  it('keeps a time it cannot understand, and both document ids', () => {
    const text = packet('<rdf:Description xap:CreateDate="yesterday" xmpMM:DocumentID="xmp.did:1" xmpMM:OriginalDocumentID="xmp.did:0"/>');
    expect(
      claims(text)
        .slice(1)
        .map((c) => [c.field, c.raw, c.value]),
    ).toEqual([
      ['xmp:CreateDate', 'yesterday', null],
      ['xmpMM:DocumentID', 'xmp.did:1', 'xmp.did:1'],
      ['xmpMM:OriginalDocumentID', 'xmp.did:0', 'xmp.did:0'],
    ]);
  });

  it('says when it cuts and when the packet is broken', () => {
    const text = packet(`<rdf:Description xap:CreatorTool="${'x'.repeat(2000)}"/>`);
    expect(claims(text)[1]?.raw).toHaveLength(1024);
    expect(problems(text)).toEqual([{ code: 'limit-exceeded', message: 'XMP xmp:CreatorTool: 2000 characters, the first 1024 kept as raw' }]);
    expect(problems(text.slice(0, 700)).map((p) => p.code)).toContain('malformed');
  });
});

describe('decodeXmp', () => {
  it.each(['utf8', 'utf16le'] as const)('reads %s, padded', (encoding) => {
    const bytes = Buffer.concat([
      Buffer.from(encoding === 'utf8' ? '\n ' : ''),
      Buffer.from(BOTH_FORMS, encoding),
      Buffer.alloc(encoding === 'utf8' ? 3 : 4),
    ]);
    expect(claims(decodeXmp(bytes))).toHaveLength(6);
    expect(problems(decodeXmp(bytes))).toEqual([]);
  });

  it('reads UTF-16BE', () => {
    expect(claims(decodeXmp(Buffer.from(BOTH_FORMS, 'utf16le').swap16()))).toHaveLength(6);
  });
});
