import { describe, expect, it } from 'vitest';
import { c2pa } from '../../src/formats/c2pa.ts';
import { entryOf, readCbor } from '../../src/structures/cbor.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildStore } from '../support/build-c2pa.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const SPEC = {
  action: { action: 'c2pa.created', when: '2023-03-04T12:00:00Z', softwareAgent: 'Pinceau 2' },
  author: 'Hélène "Léa" Petit',
  ingredient: 'fond.jpg',
  stamped: '2023-03-04T12:00:09Z',
} as const;
const stated = async (bytes: Uint8Array): Promise<unknown[]> => (await readAll(c2pa, bytes)).claims.map((c) => [c.attribute, c.field, c.raw]);

describe('a manifest store', () => {
  it('says what made the file, what was done to it, and who vouches for that', async () => {
    const bytes = buildStore(SPEC);
    expect(recognise(inputFrom(bytes))).toEqual({ mediaType: 'application/c2pa', also: [] });
    expect(await stated(bytes)).toEqual([
      ['signature.kind', 'manifest', 'urn:uuid:1'],
      ['tool.application', 'claim_generator', 'Atelier/1.0'],
      ['name.title', 'dc:title', 'affiche.png'],
      ['id.instance', 'instanceID', 'xmp:iid:1'],
      ['mark.provenance', 'assertion', 'c2pa.actions'],
      ['mark.provenance', 'action', 'c2pa.created'],
      ['time.created', 'action when', '2023-03-04T12:00:00Z'],
      ['tool.application', 'action softwareAgent', 'Pinceau 2'],
      ['mark.provenance', 'assertion', 'stds.schema-org.CreativeWork'],
      ['party.author', 'CreativeWork author', 'Hélène \\"Léa\\" Petit'],
      ['mark.provenance', 'assertion', 'c2pa.ingredient'],
      ['mark.provenance', 'ingredient', 'fond.jpg'],
      ['signature.state', 'assertions', 'verified'],
      ['signature.signer', 'subject', 'C=FR, O=Campagne, CN=Claire Moreau'],
      ['signature.signer', 'e-mail', 'Claire@campagne.example'],
      ['signature.issuer', 'issuer', 'O=Autorité, CN=Racine'],
      ['time.valid-from', 'notBefore', '140101000000Z'],
      ['time.valid-until', 'notAfter', '190101000000Z'],
      ['signature.trust', 'certificate', 'signed by the issuer inside, trust not checked'],
      ['signature.digest', 'alg', '-37'],
      ['signature.state', 'claim signature', 'verified'],
      ['time.signed', 'sigTst', '20230304120009Z'],
      ['signature.signer', 'sigTst, authority', 'CN=Horodatage'],
      ['signature.state', 'sigTst', 'not checked'],
    ]);
    expect((await readAll(c2pa, bytes)).values('party.author')).toEqual(['Hélène "Léa" Petit']);
    expect(await unreplayable(c2pa, bytes)).toEqual([]);
  });

  it.each([
    ['an assertion', 'Pinceau 2', ['content changed', 'verified', 'not checked']],
    ['the claim', 'Atelier/1.0', ['verified', 'signature does not fit', 'not checked']],
  ])('shows that %s was changed', async (_, text, states) => {
    const bytes = buildStore(SPEC);
    expect((await readAll(c2pa, bytes)).values('signature.state')).toEqual(['verified', 'verified', 'not checked']);
    bytes[bytes.indexOf(text) + 1] = 0x58;
    expect((await readAll(c2pa, bytes)).values('signature.state')).toEqual(states);
  });

  it('tells the active manifest from those of its ingredients', async () => {
    const { claims } = await readAll(c2pa, buildStore({ label: 'urn:uuid:1', generator: 'Old/1' }, { label: 'urn:uuid:2', generator: 'New/1' }));
    expect(claims.filter((c) => c.attribute === 'tool.application').map((c) => [c.field, c.raw])).toEqual([
      ['claim_generator', 'New/1'],
      ['claim_generator of manifest urn:uuid:1', 'Old/1'],
    ]);
  });

  it('that is cut off says so', async () => {
    const { problems } = await readAll(c2pa, buildStore(SPEC).subarray(0, 400));
    expect(problems).toEqual([{ code: 'malformed', message: 'C2PA: no manifest is in the store, or it is cut off' }]);
  });
});

describe('CBOR', () => {
  const read = (hex: string) => readCbor(Buffer.from(hex, 'hex'));
  // RFC 8949 appendix A.
  it.each([
    ['1864', 100],
    ['1b000000e8d4a51000', 1000000000000],
    ['3903e7', -1000],
    ['fb3ff199999999999a', 1.1],
    ['f93c00', 1],
    ['f90001', 5.960464477539063e-8],
    ['fa47c35000', 100000],
    ['f5', true],
    ['f6', null],
    ['62c3bc', 'ü'],
    ['7f657374726561646d696e67ff', 'streaming'],
  ])('%s', (hex, value) => expect(read(hex)?.value).toBe(value));
  it('finds what a map holds', () => {
    expect(entryOf(read('a26161016162820203'), 'b')?.items.map((i) => i.value)).toEqual([2, 3]);
    expect(entryOf(read('bf6346756ef563416d7421ff'), 'Amt')?.value).toBe(-2);
  });
  it.each([['9b00ffffffffffffff'], ['5affffffff00'], ['81'.repeat(40)], ['bf61'], ['1c'], ['fb00'], ['']])('refuses %s', (hex) =>
    expect(read(hex)).toBeNull(),
  );
});
