import { type XmlElement, scanXml } from '../xml.ts';

const NAMESPACE = 'http://www.w3.org/2000/09/xmldsig#';

/** An element that says something, where it stands: `text` as found. */
export interface XmlValue {
  readonly element: string;
  readonly attribute?: string;
  readonly nth: number;
  readonly text: string;
}

/** XMLDSIG section 4.4.3: a thing that is signed by its digest. */
export interface XmlReference {
  readonly uri: string;
  /** URIs of the algorithms, in order. */
  readonly transforms: readonly string[];
  readonly digestMethod: string;
  /** Base64 as written. */
  readonly digest: string;
}

/** One Signature (XMLDSIG 1.1, XAdES) in a document. */
export interface XmlSignature {
  readonly method: XmlValue | null;
  readonly references: readonly XmlReference[];
  /** Base64 of the certificates in KeyInfo. */
  readonly certificates: readonly XmlValue[];
  /** xades:SigningTime, mdssi:Value of a SignatureTime, dc:date of LibreOffice. */
  readonly times: readonly XmlValue[];
  /** What the signer or the office program wrote beside it: SignatureComments, ClaimedRole, City. */
  readonly remarks: readonly XmlValue[];
  /** ApplicationVersion of Office (MS-OFFCRYPTO 2.5.2.6). */
  readonly versions: readonly XmlValue[];
}

const MAX_SIGNATURES = 100;
const MAX_VALUES = 50;
const MAX_REFERENCES = 10_000;

const REMARKS = new Set([
  'SignatureComments',
  'ClaimedRole',
  'City',
  'StateOrProvince',
  'PostalCode',
  'CountryName',
  'CommitmentTypeId',
  'Address1',
  'Address2',
]);
const VERSIONS = new Set(['ApplicationVersion', 'WindowsVersion']);

type Open = { -readonly [K in keyof XmlReference]: XmlReference[K] extends readonly string[] ? string[] : XmlReference[K] };
interface Building {
  method: XmlValue | null;
  readonly references: Open[];
  readonly certificates: XmlValue[];
  readonly times: XmlValue[];
  readonly remarks: XmlValue[];
  readonly versions: XmlValue[];
  reference: Open | null;
  readonly depth: number;
}

const attributeOf = (e: XmlElement, local: string): string => e.attributes.find((a) => a.local === local)?.value ?? '';

function begin(s: Building, e: XmlElement): void {
  if (e.uri !== NAMESPACE) return;
  if (e.local === 'Reference' && s.references.length < MAX_REFERENCES) {
    s.reference = { uri: attributeOf(e, 'URI'), transforms: [], digestMethod: '', digest: '' };
    s.references.push(s.reference);
  } else if (e.local === 'Transform') s.reference?.transforms.push(attributeOf(e, 'Algorithm'));
  else if (e.local === 'DigestMethod' && s.reference) s.reference.digestMethod = attributeOf(e, 'Algorithm');
  else if (e.local === 'SignatureMethod') {
    const a = e.attributes.find((x) => x.local === 'Algorithm');
    s.method ??= a ? { element: e.name, attribute: a.name, nth: e.nth, text: a.value } : null;
  }
}

/** `around`: local name of the element around this one. */
function end(s: Building, e: XmlElement, text: string, around: string): void {
  const value: XmlValue = { element: e.name, nth: e.nth, text };
  const keep = (list: XmlValue[]): void => void (text.trim() !== '' && list.length < MAX_VALUES && list.push(value));
  if (e.uri === NAMESPACE && e.local === 'Reference') s.reference = null;
  else if (e.uri === NAMESPACE && e.local === 'DigestValue' && s.reference) s.reference.digest = text;
  else if (e.uri === NAMESPACE && e.local === 'X509Certificate') keep(s.certificates);
  else if (e.local === 'SigningTime' || (e.local === 'Value' && around === 'SignatureTime') || (e.local === 'date' && around === 'SignatureProperty'))
    keep(s.times);
  else if (REMARKS.has(e.local)) keep(s.remarks);
  else if (VERSIONS.has(e.local)) keep(s.versions);
}

/** The signatures of a document in their order; a counter-signature inside another is one of its own. */
export function readSignatures(text: string): { readonly signatures: readonly XmlSignature[]; readonly error: string | null } {
  const signatures: Building[] = [];
  const open: Building[] = [];
  const names: string[] = [];
  const { error } = scanXml(text, {
    open(e) {
      names.push(e.local);
      if (e.uri === NAMESPACE && e.local === 'Signature' && signatures.length < MAX_SIGNATURES) {
        const s = { method: null, references: [], certificates: [], times: [], remarks: [], versions: [], reference: null, depth: e.depth };
        signatures.push(s);
        open.push(s);
      } else if (open.length > 0) begin(open[open.length - 1] as Building, e);
    },
    close(e, inner) {
      names.pop();
      const s = open.at(-1);
      if (!s) return;
      if (s.depth === e.depth) open.pop();
      else end(s, e, inner, names.at(-1) ?? '');
    },
  });
  return { signatures, error };
}
