import { describe, expect, it } from 'vitest';
import { eml } from '../../src/formats/eml.ts';
import { buildMail, type MailSpec, rawMail } from '../support/build-mail.ts';
import { readAll, unreplayable } from '../support/read.ts';

const spec: MailSpec = {
  client: 'outlook',
  from: 'Claire Moreau <claire@campagne.example>',
  to: 'Paul Petit <paul@imprimerie.example>',
  subject: 'Reste à payer',
  date: '2017-03-26T08:00:00Z',
  offsetMinutes: 120,
  body: 'Il reste 41 200 unités à payer au loueur de la salle.\n',
  html: '<p>Il reste <b>1 200</b> unités à payer au loueur de la salle.</p>',
};

describe('what a mail shows without saying so', () => {
  it.each([
    ['outlook', ['outlook', 'outlook']],
    ['gmail', ['gmail', 'gmail']],
    ['apple-mail', ['apple-mail']],
    ['thunderbird', []],
  ] as const)('the marks of %s', async (client, marks) => {
    expect((await readAll(eml, buildMail({ ...spec, client }))).values('tool.message')).toEqual(marks);
  });

  it('the marks of a script, and which fields are dated', async () => {
    const mail = rawMail(
      'ARC-Seal: i=1; t=1490515200',
      'DKIM-Signature: v=1; d=campagne.example',
      'DKIM-Signature: v=1; d=imprimerie.example',
      'Message-ID: <149051520012.4188.10442918820077142137@laptop>',
      'Content-Type: multipart/mixed; boundary="===============0428837110928812=="',
      '',
      '--===============0428837110928812==--',
    );
    const { claims, ...read } = await readAll(eml, mail);
    expect(read.values('tool.message')).toEqual(['python', 'python']);
    expect(read.values('mark.dated-header')).toEqual(['arc-seal', 'dkim-signature']);
    expect(claims.filter((c) => c.attribute === 'time.hidden').map((c) => c.field)).toEqual(['Message-ID']);
    expect(await unreplayable(eml, mail)).toEqual([]);
  });

  it('which host wrote each Received, the clock in its id, and the sender of the envelope', async () => {
    const mail = rawMail(
      'Return-Path: <claire@campagne.example>',
      'Received: from out.campagne.example (out [192.0.2.1]) by MX.imprimerie.example. (8.14.4/8.14.4)',
      '\twith ESMTP id v2Q8022S010442; Sun, 26 Mar 2017 10:02:04 +0200',
      'Received: from laptop; Sun, 26 Mar 2017 10:02:01 +0200',
      'Received: by out.campagne.example (Exim 4.86) id 1cs35k-0001ab-CD; Sun, 26 Mar 2017 10:02:00 +0200',
      '',
      'x',
    );
    const { claims, ...read } = await readAll(eml, mail);
    expect(claims.filter((c) => c.attribute === 'hop.by').map((c) => [c.value, c.raw, c.locator])).toEqual([
      ['mx.imprimerie.example', 'MX.imprimerie.example. (8.14.4/8.14.4)', { in: 'header', part: '', name: 'Received#by', nth: 0 }],
      ['out.campagne.example', 'out.campagne.example (Exim 4.86)', { in: 'header', part: '', name: 'Received#by', nth: 2 }],
    ]);
    expect(claims.filter((c) => c.field === 'queue id').map((c) => c.raw)).toEqual(['v2Q8022S010442', '1cs35k-0001ab-CD']);
    expect(read.values('party.return-path')).toEqual([{ name: '', mailbox: 'claire@campagne.example' }]);
    expect(await unreplayable(eml, mail)).toEqual([]);
  });

  it('in which order its program wrote its fields, without those of servers and lists', async () => {
    const mail = rawMail(
      'Received: from laptop; Sun, 26 Mar 2017 10:02:01 +0200',
      'X-Spam-Status: No',
      'To: Paul Petit <paul@example.net>',
      'FROM: Claire Moreau <claire@campagne.example>',
      'Received: from a; Sun, 26 Mar 2017 10:02:01 +0200',
      'Subject: Lettre',
      'List-Id: <liste.example>',
      'To: Rozhkov <rozhkov@example.net>',
      'Date: Sun, 26 Mar 2017 10:02:00 +0200',
      '',
      'x',
    );
    const { claims } = await readAll(eml, mail);
    expect(claims.filter((c) => c.attribute === 'mark.header-order').map((c) => [c.value, c.basis, c.locator])).toEqual([
      ['to from subject date', 'observed', { in: 'header', part: '', name: 'To', nth: 0 }],
    ]);
    const short = await readAll(eml, rawMail('From: Claire Moreau <claire@campagne.example>', 'Subject: Lettre', 'Date: x', '', 'x'));
    expect(short.values('mark.header-order')).toEqual([]);
  });

  it('what its ARC seals say, and how they are no chain', async () => {
    const mail = rawMail(
      'ARC-Seal: i=2; a=rsa-sha256; cv=fail; d=relais.example; s=arc; b=AAAA',
      'ARC-Message-Signature: i=2; a=rsa-sha256; d=relais.example; s=arc; h=from; bh=AAAA; b=AAAA',
      'ARC-Authentication-Results: i=2; mx.relais.example; dkim=fail',
      'From: Claire Moreau <claire@campagne.example>',
      '',
      'x',
    );
    const { claims } = await readAll(eml, mail);
    expect(claims.filter((c) => c.attribute.startsWith('arc.')).map((c) => [c.attribute, c.basis, c.field, c.raw, c.value, c.locator])).toEqual([
      ['arc.verdict', 'asserted', 'ARC-Seal i=2', 'fail', 'fail', { in: 'header', part: '', name: 'ARC-Seal#cv', nth: 0 }],
      [
        'arc.fault',
        'observed',
        'ARC sets',
        'no set 1, though there is one of number 2',
        'no set 1, though there is one of number 2',
        { in: 'header', part: '', name: 'ARC-Seal', nth: 0 },
      ],
    ]);
    expect(await unreplayable(eml, mail)).toEqual([]);
  });

  it('where the two versions of the text part', async () => {
    const { claims } = await readAll(eml, buildMail(spec));
    expect(claims.filter((c) => c.attribute === 'mark.alternative').map((c) => [c.field, c.value])).toEqual([
      ['a number', "'41 200' in the plain text, '1 200' in the HTML"],
    ]);
    const honest = await readAll(eml, buildMail({ ...spec, body: spec.body.replace('41 200', '1 200') }));
    expect(honest.values('mark.alternative')).toEqual([]);
    const other = await readAll(eml, buildMail({ ...spec, body: 'Votre programme ne montre pas les lettres en HTML, tournez la page.' }));
    expect(other.values('mark.alternative')).toEqual([]);
  });
});
