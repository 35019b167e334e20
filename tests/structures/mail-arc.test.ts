import { describe, expect, it } from 'vitest';
import { arcChainOf } from '../../src/structures/mail/arc.ts';
import { readMime } from '../../src/structures/mail/mime.ts';
import { inputFrom } from '../support/read.ts';

const set = (i: number, verdict: string): string[] => [
  `ARC-Seal: i=${i}; a=rsa-sha256; cv=${verdict}; d=relais.example; s=arc; b=AAAA`,
  `ARC-Message-Signature: i=${i}; a=rsa-sha256; d=relais.example; s=arc; h=from; bh=AAAA; b=AAAA`,
  `ARC-Authentication-Results: i=${i}; mx.relais.example; dkim=pass`,
];
const chainOf = (...fields: string[]): ReturnType<typeof arcChainOf> => {
  const mail = [...fields, 'From: Claire Moreau <claire@example.org>', 'Subject: Lettre', '', 'Bonjour'].join('\r\n');
  return arcChainOf(inputFrom(Buffer.from(mail)).once(readMime).parts[0].fields);
};
const faults = (...fields: string[]): string[] | undefined => chainOf(...fields)?.faults.map((f) => f.says);

describe('the ARC sets of a message', () => {
  it('are none', () => expect(chainOf()).toBeNull());
  it('are a chain', () => {
    const chain = chainOf(...set(2, 'pass'), ...set(1, 'none'));
    expect(chain?.verdicts.map((v) => [v.instance, v.raw, v.verdict])).toEqual([
      [2, 'pass', 'pass'],
      [1, 'none', 'none'],
    ]);
    expect(chain?.faults).toEqual([]);
  });
  it('say that the sets before failed, which is no fault of the chain', () => {
    const chain = chainOf(...set(2, 'fail'), ...set(1, 'none'));
    expect(chain?.verdicts[0]?.verdict).toBe('fail');
    expect(chain?.faults).toEqual([]);
  });
  it('say what nobody knows', () => {
    expect(chainOf(...set(2, 'maybe'), ...set(1, 'none'))?.verdicts[0]).toMatchObject({ raw: 'maybe', verdict: null });
  });
  it('lack one', () => expect(faults(...set(3, 'pass'), ...set(1, 'none'))).toEqual(['no set 2, though there is one of number 3']));
  it('has a field that belongs to none', () => {
    expect(faults(...set(1, 'none'), 'ARC-Authentication-Results: mx.relais.example; dkim=pass')).toEqual(['a field of a set without a number']);
  });
  it('lack a field, or have one twice', () => {
    expect(faults(...set(1, 'none').slice(1))).toEqual(['set 1 has no seal']);
    expect(faults(...set(1, 'none'), ...set(1, 'none').slice(2))).toEqual(['set 1 has 2 results']);
  });
  it('contradict each other', () => {
    expect(faults(...set(1, 'pass'))).toEqual(["seal 1 says 'pass' of sets before it, and there are none"]);
    expect(faults(...set(2, 'none'), ...set(1, 'none'))).toEqual(['seal 2 says that there is no set before it']);
    expect(faults(...set(3, 'pass'), ...set(2, 'fail'), ...set(1, 'none'))).toEqual(["seal 3 says 'pass' behind seal 2, which says 'fail'"]);
  });
  it('are more than a chain may have', () => {
    const many = faults(...set(60, 'pass'));
    expect(many).toHaveLength(51);
    expect(many?.at(-1)).toBe('60 sets, where 50 are the most');
  });
});
