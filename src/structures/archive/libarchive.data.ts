export type LoneStream = 'bzip2' | 'xz';

/**
 * A ustar header of 512 bytes for a file 'x' of 8 GiB less one byte, compressed by bzip2 1.0.8 and by xz 5.4 (no check), in
 * base64: stands in front of a bare stream so that libarchive takes the stream for the file's content.
 */
export const LONE_FILE_HEADERS: Readonly<Record<LoneStream, string>> = {
  bzip2: 'QlpoOTFBWSZTWT8kRTYAACDbgMmAQAB9gAAA4AAeQAgAIABUU0NDRpoPUwlGqPKGGoB7IhrdPE7KZZzLrhMJwKQJ6zV9IjdqR52AP1cXckU4UJA/JEU2',
  xz: '/Td6WFoAAAD/EtlBAgAhAQwAAACPmEGc4AH/AC5dADwAM1AYaImC7aeAafiDE6x825BnB7wZfVY1Be8kzl0yzxpHki/OSerigGmYrgAAAAAAAUKABAAAAH9YQb+oAAr8AgAAAAAAWVo=',
};
