import fs from 'node:fs';
import { bytesOf, joinOf, windowOf } from '../model/bytes.ts';
import type { Bytes } from '../model/input.ts';
import type { Unit } from '../model/unit.ts';
import { fileBytes, type OpenFile, openUnit, pathOf } from './file-bytes.ts';

/** A split set may have a thousand volumes, and a process as many open files. */
const MOST_OPEN = 16;

export interface OpenVolumes extends OpenFile {
  /** Of the file that opens the set alone. */
  readonly own: Bytes;
  /** Each volume by itself, in order, empty where one is missing; [] for a file that stands alone. `bytes` are all of them. */
  readonly volumes: readonly Bytes[];
}

/** Opens a unit with the volumes that belong to it, or alone where it stands alone. Throws what the file system throws. */
export function openVolumes(unit: Unit, root: string): OpenVolumes {
  const files = unit.volume?.files;
  if (!files) {
    const file = openUnit(unit, root);
    return { ...file, own: file.bytes, volumes: [] };
  }
  const open = new Map<number, { readonly fd: number; readonly bytes: Bytes }>();
  const volumes = files.map((file, index): Bytes => {
    if (file === null) return bytesOf(new Uint8Array(0));
    const path = pathOf({ ...unit, file }, root);
    const { size } = fs.statSync(path);
    const reader = (): Bytes => {
      const known = open.get(index);
      open.delete(index);
      const fd = known?.fd ?? fs.openSync(path, 'r');
      const kept = known ?? { fd, bytes: fileBytes(fd, size, 1) };
      open.set(index, kept);
      const [oldest] = open;
      if (open.size > MOST_OPEN && oldest) {
        open.delete(oldest[0]);
        fs.closeSync(oldest[1].fd);
      }
      return kept.bytes;
    };
    return windowOf({ size, slice: (offset, length) => reader().slice(offset, length) }, 0, size);
  });
  return {
    own: volumes[files.indexOf(unit.file)] ?? bytesOf(new Uint8Array(0)),
    bytes: joinOf(volumes),
    volumes,
    close: () => {
      for (const { fd } of open.values()) fs.closeSync(fd);
      open.clear();
    },
  };
}
