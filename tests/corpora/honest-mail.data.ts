/** Real messages that a rule speaks against with moderately strong or more, and why that is right. A line that no finding answers to fails the test. */
export interface Reason {
  /** Of the file in ../shared/corpora; of a folder, with '/' at the end, where one hand did the same to all in it. */
  readonly path: string;
  readonly rule: string;
  /** Messages in the folder that it holds for; 1 for a file. */
  readonly messages: number;
  /** What was done to the message, by whom it is known, and where it is written. */
  readonly why: string;
}

export const REASONS: readonly Reason[] = [
  {
    path: 'apache__poi/test-data/hsmf/message_1980.msg',
    rule: 'header-newer-than-date',
    messages: 1,
    why: 'Built for a test of old dates: Date and submit time say 1999, the MIME boundary was made by an Outlook in March 2015.',
  },
  {
    path: 'lieser__dkim_verifier/test/data/',
    rule: 'header-newer-than-date',
    messages: 18,
    why: 'The example message of RFC 6376 appendix A.2, dated 2003, to which the tests of that add-on added headers of later standards.',
  },
  {
    path: 'lieser__dkim_verifier/test/data/dkim/added_header-date.eml',
    rule: 'impossible-weekday',
    messages: 1,
    why: 'A test of that add-on: a second Date was put on top by hand, whose weekday does not fit.',
  },
  {
    path: 'sisimai__set-of-emails/maildir/',
    rule: 'queue-id-against-received',
    messages: 13,
    why: 'Bounces whose publisher replaced dates and names of hosts; the ids of the queues still hold the times of the servers.',
  },
];
