/** A worker for tests of the pool: does to named units what hostile bytes do to parsers. */
import { parentPort, workerData } from 'node:worker_threads';
import { announcer } from '../../../dist/run/board.js';

const send = (m) => parentPort.postMessage(m);
const announce = announcer(workerData.board);

parentPort.on('message', (task) => {
  const skipped = (path) => task.skip.find((s) => s.path === path);
  const claims = [];
  for (const unit of task.shard.units) {
    announce(unit.path, 'test');
    const skip = skipped(unit.path);
    if (skip) claims.push(`${unit.path}: ${skip.code}`);
    else if (unit.path.includes('loop')) for (;;);
    else if (unit.path.includes('hog')) {
      const hoard = [];
      for (;;) hoard.push(new Array(10_000).fill(hoard.length));
    } else if (unit.path.includes('exit')) process.exit(7);
    else if (unit.path.includes('throw')) {
      send({ answer: 'failed', message: 'disk full' });
      return;
    } else claims.push(`${unit.path}: read`);
    send({ answer: 'units', bytes: [unit.size] });
  }
  send({ answer: 'sealed', sealed: { name: claims.join(' | '), sha256: '', artifacts: 0, claims: 0, problems: 0 } });
});
