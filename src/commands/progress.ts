import { printable } from '../reports/shared/printable.ts';
import type { Stages } from '../run/scan.ts';

const EVERY_MS = 200;

const mb = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);

const clock = (seconds: number): string => {
  if (!Number.isFinite(seconds)) return '?';
  const s = Math.round(seconds);
  return s < 60
    ? `${s} s`
    : s < 3600
      ? `${Math.floor(s / 60)} min ${String(s % 60).padStart(2, '0')} s`
      : `${Math.floor(s / 3600)} h ${String(Math.floor((s % 3600) / 60)).padStart(2, '0')} min`;
};

/** Talk on stderr: a line that renews itself on a terminal, nothing in a pipe but what was lost. */
export function progressOn(stream: NodeJS.WriteStream, quiet: boolean): Stages & { end(): void } {
  const live = Boolean(stream.isTTY) && !quiet;
  let files = 0;
  let bytes = 0;
  let doneFiles = 0;
  let doneBytes = 0;
  let began = 0;
  let drawn = 0;
  const draw = (text: string): void => {
    if (live) stream.write(`\r\u001b[K${text}`);
  };
  return {
    planned(f, b) {
      files = f;
      bytes = b;
      began = performance.now();
    },
    read(b) {
      doneFiles++;
      doneBytes += b;
      const now = performance.now();
      if (now - drawn < EVERY_MS && doneFiles < files) return;
      drawn = now;
      const seconds = (now - began) / 1000;
      const rate = doneBytes / Math.max(seconds, 0.001);
      draw(
        `reading ${doneFiles}/${files} files, ${mb(doneBytes)}/${mb(bytes)} MB, ${(doneFiles / Math.max(seconds, 0.001)).toFixed(0)} files/s, ${mb(rate)} MB/s, ${clock((bytes - doneBytes) / rate)} left`,
      );
    },
    lost(path, message) {
      draw('');
      if (!quiet) stream.write(`tainted: ${printable(path)}: ${printable(message)}\n`);
    },
    stage(name) {
      if (name !== 'extract')
        draw(
          `${{ walk: 'listing files', load: 'building the index', examine: 'comparing documents', judge: 'applying rules', report: 'writing the report' }[name]} …`,
        );
    },
    end() {
      draw('');
    },
  };
}
