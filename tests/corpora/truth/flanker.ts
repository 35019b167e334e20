import { digestBody } from '../../../src/structures/mail/dkim/canonical-body.ts';
import { canonicalField, rawField } from '../../../src/structures/mail/dkim/canonical-header.ts';
import { readMime } from '../../../src/structures/mail/mime.ts';
import { createHash } from 'node:crypto';
import { inputFrom } from '../../support/read.ts';
import { bytesAt, type Compared, has } from './corpus.ts';

/** The canonical forms of flanker's test messages: 'relaxed.expected.10' of 'email.10' holds fields, an empty line and the body. */
export function flanker(path: string): Compared[] | null {
  const data = path.replace(/(?:simple|relaxed)\.expected\./, 'email.');
  if (!has(data)) return null;
  const form = path.includes('/relaxed.') ? 'relaxed' : 'simple';
  const told = bytesAt(path);
  const blank = told.indexOf('\r\n\r\n');
  const cut = blank === -1 ? told.length : blank;
  const { bytes, parts } = readMime(inputFrom(bytesAt(data)));
  const [{ fields, body }] = parts;
  const header = fields.map((f) => canonicalField(rawField(bytes, f), form)).join('\r\n');
  const written = bytes.subarray(body.offset, body.offset + body.length);
  const { digests } = digestBody([written], form, 0x0a, [{ algorithm: 'sha256', limit: null }]);
  return [
    { file: path, what: 'canonical header', theirs: told.toString('latin1', 0, cut).trimEnd(), ours: header.trimEnd() },
    {
      file: path,
      what: 'canonical body',
      theirs: createHash('sha256')
        .update(told.subarray(cut + 4))
        .digest('base64'),
      ours: digests[0] ?? '',
    },
  ];
}
