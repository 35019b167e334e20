import { describe, expect, it } from 'vitest';
import { readPlist } from '../../src/structures/plist.ts';
import { buildBinaryPlist } from '../support/build-plist.ts';

const said = (bytes: Uint8Array): unknown[] => readPlist(bytes).values.map((v) => [v.path, v.kind, v.text]);

describe('property lists', () => {
  it('binary', () => {
    const list = buildBinaryPlist({
      name: 'Réunion',
      urls: ['https://campagne.example/a', 'https://campagne.example/'],
      when: new Date('2017-03-27T12:41:05Z'),
      deep: { n: 12, yes: true, data: Buffer.from([1, 255]) },
    });
    expect(said(list)).toEqual([
      ['name', 'string', 'Réunion'],
      ['urls/0', 'string', 'https://campagne.example/a'],
      ['urls/1', 'string', 'https://campagne.example/'],
      ['when', 'date', '2017-03-27T12:41:05.000Z'],
      ['deep/n', 'integer', '12'],
      ['deep/yes', 'boolean', 'true'],
      ['deep/data', 'data', '01ff'],
    ]);
    const [, url] = readPlist(list).values;
    expect(Buffer.from(list).toString('latin1', url?.offset ?? 0, (url?.offset ?? 0) + (url?.length ?? 0))).toBe('https://campagne.example/a');
  });

  it('XML', () => {
    const xml =
      '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n' +
      '<plist version="1.0"><dict><key>a</key><array><string>x</string><dict><key>b</key><integer>7</integer></dict><true/></array><key>c</key><date>2017-03-27T12:41:05Z</date></dict></plist>';
    expect(said(Buffer.from(xml))).toEqual([
      ['a/0', 'string', 'x'],
      ['a/1/b', 'integer', '7'],
      ['a/2', 'boolean', 'true'],
      ['c', 'date', '2017-03-27T12:41:05Z'],
    ]);
  });

  it('gives up on a list that refers to itself, and on one cut off', () => {
    const list = Buffer.from(buildBinaryPlist([['x']]));
    // The inner array, object 1, becomes its own element.
    list.writeUInt16BE(1, 8 + 3 + 1);
    const { values, error } = readPlist(list);
    expect([values.length, error]).toEqual([0, 'a collection does not fit or nests too deep']);
    expect(readPlist(list.subarray(0, 20)).error).toBe('the table of a binary property list is missing or damaged');
  });
});
