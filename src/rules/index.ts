import type { Rule } from '../model/rule.ts';

/** Every rule, alphabetical. A contract test compares this list with the directories. */
export const RULES: readonly Rule[] = [];
