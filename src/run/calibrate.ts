import type { Calibration } from '../model/calibration.ts';
import { PLAIN_SCAN } from './options.ts';
import type { Isolation } from './pool.ts';
import { scan, type Stages } from './scan.ts';
import { TOOL } from './version.ts';

const OFFICE =
  'msword|vnd\\.(ms-(excel|word|powerpoint|works|project|xps)|openxmlformats|oasis|sun\\.xml|visio|wordperfect|lotus)|x-(ole-storage|mspublisher|hwp|abiword)';

/** Kinds of documents by their media type: what `--kind` counts. */
export const KINDS = {
  all: /^/,
  mail: /^(message\/|application\/(vnd\.ms-outlook$|x-emlx|x-mapi-message|vnd\.ms-tnef))/,
  documents: new RegExp(`^(text/|application/(pdf|rtf|postscript|epub|${OFFICE}))`),
  office: new RegExp(`^application/(rtf|${OFFICE})`),
  pdf: /^application\/pdf$/,
  pictures: /^image\//,
  recordings: /^(audio|video)\//,
} as const;
export type Kind = keyof typeof KINDS;

export interface CalibrateOptions {
  readonly kind: Kind;
  /** What to call the material; the names of the paths if absent. */
  readonly name?: string;
  readonly jobs: number;
  readonly isolation: Isolation;
}

/** Scans what the operator declares honest and counts, for each rule, the documents it could have spoken about and those it spoke about. */
export async function calibrate(paths: readonly string[], options: CalibrateOptions, stages: Stages): Promise<Calibration> {
  const { jobs, isolation } = options;
  const result = await scan(paths, { ...PLAIN_SCAN, jobs, isolation, uncapped: true }, stages, []);
  try {
    const { label, manifest, files } = result.report.corpus;
    const { documents, rules } = await result.firings(KINDS[options.kind]);
    return {
      schema: 'calibration/1',
      tool: `${TOOL.name} ${TOOL.version}`,
      material: { name: options.name ?? label, kind: options.kind, manifest, files, documents },
      rules,
    };
  } finally {
    result.close();
  }
}
