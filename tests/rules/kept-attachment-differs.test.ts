import { keptAttachmentDiffers } from '../../src/rules/artifact/kept-attachment-differs.ts';
import { number, text } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

/** What the message said of a file of 1000 bytes. */
const kept = (stated: number, more: Partial<TestDoc> = {}): TestDoc[] => [
  {
    name: 'Attachments/12/2/plan.docx',
    claims: [text('attachment.kept', 'under its name'), number('attachment.encoded-bytes', stated, { basis: 'observed' })],
    ...more,
  },
];
const statement = (stated: number): string =>
  `is 1000 bytes long, and would be about 1336 in base64; the message that it is kept beside had ${stated} bytes of base64 in that place`;

ruleTest(keptAttachmentDiffers, {
  fires: {
    'a short file in the place of a long one': {
      docs: kept(702_736),
      statements: [statement(702_736)],
      about: [['Attachments/12/2/plan.docx']],
      strengths: ['moderate'],
    },
    'just more than may be added': { docs: kept(5567), statements: [statement(5567)] },
    'broken-off: not read to its end, and so it counts for less': {
      docs: kept(702_736, { outcome: { state: 'partial', problems: 1 } }),
      statements: [statement(702_736)],
      strengths: ['weak'],
    },
    'broken-off: of a text nobody can tell': {
      docs: kept(702_736, { mediaType: 'text/plain' }),
      statements: [statement(702_736)],
      strengths: ['weak'],
    },
    'a long file in the place of a short one': {
      docs: kept(4000, { size: 153_094, mediaType: 'text/plain' }),
      statements: [
        'is 153094 bytes long, and would be about 204128 in base64; the message that it is kept beside had 4000 bytes of base64 in that place',
      ],
      strengths: ['moderate'],
    },
  },
  silent: {
    'honest twin: base64 in lines of 76': kept(206_814, { size: 153_094 }),
    'base64 in lines of 60 with two characters at their ends': kept(210_933, { size: 153_094 }),
    'the length of the file itself, should a server tell that': kept(153_094, { size: 153_094 }),
    'an estimate with the properties of the server': kept(155_300, { size: 153_094 }),
    'saved-where-kept: a few words less': kept(206_814, { size: 151_020 }),
    'broken-off: nothing is known of its length': [{ name: 'a.docx', claims: [text('attachment.kept', 'under its name')] }],
    'the attachment itself, which is not there': [{ name: '2', claims: [number('attachment.encoded-bytes', 702_736)] }],
  },
});
