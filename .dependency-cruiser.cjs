/** Rooms, from the bottom up. A room may import `model`, itself, and what is listed for it; nothing else. */
const MAY_IMPORT = {
  model: [],
  corpus: ['model'],
  structures: ['model'],
  containers: ['model', 'structures'],
  formats: ['model', 'structures'],
  evidence: ['model'],
  examinations: ['model'],
  rules: ['model'],
  reports: ['model'],
  run: ['model', 'corpus', 'structures', 'containers', 'formats', 'evidence', 'examinations', 'rules', 'reports'],
  commands: ['model', 'run', 'reports', 'rules', 'examinations'],
};

const rooms = Object.entries(MAY_IMPORT).map(([room, others]) => ({
  name: `${room}-keeps-to-its-neighbours`,
  comment: `src/${room} may import ${['itself', ...others].join(', ')}. Move the shared thing down into model, or the call up into run.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...others].join('|')})/` },
}));

/** A parser we did not write is imported by exactly one file, so that it can be replaced in an afternoon. */
const ONE_HOME = {
  mailparser: 'src/structures/mail/text\\.ts',
  exifr: 'src/structures/image/exif\\.ts',
  saxes: 'src/structures/xml\\.ts',
  htmlparser2: 'src/structures/html\\.ts',
  'iconv-lite': 'src/structures/charset\\.ts',
  'libarchive-wasm': 'src/structures/archive/libarchive\\.ts',
  unpdf: 'src/structures/pdf/text\\.ts',
  'any-ascii': 'src/examinations/shared/transliterate\\.ts',
  'fast-glob': 'src/corpus/walk\\.ts',
  'p-limit': 'src/run/pool\\.ts',
  'gmp-wasm': 'src/run/common-factor\\.ts',
  '@duckdb/node-api': 'src/evidence/duckdb\\.ts',
};
const homes = Object.entries(ONE_HOME).map(([name, home]) => ({
  name: `one-home-for-${name.replace(/[@/]/g, '')}`,
  comment: `Only ${home} may import ${name}.`,
  severity: 'error',
  from: { path: '^(src|bin)/', pathNot: `^${home}$` },
  to: { path: `node_modules/(@types/)?${name}/` },
}));

/** Modules that run where hostile bytes are parsed. */
const IN_WORKERS = '^src/(run/(worker|extract|bench|replay)\\.ts|formats/|containers/|structures/)';

module.exports = {
  forbidden: [
    ...rooms,
    ...homes,
    { name: 'commander-at-the-edge', comment: 'Only the command line knows commander.', severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli\\.ts|commands/)' }, to: { path: 'node_modules/commander/' } },
    { name: 'formats-do-not-share-sideways', comment: 'One format, container or reporter per file; common code goes to shared/ or structures.', severity: 'error',
      from: { path: '^src/(formats|containers|reports)/([^/]+)\\.ts$', pathNot: 'index\\.ts$' }, to: { path: '^src/$1/[^/]+\\.ts$', pathNot: '\\.data\\.ts$' } },
    { name: 'rules-do-not-share-sideways', comment: 'One rule per file; common code goes to rules/shared.', severity: 'error',
      from: { path: '^src/rules/(artifact|corpus)/' }, to: { path: '^src/rules/(artifact|corpus)/' } },
    { name: 'rules-and-reports-are-pure', comment: 'Rules and reporters are functions of the evidence: no node built-ins at all.', severity: 'error',
      from: { path: '^src/(rules|reports)/' }, to: { dependencyTypes: ['core'] } },
    { name: 'examinations-are-pure', comment: 'Functions of the evidence, too: of the built-ins only crypto, whose functions of bytes (Ed25519) do no I/O.', severity: 'error',
      from: { path: '^src/examinations/' }, to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' } },
    { name: 'readers-touch-bytes-not-files', comment: 'A reader gets Bytes. File system, network and processes are for corpus, evidence and run.', severity: 'error',
      from: { path: '^src/(model|structures|formats|containers)/' }, to: { dependencyTypes: ['core'], pathNot: '^(node:)?(buffer|crypto|zlib|stream|util|string_decoder)$' } },
    { name: 'nobody-goes-online', comment: 'A leak must never phone home: no network module anywhere in the product.', severity: 'error',
      from: { path: '^(src|bin)/' }, to: { path: '^(node:)?(http|https|http2|net|tls|dns|dgram)(/promises)?$' } },
    { name: 'parsers-live-in-workers', comment: 'Hostile bytes are parsed in the worker only; the main thread must stay alive to say who died.', severity: 'error',
      from: { path: '^(src|bin)/', pathNot: IN_WORKERS }, to: { path: '^src/(formats|containers|structures)/' } },
    { name: 'worker-is-started-not-imported', comment: 'Importing the worker would load every parser into the main thread.', severity: 'error',
      from: { path: '^src/', pathNot: IN_WORKERS }, to: { path: '^src/run/(worker|extract|bench|replay)\\.ts$' } },
    { name: 'cli-is-the-edge', comment: 'Nothing imports the CLI but bin; only the CLI imports commands.', severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli\\.ts|commands/)' }, to: { path: '^src/(cli\\.ts|commands/)' } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, path: '^src/', pathNot: '^src/(index|cli|run/worker)\\.ts$' }, to: {} },
    { name: 'no-test-code-in-product', severity: 'error', from: { path: '^(src|bin)/' }, to: { path: '^tests/' } },
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, detectJSDocImports: false },
};
