import fs from 'node:fs';

/** name and version of this package, from its own package.json (one level above `dist` or `src`). */
export const TOOL: { readonly name: string; readonly version: string } = (() => {
  const { name, version } = JSON.parse(fs.readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { name: string; version: string };
  return { name, version };
})();
