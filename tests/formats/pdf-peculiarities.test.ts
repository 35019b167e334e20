import { describe, expect, it } from 'vitest';
import { pdf } from '../../src/formats/pdf.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildPdf } from '../support/build-pdf.ts';
import { xmpPacket } from '../support/build-xmp.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

describe('a page of HTML in front of a PDF, as a download portal left it', () => {
  const file = buildPdf({ info: { Title: 'Budget', Author: 'Claire Moreau' } });
  const page = Buffer.from('<!DOCTYPE html>\n<html><head><title>Download</title></head><body><p>Your file</p></body></html>\n');

  it('hides neither its type nor its properties', async () => {
    const both = Buffer.concat([page, file]);
    expect(recognise(inputFrom(both)).mediaType).toBe('application/pdf');
    const read = await readAll(pdf, both);
    expect([read.values('name.title'), read.values('party.author')]).toEqual([['Budget'], ['Claire Moreau']]);
    expect(await unreplayable(pdf, both)).toEqual([]);
  });

  it('is no PDF where none follows', () => expect(recognise(inputFrom(page)).mediaType).toBe('text/html'));
});

describe('XMP of a hundred levels', () => {
  const nested = (levels: number): string =>
    xmpPacket({ 'xmp:CreateDate': '2017-03-27T12:41:05Z', 'dc:creator': ['Claire Moreau'] }).replace(
      '<dc:creator>',
      `${'<xmpNote:a rdf:parseType="Resource">'.repeat(levels)}${'</xmpNote:a>'.repeat(levels)}<dc:creator>`,
    );

  it.each([0, 1, 100, 1_500])('does not hide what stands before and behind %i of them', async (levels) => {
    const read = await readAll(pdf, buildPdf({ xmp: nested(levels) }));
    expect(read.problems).toEqual([]);
    expect(read.values('party.author')).toEqual(['Claire Moreau']);
    expect(read.values('time.created')).toEqual([
      { kind: 'instant', epochMs: Date.UTC(2017, 2, 27, 12, 41, 5), offsetMinutes: 0, precisionMs: 1000 },
    ]);
  });

  it('says where it gives up', async () => {
    const began = performance.now();
    const { problems } = await readAll(pdf, buildPdf({ xmp: nested(50_000) }));
    expect(problems).toEqual([{ code: 'malformed', message: 'XMP: elements nest deeper than 2000' }]);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
