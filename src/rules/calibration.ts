import { lacking, type Measured } from '../model/calibration.ts';
import type { Rule } from '../model/rule.ts';
import { CALIBRATIONS } from './calibration.data.ts';

/** What was measured of a rule, material by material. */
export const measuredOf = (id: string): Measured[] =>
  CALIBRATIONS.flatMap((c) => {
    const firings = c.rules.find((f) => f.rule === id);
    return firings ? [{ material: c.material.name, tool: c.tool, firings }] : [];
  });

/** Gives each rule the status that its figures earn: what a rule's own file says of it is the beginning, and only 'retired' stands. */
export const withMeasuredStatus = (rules: readonly Rule[]): readonly Rule[] =>
  rules.map((rule): Rule => {
    if (rule.meta.status === 'retired') return rule;
    const status = lacking(rule.meta, measuredOf(rule.meta.id)) === null ? 'calibrated' : 'uncalibrated';
    return { ...rule, meta: { ...rule.meta, status } };
  });
