import { clientFingerprintMismatch } from '../../src/rules/artifact/client-fingerprint-mismatch.ts';
import { text, time, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const message = (...claims: TestClaim[]): TestDoc[] => [{ name: 'mail.eml', mediaType: 'message/rfc822', claims }];
const mailer = (name: string): TestClaim => text('tool.mailer', name, { field: 'X-Mailer' });
const id = (program: string, raw = '<149061846512.4188.10442918820077142137@laptop>'): TestClaim =>
  text('tool.message', program, { field: 'Message-ID', raw, basis: 'observed' });
const boundary = (program: string, raw = '===============0428837110928812=='): TestClaim =>
  text('tool.message', program, { field: 'MIME boundary', raw, basis: 'observed' });
const outlook = mailer('Microsoft Outlook 16.0');
const api = time('time.received', '2017-03-26T10:00:00Z', { field: 'Received', raw: 'from 1 named unknown by gmailapi.google.com with HTTPREST; …' });

ruleTest(clientFingerprintMismatch, {
  fires: {
    'both marks are of a script': {
      docs: message(outlook, id('python'), boundary('python')),
      statements: [
        "names Outlook by its X-Mailer, while its Message-ID and its MIME boundary have the shape that Python's email package gives: '<149061846512.4188.10442918820077142137@laptop>'",
      ],
      strengths: ['moderate'],
      about: [['mail.eml']],
    },
    'one mark': {
      docs: message(mailer('Apple Mail (2.3124)'), boundary('phpmailer', 'b1_00112233445566778899aabbccddeeff')),
      statements: [
        "names Apple Mail by its X-Mailer, while its MIME boundary has the shape that PHPMailer gives: 'b1_00112233445566778899aabbccddeeff'",
      ],
      strengths: ['weak'],
    },
    'a list explains the boundary, not the number': {
      docs: message(outlook, id('python'), boundary('python'), text('mark.relayed', 'list')),
      statements: [
        "names Outlook by its X-Mailer, while its Message-ID has the shape that Python's email package gives: '<149061846512.4188.10442918820077142137@laptop>'",
      ],
      strengths: ['weak'],
    },
    "a number of Gmail's pages": {
      docs: message(id('gmail', '<CA+x@mail.gmail.com>'), boundary('python')),
      statements: [
        "names Gmail's own pages by its Message-ID, while its MIME boundary has the shape that Python's email package gives: '===============0428837110928812=='",
      ],
      strengths: ['weak'],
    },
  },
  silent: {
    'honest twin: Outlook': message(outlook, id('outlook'), boundary('outlook')),
    'honest twin: Gmail': message(id('gmail'), boundary('gmail')),
    'honest twin: a script that says so': message(mailer('billing 2.1'), id('python'), boundary('python')),
    'honest twin: nothing known': message(outlook),
    'rebuilt: a list took it apart': message(outlook, id('outlook'), boundary('python'), text('mark.relayed', 'list')),
    "by-api: Gmail's interface for programs": message(id('gmail'), boundary('python'), api),
    'an Exchange server numbered it anew': message(outlook, boundary('outlook')),
    'not a message': [{ name: 'a.txt', claims: [outlook, id('python')] }],
  },
});
