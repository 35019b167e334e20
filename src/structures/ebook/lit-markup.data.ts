/** Numbers of the elements of a package document (openclit), by the names of OPF 2.0; those that say nothing of the book are left out. */
export const LIT_ELEMENTS: Readonly<Record<number, string>> = {
  1: 'package',
  2: 'title',
  3: 'creator',
  20: 'metadata',
  21: 'dc-metadata',
  22: 'subject',
  23: 'description',
  24: 'publisher',
  25: 'contributor',
  26: 'date',
  29: 'identifier',
  30: 'source',
  31: 'language',
  34: 'rights',
  35: 'x-metadata',
  36: 'meta',
};

export const LIT_ATTRIBUTES: Readonly<Record<number, string>> = {
  3: 'guid',
  6: 'id',
  13: 'role',
  14: 'file-as',
  15: 'event',
  16: 'scheme',
  19: 'unique-identifier',
  20: 'name',
  21: 'content',
};
