import { toolOutlierAmongSiblings } from '../../src/rules/corpus/tool-outlier-among-siblings.ts';
import { text, time } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

interface Options {
  readonly application?: string;
  readonly container?: string;
  readonly author?: string;
  readonly month?: number;
  readonly folder?: string;
  readonly known?: 'nowhere' | 'author';
}
const doc = (name: string, o: Options = {}): TestDoc => ({
  name,
  mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  claims: [
    text('tool.application', o.application ?? 'Microsoft Office Word'),
    text('tool.container', o.container ?? 'microsoft-office'),
    text('place.folder', o.folder ?? 'invoices'),
    text('party.author', o.author ?? 'Agathe Durand'),
    time('time.modified', `${2010 + Math.trunc((o.month ?? 0) / 12)}-${String(((o.month ?? 0) % 12) + 1).padStart(2, '0')}-05T10:00:00Z`),
    ...(o.known === undefined ? [] : [text('identity.known-as', o.known)]),
  ],
});
const word = (n: number, o: Options = {}): TestDoc[] =>
  Array.from({ length: n }, (_, i) => doc(`${String(i).padStart(3, '0')}.docx`, { month: i, ...o }));
const writer: Options = { application: 'LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/40$Build-2', container: 'libreoffice', month: 5 };

ruleTest(toolOutlierAmongSiblings, {
  fires: {
    'one of twenty-one': {
      docs: [...word(20), doc('x.docx', writer)],
      strengths: ['weak'],
      about: [['x.docx']],
      statements: [
        "says it was written by 'LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/40$Build-2', as 1 document of 21 in its folder, where 20 say 'Microsoft Office Word', 14 of them saved later",
      ],
    },
    'one of a hundred, saved by a stranger': {
      docs: [...word(100), doc('x.docx', { ...writer, known: 'nowhere' })],
      strengths: ['moderate'],
      statements: [
        "says it was written by 'LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/40$Build-2', as 1 document of 101 in its folder, where 100 say 'Microsoft Office Word', 94 of them saved later",
      ],
    },
    'says Word, and was packed by something else': {
      docs: [...word(20), doc('x.docx', { month: 5, container: 'info-zip' })],
      strengths: ['weak'],
      statements: [
        "says it was written by 'Microsoft Office Word' in a container of make 'info-zip', as 1 document of 21 in its folder, where 20 say 'Microsoft Office Word', 14 of them saved later",
      ],
    },
    'among the documents of one author, in many folders': {
      docs: [...word(20).map((d, i) => doc(d.name, { folder: `case ${i}`, month: i })), doc('x.docx', { ...writer, folder: 'case 3' })],
      statements: [
        "says it was written by 'LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/40$Build-2', as 1 document of 21 by 'Agathe Durand', where 20 say 'Microsoft Office Word', 14 of them saved later",
      ],
    },
  },
  silent: {
    'upgrade: all later documents name the new program': [...word(80), doc('x.docx', { ...writer, month: 200 })],
    'upgrade: a change half way': [...word(20), ...word(20, writer).map((d, i) => doc(`new-${d.name}`, { ...writer, month: 30 + i }))],
    'supplier: an outside author with a program of their own': [...word(40), doc('x.docx', { ...writer, author: 'Imprimerie Leroy' })],
    'other-edition: Word on a Mac, on the web, with a version': [
      ...word(40),
      doc('x.docx', { application: 'Microsoft Macintosh Word', month: 5 }),
      doc('y.docx', { application: 'Microsoft Word for the web 16.0', month: 6 }),
    ],
    'mixed-folder: three programs': [
      ...word(20),
      ...word(5, writer).map((d) => doc(`l-${d.name}`, writer)),
      doc('x.docx', { application: 'WPS Writer', month: 5 }),
    ],
    'two of twenty': [...word(20), doc('x.docx', writer), doc('y.docx', writer)],
    'copies of one file are one sibling': Array.from({ length: 30 }, (_, i) => ({
      ...doc(`${i}.docx`, i === 0 ? writer : { month: 9 }),
      bytes: i === 0 ? 'odd' : 'same',
    })),
    'a program without a time': [
      ...word(40),
      { ...doc('x.docx', writer), claims: doc('x.docx', writer).claims.filter((c) => c.attribute !== 'time.modified') },
    ],
    'honest twin: all by one program': word(60),
    'few siblings': [...word(9), doc('x.docx', writer)],
  },
});
