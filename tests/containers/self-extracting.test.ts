import { describe, expect, it } from 'vitest';
import { selfExtracting } from '../../src/containers/self-extracting.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { build7z } from '../support/build-7z.ts';
import { jpegWith } from '../support/build-images.ts';
import { buildRar4, buildRar5 } from '../support/build-rar.ts';
import { buildZip } from '../support/build-zip.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

const typeOf = (bytes: Uint8Array): readonly [string, readonly string[]] => {
  const { mediaType, also } = recognise(inputFrom(bytes));
  return [mediaType, also];
};
const behind = (front: string, archive: Uint8Array): Buffer => Buffer.concat([Buffer.from(front, 'latin1'), archive]);

const EXE = `MZ\u0090\u0000${'\u0000\u0003\u0007'.repeat(2000)}`;
const ELF = `\u007fELF${'\u0002\u0001'.repeat(900)}`;
const files = [{ name: 'plan.txt', content: 'hello' }];
const zip = buildZip([{ name: 'plan.txt', content: Buffer.from('hello'), instant: '2017-03-27T12:41:00Z' }], 'info-zip');

describe.each<readonly [string, Uint8Array]>([
  ['zip', zip],
  ['RAR 4', buildRar4(files)],
  ['RAR 5', buildRar5(files)],
  ['7z', build7z(files)],
])('a program with a %s behind it', (_, archive) => {
  it.each([EXE, ELF])('is self-extracting, and carries that archive to the byte', async (stub) => {
    const program = behind(stub, archive);
    expect(typeOf(program)).toEqual(['application/x-self-extracting', []]);
    const { children, problems } = await openAll(selfExtracting, program);
    expect(problems).toEqual([]);
    expect(children.map((c) => [c.key, c.role, c.says, Buffer.from(bytesOfChild(c)).equals(archive)])).toEqual([['archive', 'part', [], true]]);
  });
});

describe('a program without an archive', () => {
  it.each([
    ['of its own', Buffer.from(EXE, 'latin1'), 'application/x-msdownload'],
    [
      'but with the signatures it looks for itself',
      behind(EXE, Buffer.from('Rar!\u001a\u0007\u0000 7z\u00bc\u00af\u0027\u001c PK\u0005\u0006', 'latin1')),
      'application/x-msdownload',
    ],
    ['of Unix', Buffer.from(ELF, 'latin1'), 'application/x-executable'],
  ])('is a program %s', async (_, bytes, mediaType) => {
    expect(typeOf(bytes)).toEqual([mediaType, []]);
    expect((await openAll(selfExtracting, bytes)).children).toEqual([]);
  });

  it('finds nothing in the signature of a damaged header', () => {
    const rar = Buffer.from(buildRar4(files));
    rar.writeUInt8(0x5a, 9);
    expect(typeOf(behind(EXE, rar))).toEqual(['application/x-msdownload', []]);
  });
});

describe('a zip behind something else', () => {
  it('is a zip where nothing else is known', () => {
    expect(typeOf(behind('\u0001\u0002\u0003 of no kind', zip))).toEqual(['application/zip', []]);
    expect(typeOf(behind(`#!/bin/sh\n${'# comment\n'.repeat(600)}exit 0\n`, zip))).toEqual(['application/zip', []]);
    expect(typeOf(Buffer.from('\u0001\u0002\u0003 of no kind', 'latin1'))).toEqual(['application/octet-stream', []]);
    expect(typeOf(Buffer.from('#!/bin/sh\nexit 0\n'))[0]).toMatch(/^text\//);
  });

  it('makes a picture two things, where it ends the file', () => {
    const picture = jpegWith({ make: 'Canon' });
    expect(typeOf(Buffer.concat([picture, zip]))).toEqual(['image/jpeg', ['application/zip']]);
    expect(typeOf(picture)).toEqual(['image/jpeg', []]);
    // An end record in the content leads nowhere.
    expect(typeOf(Buffer.concat([picture, zip.subarray(zip.byteLength - 22)]))).toEqual(['image/jpeg', []]);
  });
});
