/**
 * Days before which nobody can have written something: of the first draft or the first public build, never of the release,
 * and rounded down. All are lower bounds; a thing that is older than its bound here would be a mistake of this table.
 */
export interface FirstSeen {
  readonly what: string;
  readonly pattern: RegExp;
  /** ISO date, UTC. */
  readonly from: string;
  /** What the date rests on. */
  readonly source: string;
}

/** What stands inside a Received header; compared with the time in the same header. */
export const IN_RECEIVED: readonly FirstSeen[] = [
  { what: 'TLS 1.3', pattern: /\bTLSv?1[._]3\b/, from: '2016-06-01', source: 'draft-ietf-tls-tls13, first servers with draft versions' },
  { what: 'TLS 1.2', pattern: /\bTLSv?1[._]2\b/, from: '2008-08-01', source: 'RFC 5246 (August 2008)' },
  { what: 'ESMTPSA', pattern: /\bwith (?:UTF8)?E?SMTPSA\b/, from: '2004-01-01', source: 'RFC 3848 (July 2004)' },
  { what: 'UTF8SMTP', pattern: /\bwith UTF8E?SMTP/, from: '2007-01-01', source: 'RFC 5336 (2008) and its drafts' },
  {
    what: 'an Exchange server of version 15',
    pattern: /Microsoft SMTP Server[^;]{0,200}\bid 15\./,
    from: '2012-01-01',
    source: 'Exchange 2013 preview (July 2012)',
  },
  {
    what: 'an Exchange server of version 15.20',
    pattern: /Microsoft SMTP Server[^;]{0,200}\bid 15\.20\./,
    from: '2017-01-01',
    source: 'Exchange Online builds (2017)',
  },
];

/** Header fields by their names in lower case; compared with the newest clock of the message. */
export const FIELDS: ReadonlyMap<string, Omit<FirstSeen, 'pattern'>> = new Map(
  (
    [
      ['domainkey-signature', '2003-12-01', 'DomainKeys, announced in December 2003 (RFC 4870)'],
      ['received-spf', '2003-06-01', 'Sender Permitted From, first draft 2003 (RFC 4408)'],
      ['authentication-results', '2004-01-01', 'draft-kucherawy-sender-auth-header (RFC 5451)'],
      ['dkim-signature', '2005-01-01', 'draft-allman-dkim-base, July 2005 (RFC 4871)'],
      // https://datatracker.ietf.org/doc/draft-andersen-arc/history/: version 00 of 16 October 2015.
      ['arc-seal', '2015-01-01', 'draft-andersen-arc, October 2015 (RFC 8617)'],
      ['arc-message-signature', '2015-01-01', 'draft-andersen-arc, October 2015 (RFC 8617)'],
      ['arc-authentication-results', '2015-01-01', 'draft-andersen-arc, October 2015 (RFC 8617)'],
      // https://datatracker.ietf.org/doc/draft-baer-listspec/history/: version 00 of 25 March 1997.
      ['list-unsubscribe', '1996-01-01', 'draft-baer-listspec, March 1997 (RFC 2369)'],
      // https://www.sparkpost.com/blog/all-you-need-to-know-about-gmail-feedback-loop-offering/: a trial with senders of mass mail from February 2014.
      ['feedback-id', '2013-01-01', "Gmail's feedback loop, on trial from February 2014"],
      ['list-unsubscribe-post', '2016-01-01', 'draft-levine-herkula-oneclick, 2016 (RFC 8058)'],
      ['autocrypt', '2016-06-01', 'the Autocrypt project, December 2016'],
      ['bimi-selector', '2018-01-01', 'draft-blank-ietf-bimi, February 2019'],
      ['tls-required', '2016-01-01', 'draft-ietf-uta-smtp-require-tls, 2016 (RFC 8689)'],
    ] as const
  ).map(([what, from, source]) => [what, { what, from, source }]),
);

/** Programs by X-Mailer, User-Agent and X-MimeOLE. The first that fits counts. */
export const MAILERS: readonly FirstSeen[] = [
  { what: 'Outlook 16', pattern: /^Microsoft Outlook 16\.0/, from: '2014-10-01', source: 'Office 2016 preview (March 2015)' },
  { what: 'Outlook 15', pattern: /^Microsoft Outlook 15\.0/, from: '2012-01-01', source: 'Office 2013 technical preview (January 2012)' },
  { what: 'Outlook 14', pattern: /^Microsoft Outlook 14\.0/, from: '2009-01-01', source: 'Office 2010 technical preview (July 2009)' },
  { what: 'Outlook 12', pattern: /^Microsoft Office Outlook 12\.0/, from: '2005-10-01', source: 'Office 2007 beta 1 (November 2005)' },
  { what: 'Outlook 11', pattern: /^Microsoft Office Outlook, Build 11\.0/, from: '2002-09-01', source: 'Office 2003 beta 1 (October 2002)' },
  { what: 'Outlook 10', pattern: /^Microsoft Outlook, Build 10\.0/, from: '2000-06-01', source: 'Office XP beta (2000)' },
  { what: 'Windows Mail', pattern: /^Microsoft Windows Mail 6\.0\.6/, from: '2006-05-01', source: 'Windows Vista beta 2 (May 2006)' },
  { what: 'iOS 18', pattern: /^i(?:Phone|Pad|Pod) Mail \(22[A-H]/, from: '2024-06-10', source: 'first beta, 10 June 2024' },
  { what: 'iOS 17', pattern: /^i(?:Phone|Pad|Pod) Mail \(21[A-H]/, from: '2023-06-05', source: 'first beta, 5 June 2023' },
  { what: 'iOS 16', pattern: /^i(?:Phone|Pad|Pod) Mail \(20[A-H]/, from: '2022-06-06', source: 'first beta, 6 June 2022' },
  { what: 'iOS 15', pattern: /^i(?:Phone|Pad|Pod) Mail \(19[A-H]/, from: '2021-06-07', source: 'first beta, 7 June 2021' },
  { what: 'iOS 14', pattern: /^i(?:Phone|Pad|Pod) Mail \(18[A-H]/, from: '2020-06-22', source: 'first beta, 22 June 2020' },
  { what: 'iOS 13', pattern: /^i(?:Phone|Pad|Pod) Mail \(17[A-H]/, from: '2019-06-03', source: 'first beta, 3 June 2019' },
  { what: 'iOS 12', pattern: /^i(?:Phone|Pad|Pod) Mail \(16[A-H]/, from: '2018-06-04', source: 'first beta, 4 June 2018' },
  { what: 'iOS 11', pattern: /^i(?:Phone|Pad|Pod) Mail \(15[A-H]/, from: '2017-06-05', source: 'first beta, 5 June 2017' },
  { what: 'iOS 10', pattern: /^i(?:Phone|Pad|Pod) Mail \(14[A-H]/, from: '2016-06-13', source: 'first beta, 13 June 2016' },
  { what: 'iOS 9', pattern: /^i(?:Phone|Pad|Pod) Mail \(13[A-H]/, from: '2015-06-08', source: 'first beta, 8 June 2015' },
  { what: 'iOS 8', pattern: /^i(?:Phone|Pad|Pod) Mail \(12[A-H]/, from: '2014-06-02', source: 'first beta, 2 June 2014' },
  { what: 'iOS 7', pattern: /^i(?:Phone|Pad|Pod) Mail \(11[A-H]/, from: '2013-06-10', source: 'first beta, 10 June 2013' },
  { what: 'iOS 6', pattern: /^i(?:Phone|Pad|Pod) Mail \(10[A-B]/, from: '2012-06-11', source: 'first beta, 11 June 2012' },
  { what: 'iOS 5', pattern: /^i(?:Phone|Pad|Pod) Mail \(9[AB]/, from: '2011-06-06', source: 'first beta, 6 June 2011' },
  { what: 'iOS 4', pattern: /^i(?:Phone|Pad|Pod) Mail \(8[A-L]/, from: '2010-04-08', source: 'first beta, 8 April 2010' },
  { what: 'an iPhone', pattern: /^iPhone Mail \(/, from: '2007-01-09', source: 'announced 9 January 2007' },
];

/** Major versions of Thunderbird and the days on which their first nightly builds cannot have been there yet: seven months before the release. */
export const THUNDERBIRD: readonly (readonly [major: number, from: string])[] = [
  [1, '2004-06-01'],
  [2, '2006-01-01'],
  [3, '2007-06-01'],
  [5, '2010-11-01'],
  [10, '2011-07-01'],
  [17, '2012-04-01'],
  [24, '2013-02-01'],
  [31, '2013-12-01'],
  [38, '2014-11-01'],
  [45, '2015-09-01'],
  [52, '2016-09-01'],
  [60, '2018-01-01'],
  [68, '2019-01-01'],
  [78, '2019-12-01'],
  [91, '2021-01-01'],
  [102, '2021-11-01'],
  [115, '2022-12-01'],
  [128, '2023-12-01'],
];
