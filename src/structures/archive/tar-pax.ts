const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Records of a pax extended header, '<length> <keyword>=<value>\n' with the length counting itself (POSIX.1-2017 pax,
 * "pax Header Block"). Stops at the first that is none.
 */
export function* readPax(content: Uint8Array): Generator<readonly [keyword: string, value: string]> {
  for (let at = 0; at < content.byteLength;) {
    const blank = content.indexOf(0x20, at);
    const digits = blank === -1 || blank - at > 9 ? '' : utf8.decode(content.subarray(at, blank));
    const end = at + Number(digits);
    if (!/^\d+$/.test(digits) || end <= blank + 1 || end > content.byteLength) return;
    const equals = content.indexOf(0x3d, blank);
    if (equals === -1 || equals >= end) return;
    yield [utf8.decode(content.subarray(blank + 1, equals)), utf8.decode(content.subarray(equals + 1, end - 1))];
    at = end;
  }
}
