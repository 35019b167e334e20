import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import type { Scratch } from '../model/input.ts';
import { fileBytes } from './file-bytes.ts';

/** Temporary files for what is too big for memory, of one artifact. */
export interface ScratchFiles {
  make(): Scratch;
  /** Closes all that were made so far, which gives their room back. Their bytes cannot be read any more. */
  release(): void;
}

/**
 * Each file loses its name as soon as it is open: nothing stays behind when a worker dies, and no name of an archive ever
 * reaches the disk.
 */
export function scratchFiles(dir: string): ScratchFiles {
  const open: number[] = [];
  return {
    make() {
      const path = join(dir, `tmp-${randomUUID()}`);
      const fd = fs.openSync(path, 'wx+', 0o600);
      open.push(fd);
      fs.unlinkSync(path);
      let size = 0;
      return {
        write(chunk) {
          for (let done = 0; done < chunk.byteLength;) {
            const n = fs.writeSync(fd, chunk, done, chunk.byteLength - done, size);
            done += n;
            size += n;
          }
        },
        done: () => fileBytes(fd, size),
      };
    },
    release() {
      for (const fd of open.splice(0)) fs.closeSync(fd);
    },
  };
}
