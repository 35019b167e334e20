import { unsignedAmongSigned } from '../../src/rules/corpus/unsigned-among-signed.ts';
import { text, type TestClaim } from '../support/claims.ts';
import { ruleTest } from '../support/rule-test.ts';
import { deliveries, delivery, type Delivery } from '../support/ways.ts';
import type { TestDoc } from '../support/memory-evidence.ts';

const signed = (by = 'a.example'): { readonly more: readonly TestClaim[] } => ({
  more: [text('dkim.signer', `${by} s=s1`, { basis: 'observed' }), text('dkim.body', 'intact', { basis: 'observed' })],
});
const UNSIGNED: { readonly more: readonly TestClaim[] } = { more: [text('dkim.body', 'unsigned', { field: 'DKIM-Signature', basis: 'observed' })] };
const usual = (n: number, of: (i: number) => Partial<Delivery> = () => ({}), hours = 4): TestDoc[] =>
  deliveries(n, '2017-05-03T08:00:00Z', hours, (i) => ({ ...signed(), ...of(i) }));
const odd = (more: Partial<Delivery> = {}): TestDoc => delivery({ name: 'odd', sent: '2017-05-04T09:00:00Z', ...UNSIGNED, ...more });
const says = (n: number): string =>
  `bears no DKIM signature; all ${n} other messages that 'claire@a.example' sent in that week by the same program over the same servers are signed by the sender's domain`;

ruleTest(unsignedAmongSigned, {
  fires: {
    'among six': { docs: [...usual(6), odd()], statements: [says(6)], strengths: ['weak'], about: [['odd']] },
    'among twenty': { docs: [...usual(20), odd()], statements: [says(20)], strengths: ['moderate'] },
    'of a host below the domain': { docs: [...usual(6, () => signed('mail.a.example')), odd()], statements: [says(6)] },
  },
  silent: {
    'honest twin': [...usual(6), odd(signed())],
    'kept-by-sender: no server stamped it': [...usual(6), odd({ hosts: [] })],
    'other-route: by another server of the sender': [...usual(6), odd({ hosts: ['mx1.b.example', 'printer.shop.example'] })],
    'other-route: by another program': [...usual(6), odd({ program: 'Scan-to-Mail 2.1' })],
    'signer-failed: two in that week': [...usual(6), odd(), odd({ name: 'second', sent: '2017-05-04T10:00:00Z' })],
    'taken-out: it went over a list': [...usual(6), odd({ more: [...UNSIGNED.more, text('mark.relayed', 'list')] })],
    'signed by others only': [...usual(6, () => signed('list.example')), odd()],
    'four are too few': [...usual(4), odd()],
    'another month': [...usual(6), odd({ sent: '2017-06-04T09:00:00Z' })],
    'copies of one message are one': [...usual(3), ...usual(3).map((d) => ({ ...d, name: `copy-${d.name}` })), odd()],
  },
});
