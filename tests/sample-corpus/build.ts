import { burstFiles } from './burst.ts';
import { clientPlants } from './client-plants.ts';
import { listLetters, ordinaryLetters } from './correspondence.ts';
import type { Expectation, Plant } from './expectation.ts';
import { type Folder, freeSoftware, notes, refiled, releases } from './folders.ts';
import { fontPlants } from './font-plants.ts';
import { honestFiles } from './honest-files.ts';
import { honestMail } from './honest.ts';
import { keptPlants } from './kept-plants.ts';
import { agreement, contract, CONTRACTS, mailedDocuments, mailedWorkbooks, memo } from './mail-attachments.ts';
import { fileLetters, type Posted } from './mailboxes.ts';
import { mailPlants } from './mail-plants.ts';
import { nearTwins } from './near-plants.ts';
import { pairs } from './pairs.ts';
import { STRANGER_IN_LATIN } from './people.ts';
import { personSignatures } from './person-signatures.ts';
import { receptionPlants } from './reception-plants.ts';
import { readme } from './readme.ts';
import { THREAD_SUPPORTS } from './thread-plants.ts';
import { signedMail } from './signed-mail.ts';

export interface SampleCorpus {
  /** Bytes by path below sample-corpus/, README.md among them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly expectation: Expectation;
}

/** Loose documents that were mailed, too: the same to the byte, or not. */
function contracts(): {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly plants: readonly Plant[];
  readonly supports: Expectation['supports'];
} {
  const equal = [
    ...CONTRACTS.map((name): [string, Uint8Array] => [`depot/contrats/${name}`, contract(name)]),
    ['depot/contrats/note_navette.docx', memo(2)] as const,
  ];
  const altered = 'depot/contrats/accord_kerdavel.docx';
  return {
    files: new Map([...equal, [altered, agreement(STRANGER_IN_LATIN, '2023-02-21T19:36:00Z', '17 400')]]),
    plants: [
      {
        path: altered,
        twin: 'agreement@outlook!/mime:2',
        rules: ['loose-copy-differs', 'rare-last-author'],
        proposition: 'altered',
        story: "Saved five months after it was mailed, with another price, under the stranger's name in Latin letters.",
      },
    ],
    supports: equal.map(([path]) => ({ path, rule: 'equal-to-attachment' })),
  };
}

/** 'budget@gmail!/mime:2' as a provenance path; a path stays as it is. */
function resolved(name: string, places: ReadonlyMap<string, string>): string {
  const [letter = '', ...inside] = name.split('!/');
  const place = places.get(letter);
  if (place === undefined && /^[\w.-]*@/.test(letter)) throw new Error(`no mailbox holds ${name}`);
  return [place ?? letter, ...inside].join('!/');
}

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

/** The whole corpus. Neither clock nor chance takes part: the same bytes every time. */
export function buildSampleCorpus(): SampleCorpus {
  const mail = mailPlants();
  const honest = honestMail();
  const posted: Posted[] = [
    ...[...ordinaryLetters(), ...listLetters()].map((letter) => ({ letter })),
    ...mailedWorkbooks(),
    ...mailedDocuments(),
    ...honest.posted,
    ...mail.posted,
  ];
  const filed = fileLetters(posted);
  const burst = burstFiles();
  const loose = contracts();
  const folders: Folder[] = [
    notes(),
    releases(),
    refiled(),
    freeSoftware(),
    honestFiles(),
    signedMail(),
    personSignatures(),
    receptionPlants(),
    clientPlants(),
    nearTwins(),
    fontPlants(),
    keptPlants(),
    ...pairs(),
  ];
  const place = (name: string): string => resolved(name, filed.places);
  const plants = [...burst.plants, ...loose.plants, ...mail.plants, ...folders.flatMap((f) => f.plants ?? [])].map((p): Plant => ({
    ...p,
    path: place(p.path),
    twin: place(p.twin),
  }));
  const expectation: Expectation = {
    plants,
    supports: [...loose.supports, ...THREAD_SUPPORTS.map((s) => ({ ...s, path: place(s.path) })), ...folders.flatMap((f) => f.supports ?? [])],
    silent: [
      ...plants.map((p) => ({ path: p.twin, why: `honest twin of ${p.path}` })),
      ...honest.silent.map(({ path, why }) => ({ path: place(path), why })),
      ...folders.flatMap((f) => f.silent ?? []),
    ],
  };
  const files = new Map<string, Uint8Array>([...filed.files, ...burst.files, ...loose.files, ...folders.flatMap((f) => [...f.files])]);
  files.set('README.md', bytes(readme(expectation)));
  return { files, expectation };
}
