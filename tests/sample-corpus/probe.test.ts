import { it } from 'vitest';
import { listLetters, ordinaryLetters } from './correspondence.ts';
import { fileLetters } from './mailboxes.ts';
it('counts', () => {
  const o = ordinaryLetters(); const l = listLetters();
  const filed = fileLetters([...o, ...l].map((letter) => ({ letter })));
  console.log(o.length, l.length);
  let total = 0;
  for (const [p, b] of filed.files) { total += b.byteLength; if (!p.includes('/cur/')) console.log(p, b.byteLength, Buffer.from(b).toString('latin1').match(/^From /gm)?.length); }
  console.log(filed.files.size, total);
  console.log(Buffer.from(filed.files.get('courriels/tisserand-outlook/Inbox.mbox')!).toString().slice(0, 3500));
});
