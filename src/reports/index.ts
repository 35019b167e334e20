import type { Reporter } from '../model/report.ts';
import { csv } from './csv.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { ndjson } from './ndjson.ts';

/** Every reporter, alphabetical. A contract test compares this list with the directory. */
export const REPORTERS: readonly Reporter[] = [csv, html, json, ndjson];
