import { describe, expect, it } from 'vitest';
import { ooxml } from '../../src/formats/ooxml.ts';
import { xmlSignature } from '../../src/formats/xml-signature.ts';
import type { FormatReader } from '../../src/model/input.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildXmlSignature, type XmlReferenceSpec } from '../support/build-xmldsig.ts';
import { buildZip } from '../support/build-zip.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const told = async (reader: FormatReader, bytes: Uint8Array): Promise<unknown[]> =>
  (await readAll(reader, bytes)).claims
    .filter((c) => /^(?:signature\.|time\.signed|mark\.signature)/.test(c.attribute))
    .map((c) => [c.attribute, c.field, c.value]);
const typeOf = (text: string): string => recognise(inputFrom(Buffer.from(text))).mediaType;
const instant = { kind: 'instant', epochMs: Date.UTC(2015, 2, 4, 12), offsetMinutes: 60, precisionMs: 1000 };

describe('XML that is signed', () => {
  it('names its signer, not the issuer beside it', async () => {
    const bytes = Buffer.from(buildXmlSignature({ signingTime: '2015-03-04T13:00:00+01:00', enveloped: true }));
    expect(typeOf(bytes.toString())).toBe('application/x-xml-signature');
    expect(await told(xmlSignature, bytes)).toEqual([
      ['signature.kind', 'signature SignatureMethod', 'xml'],
      ['signature.signer', 'signature X509Certificate subject', 'C=FR, O=Campagne, CN=Claire Moreau'],
      ['signature.signer', 'signature X509Certificate e-mail', 'claire@campagne.example'],
      ['signature.issuer', 'signature X509Certificate issuer', 'O=Autorité, CN=Racine'],
      ['signature.trust', 'signature certificate', 'signed by the issuer inside, trust not checked'],
      ['time.signed', 'signature xades:SigningTime', instant],
      ['mark.signature-coverage', 'signature references', 'what stands in the same document'],
      ['signature.state', 'signature signature value', 'not checked'],
    ]);
    expect(await unreplayable(xmlSignature, bytes)).toEqual([]);
  });

  it.each([
    ['without a signature', '<?xml version="1.0"?><lettre>Bonjour</lettre>', 'application/xml'],
    ['that only speaks of one', '<?xml version="1.0"?><lettre>SignatureValue</lettre>', 'application/xml'],
    ['in HTML', '<html><p>SignatureValue http://www.w3.org/2000/09/xmldsig#</p></html>', 'text/html'],
  ])('is told from XML %s', (_, text, type) => expect(typeOf(text)).toBe(type));
});

describe('a package that is signed', () => {
  const document = Buffer.from('<w:document xmlns:w="urn:w"/>');
  const types =
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
  const docx = (references: readonly XmlReferenceSpec[]): Uint8Array =>
    buildZip(
      [
        { name: '[Content_Types].xml', content: Buffer.from(types) },
        { name: 'word/document.xml', content: document },
        { name: '_xmlsignatures/sig1.xml', content: Buffer.from(buildXmlSignature({ references, comments: 'Accord' })) },
      ],
      'info-zip',
    );
  const part = { uri: '/word/document.xml?ContentType=application/xml', bytes: document };
  const relationships = {
    uri: '/_rels/.rels',
    bytes: document,
    transforms: ['http://schemas.openxmlformats.org/package/2006/RelationshipTransform'],
  };
  const canonical = { uri: '/word/document.xml', bytes: Buffer.from('other'), transforms: ['http://www.w3.org/TR/2001/REC-xml-c14n-20010315'] };

  it.each([
    ['as signed', [part], 'verified', '1 parts'],
    ['changed', [{ ...part, bytes: Buffer.from('other') }], 'content changed', '1 parts'],
    ['without a part that was signed', [part, { uri: '/word/styles.xml', bytes: document }], 'content changed', '2 parts'],
    ['signed through canonical XML', [canonical], 'not checked', '1 parts'],
    ['signed inside only', [{ uri: '#idObject', bytes: document }], undefined, 'what stands in the same document'],
  ])('%s', async (_, references, state, coverage) => {
    const { claims } = await readAll(ooxml, docx(references));
    expect(claims.find((c) => c.field.endsWith('sig1.xml parts'))?.value).toBe(state);
    expect(claims.find((c) => c.attribute === 'mark.signature-coverage')?.value).toBe(coverage);
  });

  it('has a signature that replays', async () => {
    const file = docx([part, relationships]);
    expect((await readAll(ooxml, file)).values('signature.remark')).toEqual(['Accord']);
    expect(await unreplayable(ooxml, file)).toEqual([]);
  });
});
