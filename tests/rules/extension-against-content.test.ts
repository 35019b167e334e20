import { describe, expect, it } from 'vitest';
import { extensionAgainstContent } from '../../src/rules/artifact/extension-against-content.ts';
import { mayBeCalled } from '../../src/rules/shared/media-families.ts';
import { text } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const file = (extension: string, promised: string | null, detected: string, ...also: string[]): TestDoc[] => [
  {
    name: `a${extension}`,
    mediaType: detected,
    claims: [
      ...(promised === null ? [] : [text('type.extension', promised, { basis: 'observed', field: extension, raw: promised })]),
      text('type.detected', detected, { basis: 'observed' }),
      ...also.map((a) => text('type.also', a, { basis: 'observed' })),
    ],
  },
];

ruleTest(extensionAgainstContent, {
  fires: {
    'a program named as a document': {
      docs: file('.pdf', 'application/pdf', 'application/x-msdownload'),
      statements: ["is named '.pdf', which promises 'application/pdf', and its bytes are 'application/x-msdownload'"],
      strengths: ['moderate'],
      about: [['a.pdf']],
    },
    'RTF named .doc, an old habit': {
      docs: file('.doc', 'application/msword', 'application/rtf'),
      statements: ["is named '.doc', which promises 'application/msword', and its bytes are 'application/rtf'"],
      strengths: ['weak'],
    },
    'none of what every PDF begins with': {
      docs: file('.pdf', 'application/pdf', 'application/octet-stream'),
      statements: ["is named '.pdf', which promises 'application/pdf', and its bytes begin like none of that kind"],
      strengths: ['weak'],
    },
    'a text that begins like a program': {
      docs: file('.txt', 'text/plain', 'application/x-msdownload'),
      statements: ["is named '.txt', which promises 'text/plain', and its bytes are 'application/x-msdownload'"],
      strengths: ['weak'],
    },
    'two formats at once': {
      docs: file('.pdf', 'application/pdf', 'application/pdf', 'application/zip'),
      statements: ["is 'application/pdf', and would pass for 'application/zip' as well"],
      strengths: ['weak'],
    },
  },
  silent: {
    'honest twin: a PDF': file('.pdf', 'application/pdf', 'application/pdf'),
    'close-relative: a mailbox named .txt': file('.txt', 'text/plain', 'application/mbox'),
    'close-relative: a message named .msg in an export': file('.msg', 'application/vnd.ms-outlook', 'message/rfc822'),
    'close-relative: with macros': file('.docx', WORD, 'application/vnd.ms-word.document.macroenabled.12'),
    'close-relative: HEIF named .heic': file('.heic', 'image/heic', 'image/heif'),
    'ordinary-practice: encrypted Office documents are OLE files': file('.xlsx', EXCEL, 'application/x-ole-encrypted-package'),
    'damaged: a package of which only the zip can be told': file('.docx', WORD, 'application/zip'),
    'an old workbook without a signature': file('.xls', 'application/vnd.ms-excel', 'application/octet-stream'),
    'no name that promises anything': file('.dat', null, 'application/x-msdownload'),
  },
});

describe('mayBeCalled', () => {
  it.each([
    [WORD, EXCEL, false],
    [WORD, 'application/msword', false],
    ['application/zip', WORD, true],
    ['application/zip', 'application/vnd.rar', false],
    ['application/msword', 'application/x-ole-storage', true],
    ['application/vnd.ms-excel', 'application/vnd.ms-excel', true],
    ['application/vnd.ms-excel', 'application/vnd.ms-excel.sheet.binary.macroenabled.12', false],
    ['image/jpeg', 'image/png', false],
    ['text/html', 'application/json', true],
    ['application/x-tar', 'application/octet-stream', true],
  ])('%s over %s: %s', (promised, detected, expected) => {
    expect(mayBeCalled(promised, detected)).toBe(expected);
  });
});
