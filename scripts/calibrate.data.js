/**
 * What of ../shared/corpora counts as honest: nobody there altered a document to deceive. Many of these files were made or cut down to test a
 * program, so they are odder than an office's own; rates measured on them err on the high side. `except` leaves out what was broken on purpose.
 */
export const HONEST = [
  {
    name: 'SpamAssassin ham',
    from: ['easy-ham-1', 'easy-ham-2', 'hard-ham-1'].map((d) => `stdlib-js__datasets-spam-assassin/data/${d}`),
    why: 'Wanted mail of 2002, sorted by hand by its receivers; much of it from mailing lists. The publisher rewrote some host names.',
  },
  {
    name: 'SpamAssassin test letters',
    from: ['apache__spamassassin/t/data/nice', 'apache__spamassassin/t/data/welcomelists'],
    except: /\/(dkim|dmarc)\//,
    why: 'Newsletters and letters that the filter must let pass. Addresses were replaced; a few were cut down to one feature.',
  },
  {
    name: 'bounces of set-of-emails',
    from: ['sisimai__set-of-emails/maildir/bsd'],
    why: 'Delivery reports as servers wrote them, 2000 to today. Addresses and host names were replaced by the publisher.',
  },
  {
    name: 'Apache POI',
    from: ['document', 'spreadsheet', 'slideshow', 'hsmf', 'publisher', 'diagram'].map((d) => `apache__poi/test-data/${d}`),
    except: /clusterfuzz|password|protect/i,
    why: 'Office files and Outlook messages attached to bug reports by their users, and some written by libraries. Fuzzed ones are left out.',
  },
  {
    name: 'Apache Tika',
    from: ['microsoft', 'miscoffice', 'pdf', 'mail'].map(
      (m) =>
        `apache__tika/tika-parsers/tika-parsers-standard/tika-parsers-standard-modules/tika-parser-${m}-module/src/test/resources/test-documents`,
    ),
    except: /fuzz|corrupt|truncat|protected|encrypt|password/i,
    why: 'Office files, PDF and mail made or collected to test a reader of all formats.',
  },
  {
    name: 'SheetJS',
    from: ['SheetJS__test_files'],
    except: /\/(artifacts|password|issue2717)\//,
    why: 'Workbooks of users and of other projects; the folder 2013 was saved anew by one Excel 2013 in a few days.',
  },
  {
    name: 'pandoc',
    from: ['jgm__pandoc/test/docx', 'jgm__pandoc/test/odt', 'jgm__pandoc/test/rtf'],
    why: 'Documents by Word and LibreOffice, and what pandoc makes of them.',
  },
  {
    name: 'Open XML SDK',
    from: ['dotnet__Open-XML-SDK/test/DocumentFormat.OpenXml.Tests.Assets/assets'],
    why: 'Documents by Office 2007 to 2016 for the tests of its own library; some were changed by that library.',
  },
  {
    name: 'docx4j',
    from: ['plutext__docx4j/docx4j-samples-docx4j', 'plutext__docx4j/docx4j-core-tests', 'plutext__docx4j/docs'],
    except: /AlteredParts/,
    why: 'Documents by Word for the samples and the manual of a library.',
  },
  {
    name: 'ODF Toolkit',
    from: ['tdf__odftoolkit/odfdom/src/test/resources/test-input'],
    except: /invalid|duplicate/,
    why: 'Documents by OpenOffice, LibreOffice and Office 2013.',
  },
  {
    name: 'pdf.js',
    from: ['mozilla__pdf.js/test/pdfs'],
    except: /fuzz|poppler|reduced|\d+r\.pdf$|bitmap-|invalid/,
    why: 'PDF files attached to bug reports by those who could not read them. Those that somebody cut down are left out.',
  },
  {
    name: 'pdfplumber',
    from: ['jsvine__pdfplumber/tests/pdfs', 'jsvine__pdfplumber/examples/pdfs'],
    except: /malformed/,
    why: 'Public records of American authorities, and users’ PDF files from bug reports.',
  },
  {
    name: 'format-corpus',
    from: ['govdocs1-error-pdfs', 'office-examples', 'office', 'desktop-publishing', 'ebooks', 'variations'].map(
      (d) => `openpreserve__format-corpus/${d}`,
    ),
    why: 'Documents of American authorities found on the web, and files saved by one program after the other for libraries.',
  },
  {
    name: 'exifr',
    from: ['MikeKovarik__exifr/test/fixtures'],
    except: /broken|Error|orientation|empty/,
    why: 'Photographs by phones and cameras from bug reports; some were made smaller by a program.',
  },
  {
    name: 'metadata-extractor',
    from: ['drewnoakes__metadata-extractor/Tests/Data'],
    except: /crash|recursive|\.(app|com|bytes)/,
    why: 'Photographs by cameras of many makers from bug reports.',
  },
];
