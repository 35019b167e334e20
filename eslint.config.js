import tseslint from 'typescript-eslint';

/** Anything that makes two runs differ: the clock, chance, the locale, the machine. */
const NONDETERMINISM = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'The clock belongs to run/; pass a value in.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The clock belongs to run/.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length>1]", message: "Builds a time in this machine's zone; use Date.UTC." },
  {
    selector: 'CallExpression[callee.property.name=/^(get|set)(Hours|Date|Day|Month|FullYear|TimezoneOffset)$/]',
    message: 'Local-time accessors depend on TZ; use the UTC ones.',
  },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'No chance in the product.' },
  { selector: "CallExpression[callee.property.name='localeCompare']", message: 'Depends on the ICU build; use compareBytes.' },
  { selector: 'CallExpression[callee.property.name=/^toLocale/]', message: 'Depends on the locale.' },
  { selector: "MemberExpression[object.name='Intl']", message: 'Depends on the ICU build.' },
  { selector: "MemberExpression[object.name='process'][property.name='env']", message: 'Options come in through the CLI.' },
];

export default tseslint.config(
  { ignores: ['dist', 'sample-corpus', '**/*.cjs', 'coverage'] },
  ...tseslint.configs.recommendedTypeChecked,
  { languageOptions: { parserOptions: { projectService: true } } },
  {
    rules: {
      'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
      complexity: ['warn', 20],
      'max-depth': ['warn', 4],
      'no-console': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-control-regex': 'off',
    },
  },
  {
    files: ['src/{model,corpus,structures,containers,formats,examinations,rules,evidence,reports}/**'],
    rules: { 'no-restricted-syntax': ['error', ...NONDETERMINISM] },
  },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
  { files: ['tests/**', 'scripts/**', '*.js', 'bin/**'], rules: { '@typescript-eslint/require-await': 'off', 'no-console': 'off' } },
);
