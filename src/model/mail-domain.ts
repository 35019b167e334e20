/** Of an address or a Message-ID, in the letters it is written in; all of it where no '@' stands in it. `party.*` claims have it in lower case. */
export const domainOf = (mailbox: string): string => mailbox.slice(mailbox.lastIndexOf('@') + 1);

/** One domain is the other, or within it: relaxed alignment (RFC 7489 section 3.1.1) without a list of public suffixes. Both in lower case. */
export const isAligned = (a: string, b: string): boolean => a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
