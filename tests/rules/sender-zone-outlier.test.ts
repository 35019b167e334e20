import { senderZoneOutlier } from '../../src/rules/corpus/sender-zone-outlier.ts';
import { ruleTest } from '../support/rule-test.ts';
import { deliveries, delivery, type Delivery } from '../support/ways.ts';
import type { TestDoc } from '../support/memory-evidence.ts';

const two = (n: number): string => String(n).padStart(2, '0');
/** Two letters a day, at nine and at noon by the sender's clock. */
const usual = (days: number, offset = '+02:00', firstDay = 1): TestDoc[] =>
  deliveries(days * 2, '2017-05-01T00:00:00Z', 1, (i) => {
    const day = firstDay + Math.floor(i / 2);
    return { sent: `2017-05-${two(day)}T${i % 2 ? '12' : '09'}:00:00${offset}`, name: `usual-${offset}-${two(day)}-${i % 2}` };
  });
const odd = (sent: string, more: Partial<Delivery> = {}): TestDoc => delivery({ name: 'odd', sent, ...more });

ruleTest(senderZoneOutlier, {
  fires: {
    'between two letters of one morning': {
      docs: [...usual(8), odd('2017-05-04T12:30:00+04:00')],
      statements: [
        "says in Date that the sender's clock stood at UTC+04:00; the messages of 'claire@a.example' by the same program before and after it, 3.0 h apart, say UTC+02:00, and none of 16 others within 30 days says UTC+04:00",
      ],
      strengths: ['moderate'],
      about: [['odd']],
    },
    'the zone of winter in the middle of summer': {
      docs: [...usual(8), odd('2017-05-04T10:30:00+01:00')],
      statements: [
        "says in Date that the sender's clock stood at UTC+01:00; the messages of 'claire@a.example' by the same program before and after it, 3.0 h apart, say UTC+02:00, and none of 16 others within 30 days says UTC+01:00",
      ],
      strengths: ['moderate'],
    },
    'with a letter from the telephone in between': {
      docs: [...usual(8), odd('2017-05-04T12:30:00+04:00'), odd('2017-05-04T10:45:00+02:00', { name: 'phone', program: 'iPhone Mail (14E304)' })],
      statements: [
        "says in Date that the sender's clock stood at UTC+04:00; the messages of 'claire@a.example' by the same program before and after it, 3.0 h apart, say UTC+02:00, and none of 17 others within 30 days says UTC+04:00",
      ],
      about: [['odd']],
    },
    'in the night between two days': {
      docs: [...usual(8), odd('2017-05-05T02:00:00+04:00')],
      statements: [
        "says in Date that the sender's clock stood at UTC+04:00; the messages of 'claire@a.example' by the same program before and after it, 21.0 h apart, say UTC+02:00, and none of 16 others within 30 days says UTC+04:00",
      ],
      strengths: ['weak'],
    },
  },
  silent: {
    'honest twin': [...usual(8), odd('2017-05-04T10:30:00+02:00')],
    'journey: three letters from there': [
      ...usual(8),
      odd('2017-05-04T22:30:00+04:00'),
      odd('2017-05-04T23:00:00+04:00', { name: 'second' }),
      odd('2017-05-04T23:30:00+04:00', { name: 'third' }),
    ],
    'journey: nothing for two days before it': [...usual(4), ...usual(4, '+02:00', 9), odd('2017-05-07T12:00:00+04:00')],
    'other-device: the telephone has its own': [...usual(8), odd('2017-05-04T12:30:00+04:00', { program: 'iPhone Mail (14E304)' })],
    'other-device: another server': [...usual(8), odd('2017-05-04T12:30:00+04:00', { hosts: ['mx1.b.example', 'out.c.example'] })],
    'summer-time: all later ones have the new zone': [...usual(7), ...usual(7, '+03:00', 9), odd('2017-05-08T12:30:00+03:00')],
    'summer-time: the first letter after the change': [...usual(7, '+01:00'), ...usual(7, '+02:00', 8)],
    'summer-time: a letter with the old zone in the first weeks': [
      ...usual(7, '+01:00'),
      ...usual(20, '+02:00', 8),
      odd('2017-05-25T10:30:00+01:00'),
    ],
    'date-by-server: Universal Time': [...usual(8), odd('2017-05-04T08:30:00+00:00')],
    'its copies are one message': [...usual(3), ...usual(3).map((d) => ({ ...d, name: `copy-${d.name}` })), odd('2017-05-02T12:30:00+04:00')],
    'used in another week of that month': [...usual(8), odd('2017-05-04T12:30:00+04:00'), odd('2017-05-25T12:30:00+04:00', { name: 'second' })],
  },
});
