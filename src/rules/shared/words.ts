/** '1 passage', '312 passages'. */
export const plainCount = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
