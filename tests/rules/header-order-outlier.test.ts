import { headerOrderOutlier } from '../../src/rules/corpus/header-order-outlier.ts';
import { text, type TestClaim } from '../support/claims.ts';
import { ruleTest } from '../support/rule-test.ts';
import { deliveries, delivery, type Delivery } from '../support/ways.ts';

const order = (value: string): { readonly more: readonly TestClaim[] } => ({ more: [text('mark.header-order', value, { basis: 'observed' })] });
const HABIT = 'to from subject message-id date user-agent mime-version';
const OTHER = 'from to subject message-id date user-agent mime-version';
const usual = (n: number, of: (i: number) => Partial<Delivery> = () => ({})): ReturnType<typeof deliveries> =>
  deliveries(n, '2017-03-01T08:00:00Z', 24, (i) => ({ ...order(HABIT), ...of(i) }));
const odd = (more: Partial<Delivery> = {}): ReturnType<typeof delivery> =>
  delivery({ name: 'odd', sent: '2017-03-08T20:00:00Z', ...order(OTHER), ...more });
const says = (n: number): string =>
  `has 'from' above 'to' in its header; ${n} other messages of 'claire@a.example' by 'Thunderbird/52.0' that came over the same servers have them the other way round, before it and after it`;

ruleTest(headerOrderOutlier, {
  fires: {
    'one of fifteen': { docs: [...usual(14), odd()], statements: [says(14)], strengths: ['weak'], about: [['odd']] },
    'one of thirty-six': { docs: [...usual(35), odd()], statements: [says(35)], strengths: ['moderate'] },
    'fields that come and go do not matter': {
      docs: [...usual(14, (i) => (i % 2 ? order('to from cc subject references in-reply-to message-id date user-agent mime-version') : {})), odd()],
      statements: [says(14)],
    },
  },
  silent: {
    'honest twin': [...usual(14), odd(order(HABIT))],
    'honest twin: a field more and one less': [...usual(14), odd(order('to from cc subject message-id date mime-version'))],
    'program-changed: another version': [...usual(14), odd({ program: 'Thunderbird/60.0' })],
    'program-changed: for good, with the same name': [
      ...deliveries(14, '2017-03-01T08:00:00Z', 12, () => order(HABIT)),
      odd({ sent: '2017-06-08T20:00:00Z' }),
    ],
    'program-changed: half of them': [...usual(14), ...usual(14, (i) => ({ ...order(OTHER), name: `new-${i}`, id: `n.${i}@a.example` }))],
    'other-device: another form of Message-ID': [...usual(14), odd({ id: '1234-5678-9@phone.example' })],
    'rewritten-on-the-way: a list': [...usual(14), odd({ more: [...order(OTHER).more, text('mark.relayed', 'list')] })],
    'rewritten-on-the-way: another server': [...usual(14), odd({ hosts: ['mx1.b.example', 'relay.c.example'] })],
    'nine are too few': [...usual(9), odd({ sent: '2017-03-05T20:00:00Z' })],
    'its own copies are one message': [
      ...usual(9),
      ...Array.from({ length: 5 }, (_, i) => ({ ...usual(1)[0], name: `copy-${i}` }) as ReturnType<typeof delivery>),
      odd({ sent: '2017-03-05T20:00:00Z' }),
    ],
    'a kept copy among delivered ones': [...usual(14), odd({ hosts: [] })],
    'a sender whose orders are as chance has it': deliveries(20, '2017-03-01T08:00:00Z', 24, (i) => order(i % 2 ? HABIT : OTHER)),
  },
});
