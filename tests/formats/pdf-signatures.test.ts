import { describe, expect, it } from 'vitest';
import { pdf } from '../../src/formats/pdf.ts';
import { buildCertificate, buildSigned, buildToken, CLAIRE, signWith } from '../support/build-cms.ts';
import { octets } from '../support/build-der.ts';
import { buildPdf } from '../support/build-pdf.ts';
import { appendRevision, type PdfSigner } from '../support/build-pdf-update.ts';
import { readAll, unreplayable } from '../support/read.ts';
import { createHash } from 'node:crypto';

const TIME = '2015-03-04T12:00:00Z';
const BASE = buildPdf({ pages: ['EUR 12,000'] });
const signed = (signer: PdfSigner): Buffer => Buffer.from(appendRevision(BASE, { sign: 'Sig1', signer }));
const detached: PdfSigner = {
  entries: "/SubFilter /adbe.pkcs7.detached /Name (Claire Moreau) /Reason (Accord) /Location (Lyon) /M (D:20150304130001+01'00')",
  contents: (content) => buildSigned({ content, detached: true, signingTime: TIME, stamped: '2015-03-04T12:00:09Z' }),
};
const states = async (file: Uint8Array): Promise<unknown[]> =>
  (await readAll(pdf, file)).claims.filter((c) => c.attribute === 'signature.state').map((c) => [c.field, c.value]);
const altered = (file: Buffer): Buffer => {
  const copy = Buffer.from(file);
  copy[copy.indexOf('MediaBox [0 0 ') + 'MediaBox [0 0 '.length] = 0x31;
  return copy;
};

describe('what a PDF signature says', () => {
  it('is told by its dictionary and by its certificate', async () => {
    const file = signed(detached);
    const { claims } = await readAll(pdf, file);
    const told = claims.filter((c) => /^(?:signature\.|time\.signed|mark\.signature)/.test(c.attribute)).map((c) => [c.attribute, c.field, c.raw]);
    expect(told).toEqual([
      ['mark.signature-coverage', 'signature Sig1', expect.stringMatching(/^0 \d+ \d+ \d+$/)],
      ['signature.signer', 'signature Sig1 Name', 'Claire Moreau'],
      ['signature.remark', 'signature Sig1 Reason', 'Accord'],
      ['signature.remark', 'signature Sig1 Location', 'Lyon'],
      ['time.signed', 'signature Sig1 M', "D:20150304130001+01'00'"],
      ['signature.kind', 'signature Sig1 SubFilter', 'adbe.pkcs7.detached'],
      ['signature.signer', 'signature Sig1 subject', 'C=FR, O=Campagne, CN=Claire Moreau'],
      ['signature.signer', 'signature Sig1 e-mail', 'Claire@campagne.example'],
      ['signature.issuer', 'signature Sig1 issuer', 'O=Autorité, CN=Racine'],
      ['time.signed', 'signature Sig1 signingTime', '150304120000Z'],
      ['signature.digest', 'signature Sig1 digestAlgorithm', '2.16.840.1.101.3.4.2.1'],
      ['signature.state', 'signature Sig1 signature', 'verified'],
      ['signature.trust', 'signature Sig1 certificate', 'issuer not inside, trust not checked'],
      ['time.signed', 'signature Sig1 signature time stamp', '20150304120009Z'],
      ['signature.signer', 'signature Sig1 signature time stamp, authority', 'CN=Horodatage'],
      ['signature.state', 'signature Sig1 signature time stamp', 'verified'],
    ]);
    expect(await unreplayable(pdf, file)).toEqual([]);
  });

  it('holds for the range, whatever follows, and not for another content', async () => {
    const file = signed(detached);
    const stamp = ['signature Sig1 signature time stamp', 'verified'];
    expect(await states(appendRevision(file, { annotate: { page: 1, text: 'later' } }))).toEqual([['signature Sig1 signature', 'verified'], stamp]);
    expect(await states(altered(file))).toEqual([['signature Sig1 signature', 'content changed'], stamp]);
  });

  it('is a digest of the range in the older form', async () => {
    const file = signed({
      entries: '/SubFilter /adbe.pkcs7.sha1',
      contents: (covered) => buildSigned({ content: createHash('sha1').update(covered).digest() }),
    });
    const signature = ['signature Sig1 signature', 'verified'];
    expect(await states(file)).toEqual([signature, ['signature Sig1 digest of the byte range', 'verified']]);
    expect(await states(altered(file))).toEqual([signature, ['signature Sig1 digest of the byte range', 'content changed']]);
  });

  it('is a time-stamp token over the range', async () => {
    const file = signed({ entries: '/SubFilter /ETSI.RFC3161', contents: (covered) => buildToken(covered, TIME) });
    const signature = ['signature Sig1 signature', 'verified'];
    expect(await states(file)).toEqual([signature, ['signature Sig1 time-stamped content', 'verified']]);
    expect(await states(altered(file))).toEqual([signature, ['signature Sig1 time-stamped content', 'content changed']]);
  });

  it('has its certificate beside it in the oldest form', async () => {
    const certificate = buildCertificate(CLAIRE).toString('hex');
    const file = signed({
      entries: `/SubFilter /adbe.x509.rsa_sha1 /Cert <${certificate}>`,
      contents: (covered) => octets(signWith('claire', covered)),
    });
    expect(await states(file)).toEqual([['signature Sig1 signature', 'verified']]);
    expect(await states(altered(file))).toEqual([['signature Sig1 signature', 'signature does not fit']]);
    expect(await unreplayable(pdf, file)).toEqual([]);
  });

  it('is not read out of garbage', async () => {
    const read = await readAll(pdf, signed({ entries: '', contents: () => Buffer.from('garbage') }));
    expect(read.values('signature.state')).toEqual([]);
    expect(read.problems).toEqual([{ code: 'malformed', message: "signature 'Sig1' holds no signed data that can be read" }]);
  });
});
