import { describe, expect, it } from 'vitest';
import { webShortcut } from '../../src/formats/web-shortcut.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildBinaryPlist } from '../support/build-plist.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const typeOf = (bytes: Uint8Array | string): unknown => recognise(inputFrom(Buffer.from(bytes)));
const said = async (bytes: Uint8Array | string): Promise<unknown[]> => {
  expect(await unreplayable(webShortcut, Buffer.from(bytes))).toEqual([]);
  return (await readAll(webShortcut, Buffer.from(bytes))).claims.map((c) => [c.attribute, c.field, c.raw, c.value]);
};
const at = (epochMs: number): unknown => ({ kind: 'instant', epochMs, offsetMinutes: 0, precisionMs: 1 });

describe('a shortcut of Windows', () => {
  const lines = (...l: string[]): string => `${l.join('\r\n')}\r\n`;

  it('says where it leads, when it was changed, and what it needs of its machine', async () => {
    const file = lines(
      '[DEFAULT]',
      'BASEURL=http://campagne.example/cadre',
      '[{000214A0-0000-0000-C000-000000000046}]',
      'Prop3=19,2',
      '[InternetShortcut]',
      'URL= http://campagne.example/r\u00e9union?a=b ',
      'Modified=20F06BA06D07BD014D',
      'IconFile=C:\\Users\\claire\\a.ico',
      'IconFile=a.ico',
      'HotKey=1601',
      '[InternetShortcut.W]',
      'URL=http://campagne.example/r+AOk-union',
    );
    expect(typeOf(file)).toEqual({ mediaType: 'application/x-mswinurl', also: [] });
    expect(await said(file)).toEqual([
      ['origin.url', '[DEFAULT] BASEURL', 'http://campagne.example/cadre', 'http://campagne.example/cadre'],
      ['origin.url', '[InternetShortcut] URL', 'http://campagne.example/r\u00e9union?a=b', 'http://campagne.example/r\u00e9union?a=b'],
      ['time.modified', '[InternetShortcut] Modified', '20F06BA06D07BD014D', at(Date.UTC(1997, 11, 13, 2, 20, 6, 50))],
      ['machine.path', '[InternetShortcut] IconFile', 'C:\\Users\\claire\\a.ico', 'C:\\Users\\claire\\a.ico'],
      ['origin.url', '[InternetShortcut.W] URL', 'http://campagne.example/r+AOk-union', 'http://campagne.example/r\u00e9union'],
    ]);
  });

  it('has a time that is none, and one of another section says nothing', async () => {
    const file = lines('[InternetShortcut]', 'Modified=20F0', 'URL=', '; URL=a', 'no entry', '[Other]', 'URL=http://campagne.example/');
    expect(await said(file)).toEqual([['time.modified', '[InternetShortcut] Modified', '20F0', null]]);
  });

  it('is told where it is too long', async () => {
    const file = lines('[InternetShortcut]', 'URL=http://campagne.example/', ...Array.from({ length: 1000 }, (_, i) => `a${i}=1`));
    const r = await readAll(webShortcut, Buffer.from(file));
    expect([r.claims.length, r.problems.map((p) => p.code)]).toEqual([1, ['limit-exceeded']]);
  });

  it('is no text that speaks of one', () => {
    expect(typeOf('Voici : [InternetShortcut]\r\nURL=a\r\n')).toEqual({ mediaType: 'text/plain', also: [] });
    expect(typeOf('[Other]\r\na=1\r\n[InternetShortcut]\r\nURL=a\r\n')).toEqual({ mediaType: 'text/plain', also: [] });
    expect(typeOf('[{"a": "[InternetShortcut]"}]')).toEqual({ mediaType: 'application/json', also: [] });
  });
});

it('the note of Windows says where a file came from', async () => {
  const file = '[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=http://campagne.example/\r\nHostUrl=http://campagne.example/a.zip\r\n';
  expect(typeOf(file)).toEqual({ mediaType: 'application/x-ms-zone-identifier', also: [] });
  expect(await said(file)).toEqual([
    ['property.custom', '[ZoneTransfer] ZoneId', '3', '3'],
    ['origin.url', '[ZoneTransfer] ReferrerUrl', 'http://campagne.example/', 'http://campagne.example/'],
    ['origin.url', '[ZoneTransfer] HostUrl', 'http://campagne.example/a.zip', 'http://campagne.example/a.zip'],
  ]);
});

describe('a shortcut of macOS', () => {
  const list = (inside: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0">\n<dict>\n${inside}</dict>\n</plist>\n`;
  const url = '\t<key>URL</key>\n\t<string>http://campagne.example/?a=1&amp;b=2</string>\n';

  it.each([
    ['XML', Buffer.from(list(url))],
    ['binary', Buffer.from(buildBinaryPlist({ URL: 'http://campagne.example/?a=1&b=2' }))],
  ])('says where it leads: %s', async (_, bytes) => {
    expect(typeOf(bytes)).toEqual({ mediaType: 'application/x-webloc', also: [] });
    expect(await said(bytes)).toEqual([['origin.url', 'URL', 'http://campagne.example/?a=1&b=2', 'http://campagne.example/?a=1&b=2']]);
  });
  it('that is damaged says so', async () => {
    const r = await readAll(webShortcut, Buffer.from(list(url).slice(0, -10)));
    expect([r.values('origin.url').length, r.problems.map((p) => p.code)]).toEqual([1, ['malformed']]);
  });
  it('is no other property list', () => {
    expect(typeOf(list('<key>Name</key><string>a</string><key>URL</key><string>b</string>'))).toEqual({ mediaType: 'application/xml', also: [] });
    expect(typeOf(Buffer.from(buildBinaryPlist({ Name: 'a' })))).toEqual({ mediaType: 'application/octet-stream', also: [] });
  });
});
