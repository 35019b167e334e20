import fs from 'node:fs';
import { once } from 'node:events';
import type { Out } from '../model/report.ts';

/** The reader of our output went away (`| head`): the end of the work, not an error. */
export class PipeClosed extends Error {}

let closed = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  closed = true;
});

/** stdout as a place for data, at the pace of whoever reads it. */
export const stdout: Out = {
  async write(chunk) {
    if (closed) throw new PipeClosed();
    if (!process.stdout.write(chunk))
      await Promise.race([once(process.stdout, 'drain'), once(process.stdout, 'error').catch(() => undefined), once(process.stdout, 'close')]);
    if (closed) throw new PipeClosed();
  },
};

/** Chunks gathered before they are written. */
const BUFFER = 64 * 1024;

/** Writes a file whole or not at all: to a temporary name beside it, then renamed. */
export async function writeFile(file: string, write: (out: Out) => Promise<void>): Promise<void> {
  const temporary = `${file}.tmp`;
  const fd = fs.openSync(temporary, 'w');
  let pending = '';
  const flush = (): void => {
    if (pending !== '') fs.writeSync(fd, pending);
    pending = '';
  };
  try {
    await write({
      write(chunk) {
        pending += chunk;
        if (pending.length >= BUFFER) flush();
        return Promise.resolve();
      },
    });
    flush();
    fs.closeSync(fd);
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.closeSync(fd);
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

/** Many small writes as few large ones. */
export function buffered(out: Out): Out & { flush(): Promise<void> } {
  let pending = '';
  const flush = async (): Promise<void> => {
    const chunk = pending;
    pending = '';
    if (chunk !== '') await out.write(chunk);
  };
  return {
    async write(chunk) {
      pending += chunk;
      if (pending.length >= BUFFER) await flush();
    },
    flush,
  };
}

export const colourWanted = (stream: NodeJS.WriteStream): boolean =>
  Boolean(stream.isTTY) && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
