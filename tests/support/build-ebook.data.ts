/** SNB_BOOK of build-ebook.ts, packed by bzip2 -9. */
export const SNB_BOOK_BZ2: Uint8Array = Buffer.from(
  'QlpoOTFBWSZTWRsmNUgAABQfgFAD8GcNAhAAP++fACAAioaU9GU9U9PUnlGhkaA8UEqepPRE2poYE9RiPSDsNc2k+4c48SJ5YvB1aaLFbJSJ9amRfdy00qcz' +
    'jhAUXdpsXFN5DxiwU84CfSXVmjulYcUS4KnfSocXsGEskBniJ5rW4szIUYQUUCBBzcZUGF+igMRrYbOGMFQkQE7IreT/i7kinChIDZMapAA=',
  'base64',
);
