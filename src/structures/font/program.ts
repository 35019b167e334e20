import type { ProblemDraft } from '../../model/artifact.ts';
import { bytesOf } from '../../model/bytes.ts';
import { CFF, readCff } from './cff.ts';
import { HEAD_CREATED, HEAD_MODIFIED, readSfnt } from './sfnt.ts';
import { readType1 } from './type1.ts';

/** 'created' and 'modified' are seconds since 1904 of 'head'; 'written' is the text of a comment. */
export type FontFact = 'name' | 'family' | 'version' | 'id' | 'created' | 'modified' | 'written';

/** One thing that an embedded font program says of itself. */
export interface FontSaid {
  readonly fact: FontFact;
  /** 'name 3.1.1033/4', 'head/28', 'cff/2', 'type1/FullName': tells it apart within its program. */
  readonly place: string;
  readonly raw: string;
}

export interface FontProgram {
  readonly said: readonly FontSaid[];
  readonly problems: readonly ProblemDraft[];
}

/** OpenType 1.9: name IDs, and fields of 'head'. */
const NAMES: ReadonlyMap<number, FontFact> = new Map([
  [1, 'family'],
  [3, 'id'],
  [4, 'name'],
  [5, 'version'],
]);
const CLOCKS: ReadonlyMap<number, FontFact> = new Map([
  [HEAD_CREATED, 'created'],
  [HEAD_MODIFIED, 'modified'],
]);
const CFF_FACTS: ReadonlyMap<number, FontFact> = new Map([
  [CFF.fullName, 'name'],
  [CFF.familyName, 'family'],
  [CFF.version, 'version'],
  [CFF.uniqueId, 'id'],
]);
const TYPE1_FACTS: ReadonlyMap<string, FontFact> = new Map([
  ['FullName', 'name'],
  ['FamilyName', 'family'],
  ['version', 'version'],
  ['CreationDate', 'written'],
]);

const SFNT = /^(?:\0\u0001\0\0|OTTO|true|ttcf|wOFF)/;
const TYPE1 = /^(?:%!|\u0080\u0001)/;

/** Each place once: a program that says a thing twice says it first. */
const oncePlace = (said: readonly FontSaid[]): FontSaid[] => {
  const first = new Map<string, FontSaid>();
  for (const s of said) if (!first.has(s.place)) first.set(s.place, s);
  return [...first.values()];
};

/** A font program as it is embedded, whichever it is: by its bytes, as documents call one kind by the name of another. Null for none of them. */
export function readFontProgram(program: Uint8Array): FontProgram | null {
  const bytes = bytesOf(program);
  const head = Buffer.from(program.subarray(0, 4)).toString('latin1');
  if (SFNT.test(head)) {
    const { values, problems } = readSfnt({ bytes });
    const said = values.flatMap(({ block, tag, raw }): FontSaid[] => {
      const fact = (block.endsWith('head') ? CLOCKS : NAMES).get(tag);
      return fact ? [{ fact, place: `${block}/${tag}`, raw }] : [];
    });
    return { said: oncePlace(said), problems };
  }
  if (TYPE1.test(head)) {
    const said = readType1({ bytes }).flatMap(({ key, raw }): FontSaid[] => {
      const fact = TYPE1_FACTS.get(key);
      return fact ? [{ fact, place: `type1/${key}`, raw }] : [];
    });
    return { said: oncePlace(said), problems: [] };
  }
  const said = readCff(program)?.flatMap(({ block, tag, raw }): FontSaid[] => {
    const fact = CFF_FACTS.get(tag);
    return fact ? [{ fact, place: `${block}/${tag}`, raw }] : [];
  });
  return said ? { said, problems: [] } : null;
}
