import type { Input } from '../../model/input.ts';
import { type MapiProperty, numberOf, textOf } from './mapi.ts';
import { PID } from './mapi.data.ts';
import { type PstBlocks, pstBlocks } from './pst-blocks.ts';
import { CRYPT } from './pst-crypt.ts';
import { type PstDamage, pstDamage } from './pst-damage.ts';
import { type PstHeader, readPstHeader } from './pst-layout.ts';
import { type PstObject, pstObject, type PstProperty, type PstReader } from './pst-properties.ts';
import { type PstNode, type PstTrees, pstTrees } from './pst-trees.ts';

/** Kinds of nodes, the low five bits of their numbers. [MS-PST] 2.2.2.1. */
export const NODE = { folder: 0x02, attachment: 0x05, message: 0x04, associated: 0x08 } as const;
export const kindOf = (nid: number): number => nid & 0x1f;

/** Nodes with a fixed number. [MS-PST] 2.4.1. */
export const NID = { store: 0x21, root: 0x122, attachments: 0x671, recipients: 0x692 } as const;

/** Properties that only a store has, or a folder. [MS-PST] 2.4.3.1, [MS-OXPROPS]. */
export const PST_PID = { ContentCount: 0x3602, Password: 0x67ff } as const;

/** Folders in folders; beyond that, a circle. */
const MAX_FOLDERS = 64;
const MAX_NAME = 200;

/** A mailbox in a file: .pst or .ost. [MS-PST]. */
export interface Pst {
  readonly header: PstHeader;
  readonly reader: PstReader;
  readonly trees: PstTrees;
  readonly blocks: PstBlocks;
  /** What was wrong so far; it grows while things are read. */
  readonly damage: PstDamage;
  object(node: PstNode): PstObject | null;
  /** 'Top of Personal Folders/Inbox', a number where a folder is lost; '' at the top. */
  folder(nid: number): string;
}

/** The property as other readers of MAPI take it; `stream` names its node in locators. */
export const mapiOf = (property: PstProperty, stream: string, max: number): MapiProperty => ({
  tag: property.tag,
  type: property.tag & 0xffff,
  stream,
  read: () => {
    const bytes = property.read(max);
    return typeof bytes === 'string' ? null : bytes;
  },
});

/** Text of a property, with no code page but the usual. */
export function pstText(object: PstObject | null, id: number, codePage = 1252): string | null {
  const property = object?.properties.get(id);
  return property ? textOf(mapiOf(property, '', 1 << 16), codePage) : null;
}
export function pstNumber(object: PstObject | null, id: number): number | null {
  const property = object?.properties.get(id);
  return property ? numberOf(mapiOf(property, '', 16)) : null;
}

/** 'nid:200024'. */
export const nodeName = (nid: number): string => `nid:${nid.toString(16)}`;

/** A folder's name as one step of a path. */
const stepOf = (name: string): string => name.slice(0, MAX_NAME).replaceAll('/', '%2F').trim();

/** Null where no store stands, or its blocks are encrypted with a key that is elsewhere. Never throws. Use as input.once(readPst). */
export function readPst(input: Input): Pst | null {
  const { bytes } = input;
  const header = readPstHeader(bytes);
  if (!header || header.crypt === CRYPT.edpCrypted) return null;
  const damage = pstDamage();
  const trees = pstTrees(input, header, damage);
  const blocks = pstBlocks(bytes, header, trees, damage);
  const reader = { layout: header.layout, blocks, damage };
  const object = (node: PstNode): PstObject | null => pstObject(node, reader);
  const folders = new Map<number, { readonly name: string; readonly parent: number }>();
  const folderAt = (nid: number): { readonly name: string; readonly parent: number } => {
    const before = folders.get(nid);
    if (before) return before;
    const node = trees.node(nid);
    const name = node && stepOf(pstText(object(node), PID.DisplayName) ?? '');
    const found = { name: name || nodeName(nid), parent: node?.parent ?? 0 };
    folders.set(nid, found);
    return found;
  };
  const folder = (nid: number): string => {
    const steps: string[] = [];
    for (let at = nid; at !== 0 && at !== NID.root && steps.length < MAX_FOLDERS;) {
      const { name, parent } = folderAt(at);
      steps.unshift(name);
      if (parent === at) break;
      at = parent;
    }
    return steps.join('/');
  };
  return { header, reader, trees, blocks, damage, object, folder };
}
