export interface HtmlSpec {
  readonly lang?: string;
  readonly title?: string;
  /** Of <meta name=…>, in this order. */
  readonly meta?: Readonly<Record<string, string>>;
  /** Of <o:DocumentProperties>, without the prefix: 'Author', 'LastAuthor', 'Created', … */
  readonly office?: Readonly<Record<string, string>>;
  /** The mark that Windows leaves in a page saved from the web. */
  readonly savedFrom?: string;
  readonly paragraphs?: readonly string[];
  /** Written into the page; the bytes are made accordingly. Default 'utf-8'. */
  readonly charset?: 'utf-8' | 'iso-8859-1' | 'utf-16le';
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** A page as Word and browsers save it, small. */
export function buildHtml(spec: HtmlSpec): Uint8Array {
  const { charset = 'utf-8' } = spec;
  const metas = Object.entries(spec.meta ?? {}).map(([name, content]) => `<meta name="${name}" content="${escaped(content)}">`);
  const properties = Object.entries(spec.office ?? {}).map(([name, value]) => `  <o:${name}>${escaped(value)}</o:${name}>`);
  const office =
    properties.length === 0
      ? []
      : ['<!--[if gte mso 9]><xml>', ' <o:DocumentProperties>', ...properties, ' </o:DocumentProperties>', '</xml><![endif]-->'];
  const lines = [
    '<!DOCTYPE html>',
    ...(spec.savedFrom === undefined ? [] : [`<!-- saved from url=(${String(spec.savedFrom.length).padStart(4, '0')})${spec.savedFrom} -->`]),
    spec.lang === undefined ? '<html>' : `<html lang="${spec.lang}">`,
    `<head><meta http-equiv="Content-Type" content="text/html; charset=${charset}">`,
    ...metas,
    ...(spec.title === undefined ? [] : [`<title>${escaped(spec.title)}</title>`]),
    ...office,
    '</head><body>',
    ...(spec.paragraphs ?? []).map((p) => `<p>${escaped(p)}</p>`),
    '</body></html>',
    '',
  ];
  const text = lines.join('\r\n');
  if (charset === 'utf-16le') return Buffer.from(`\ufeff${text}`, 'utf16le');
  return Buffer.from(text, charset === 'utf-8' ? 'utf8' : 'latin1');
}
