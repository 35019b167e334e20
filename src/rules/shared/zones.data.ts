/**
 * Offsets from Universal Time, minutes east, beside the whole hours, that some place had by law at any time since 1970 (IANA time
 * zone database, files africa to southamerica).
 */
const ODD_OFFSETS: ReadonlySet<number> = new Set([
  -690, // Niue until 1978
  -630, // Cook Islands until 1978
  -570, // Marquesas
  -510, // Pitcairn until 1998
  -345, // Guyana until 1992
  -270, // Venezuela 2007 to 2016, Dominican Republic until 1973
  -210, // Newfoundland, Surinam until 1984
  -150, // Newfoundland in summer
  -90, // Newfoundland in the summer of 1988, Uruguay 1974
  -44, // Liberia until 1972
  210, // Iran
  270, // Afghanistan, Iran in summer
  330, // India, Sri Lanka
  345, // Nepal
  390, // Myanmar, Cocos, Sri Lanka 1996
  450, // Singapore and Malaysia until 1981
  510, // North Korea 2015 to 2018
  525, // Eucla
  570, // Australia, middle
  585, // Eucla in summer
  630, // Australia, middle, in summer; Lord Howe
  690, // Norfolk until 2015, Lord Howe in the summers until 1985
  750, // Norfolk in the summer of 1974
  765, // Chatham
  825, // Chatham in summer
]);

/** Whether any place had it by law since 1970; `minutes` east of Universal Time. */
export const isOffsetOfAPlace = (minutes: number): boolean =>
  (minutes % 60 === 0 && minutes >= -12 * 60 && minutes <= 14 * 60) || ODD_OFFSETS.has(minutes);

/** A zone's name as programs write it behind the offset. */
export interface ZoneName {
  /** All that it can stand for, minutes east. */
  readonly offsets: readonly number[];
  /** Of summer time: nowhere is it in use from December to February. */
  readonly summer: boolean;
}

/** Names of the IANA time zone database that one part of the world uses; EST, CST, IST and BST, which several do, are left out. */
export const ZONE_NAMES: ReadonlyMap<string, ZoneName> = new Map<string, ZoneName>([
  ['CEST', { offsets: [120], summer: true }],
  ['MEST', { offsets: [120], summer: true }],
  ['MESZ', { offsets: [120], summer: true }],
  ['WEST', { offsets: [60], summer: true }],
  ['EEST', { offsets: [180], summer: true }],
  ['CET', { offsets: [60], summer: false }],
  ['MEZ', { offsets: [60], summer: false }],
  ['EET', { offsets: [120], summer: false }],
  // Four hours from 2011 to 2014.
  ['MSK', { offsets: [180, 240], summer: false }],
  ['MSD', { offsets: [240], summer: true }],
  ['EDT', { offsets: [-240], summer: true }],
  // Also Cuba's.
  ['CDT', { offsets: [-300, -240], summer: true }],
  ['MDT', { offsets: [-360], summer: true }],
  ['PDT', { offsets: [-420], summer: true }],
  ['JST', { offsets: [540], summer: false }],
]);
