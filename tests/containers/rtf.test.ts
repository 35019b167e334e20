import { describe, expect, it } from 'vitest';
import { rtf } from '../../src/containers/rtf.ts';
import { buildRtf } from '../support/build-rtf.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2, 3);
const OLE = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 9);
const FULL = buildRtf({
  packages: [{ label: 'a.txt', sourcePath: 'C:\\Users\\ada\\a.txt', temporaryPath: 'C:\\Temp\\a.txt', content: Buffer.from('inside') }],
  objects: [{ className: 'Excel.Sheet.8', native: OLE }],
  pictures: [PNG],
});

describe('rtf', () => {
  it('takes out files, objects and pictures with their own bytes', async () => {
    const { children, problems } = await openAll(rtf, FULL);
    expect(problems).toEqual([]);
    expect(children.map((c) => [c.key.split('@')[0], c.role, c.label, Buffer.from(bytesOfChild(c)).toString('hex')])).toEqual([
      ['object', 'document', 'a.txt', Buffer.from('inside').toString('hex')],
      ['object', 'document', 'Excel.Sheet.8', Buffer.from(OLE).toString('hex')],
      ['picture', 'part', undefined, Buffer.from(PNG).toString('hex')],
    ]);
    expect(children[0]?.says.map((s) => [s.attribute, s.value])).toEqual([
      ['name.file', 'a.txt'],
      ['machine.path', 'C:\\Users\\ada\\a.txt'],
      ['machine.path', 'C:\\Temp\\a.txt'],
    ]);
    expect(rtf.openOne?.(inputFrom(FULL), children[1]?.key ?? '')?.bytes?.size).toBe(OLE.byteLength);
    expect(rtf.openOne?.(inputFrom(FULL), 'object@1')).toBeNull();
  });
  it('finds nothing in a plain document', async () => expect((await openAll(rtf, buildRtf({ paragraphs: ['x'] }))).children).toEqual([]));
  it('reads bytes behind \\bin, and not the groups within a picture', async () => {
    const { children } = await openAll(
      rtf,
      Buffer.concat([Buffer.from('{\\rtf1{\\pict{\\*\\blipuid ffff}\\bin4 '), Buffer.from('}{\\x'), Buffer.from('}}')]),
    );
    expect(children.map((c) => Buffer.from(bytesOfChild(c)).toString())).toEqual(['}{\\x']);
  });
  it('keeps what is no object and says so', async () => {
    const { children, problems } = await openAll(rtf, buildRtf({ body: '{\\object{\\*\\objdata 0102zz03}}' }));
    expect(children.map((c) => [c.role, Buffer.from(bytesOfChild(c)).toString('hex')])).toEqual([['part', '010203']]);
    expect(problems.map((p) => p.code)).toEqual(['malformed']);
  });
});
