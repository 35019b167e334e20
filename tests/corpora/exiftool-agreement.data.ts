/** Differences that were looked at, one by one: why the two readings of one file differ. */
export const EXPLAINED: readonly { readonly file: string; readonly tag: string; readonly why: string }[] = [
  {
    file: 'Exiv2__exiv2/test/data/005-invalid-mem',
    tag: 'ExifIFD:CreateDate',
    why: 'fuzzed: the tag holds binary noise; both keep it as text and cut it at another byte',
  },
  {
    file: 'spreadsheet/poi-fuzz.xls',
    tag: 'FlashPix:CreateDate',
    why: 'fuzzed: a FILETIME beyond the year 9999 wraps in ExifTool and is a claim without a value here',
  },
  {
    file: 'signature/sign_without_LTV.pdf',
    tag: '*',
    why: 'no zone lies +18:30 from UTC: the raw text is kept and has no value here, ExifTool prints it as it stands',
  },
  {
    file: 'error_set_1/436857.pdf',
    tag: 'PDF:Creator',
    why: 'Info holds a custom key /creator beside /Creator: names are case-sensitive (ISO 32000-1 7.3.5), ExifTool takes the first for the second',
  },
  {
    file: 'error_set_1/032270.pdf',
    tag: 'XMP-dc:Creator',
    why: 'two revisions with an XMP packet each: ExifTool reads the last, here the author of the first is a claim too',
  },
  { file: 'error_set_1/225188.pdf', tag: 'XMP-dc:Creator', why: 'as 032270.pdf: the author in the packet of the first revision' },
  { file: 'error_set_1/225189.pdf', tag: 'XMP-dc:Creator', why: 'as 032270.pdf: the author in the packet of the first revision' },
  { file: 'error_set_1/421197.pdf', tag: 'XMP-dc:Creator', why: 'as 032270.pdf: the author in the packet of the first revision' },
  {
    file: 'data/pr_9320.jpg',
    tag: 'Canon:SerialNumber',
    why: "fuzzed: the makers' note says 'bogus' in the string and 0 in the number; ExifTool prints the number",
  },
  {
    file: 'data/exiv2-canon-eos-d30.jpg',
    tag: 'Canon:SerialNumber',
    why: 'the same 32 bits: of this camera ExifTool prints the upper half in hexadecimal',
  },
  {
    file: 'spreadsheet/poi-fuzz.xls',
    tag: 'FlashPix:CodePage',
    why: 'fuzzed: two properties of that id; ExifTool keeps the last, the first is the one that decodes the text',
  },
  {
    file: 'clusterfuzz-testcase-minimized-POIHSLFFuzzer-6032591399288832.ppt',
    tag: 'FlashPix:CodePage',
    why: 'fuzzed: two sections of one stream; ExifTool keeps the last',
  },
  ...['FlashPix:RevisionNumber', 'FlashPix:Words', 'FlashPix:LastPrinted'].flatMap((tag) =>
    ['document/word_with_embeded.doc', 'document/53379.doc', 'test-documents/testWORD_2006ml.doc'].map((file) => ({
      file,
      tag,
      why: 'other documents are embedded: ExifTool shows the summary it met last, here each has claims of its own',
    })),
  ),
];
