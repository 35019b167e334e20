import type { Needs } from '../model/calibration.ts';

/**
 * What a document must carry before a rule can speak about it, by the guards at the head of each rule: the denominator of its rate of false alarms.
 * Too narrow is harmless (the rate comes out too high), too wide is not. A rule without a line here is counted by everything it reads, and
 * never counts as calibrated. Where a claim is only made of what is odd already (`mark.revision-change`), the rate is one among those documents.
 */
export const NEEDS: Readonly<Record<string, Needs>> = {
  'absent-server-trace': { itself: [['place.folder'], ['time.sent', 'id.message']], among: { attribute: 'place.folder', least: 50 } },
  'attachment-changed-after-send': {
    itself: [['time.modified', 'time.created', 'time.metadata', 'time.directory', 'time.member', 'time.stored']],
    around: [['time.received', 'time.sent']],
  },
  'burst-of-saves': { itself: [['event.save'], ['time.modified', 'time.created']] },
  'client-fingerprint-mismatch': { itself: [['tool.mailer', 'tool.message']] },
  'content-changed-in-later-revision': { itself: [['mark.revision-change']] },
  'edited-alternative': { itself: [['mark.alternative']] },
  'editor-record-disagreement': { itself: [['tool.part-application', 'tool.last-edited'], ['tool.version']] },
  'equal-to-attachment': { itself: [['copy.mailed', 'copy.saved']] },
  'extension-against-content': { itself: [['type.extension'], ['type.detected']] },
  'foreign-package-writer': { itself: [['tool.container'], ['tool.application']] },
  'forwarded-as-text': { itself: [['quote.unfiled']] },
  'gap-in-mailbox': { itself: [['place.folder'], ['time.received', 'time.sent']], among: { attribute: 'place.folder', least: 50 } },
  'header-newer-than-date': { itself: [['mark.dated-header'], ['time.sent']] },
  'impossible-hop-order': { itself: [['time.received']] },
  'impossible-weekday': { itself: [['time.sent']] },
  'info-against-xmp': { itself: [['time.created'], ['tool.toolkit']] },
  'locale-discordance': { itself: [['locale.saved']] },
  'lookalike-address': { itself: [['party.from']] },
  'loose-copy-differs': { itself: [['copy.mailed', 'copy.saved']] },
  'member-times-against-modified': { itself: [['time.member'], ['time.modified'], ['tool.container']] },
  'message-clock-disagreement': { itself: [['time.sent'], ['time.received', 'time.hidden', 'time.signed']] },
  'message-id-reused': { itself: [['id.message'], ['copy.relation']] },
  'near-duplicate-with-edits': { itself: [['near.family']] },
  'odd-package-member': { itself: [['tool.container']] },
  'orphan-replies': { itself: [['place.folder'], ['thread.parent', 'thread.missing']], among: { attribute: 'place.folder', least: 50 } },
  'out-of-order-in-mailbox': { itself: [['place.position'], ['time.received']], among: { attribute: 'place.folder', least: 50 } },
  'photo-clock-disagreement': { itself: [['time.captured'], ['time.digitized', 'time.modified', 'time.gps']] },
  'queue-id-against-received': { itself: [['time.received'], ['time.hidden']] },
  'quoted-otherwise': { itself: [['quote.relation']] },
  'quoted-verbatim-by-others': { itself: [['quote.verbatim-by']] },
  'rare-last-author': { itself: [['party.last-author'], ['party.author']] },
  'resaved-copy': { itself: [['copy.mailed', 'copy.saved']] },
  'saved-after-mailbox-end': { itself: [['time.modified']], somewhere: [['mailbox.end']] },
  'scrubbed-among-rich-siblings': {
    itself: [['place.folder'], ['tool.application', 'mark.scrubbed']],
    among: { attribute: 'place.folder', least: 11 },
  },
  'selector-later-than-message': { itself: [['dkim.signature'], ['time.sent', 'time.received']] },
  'sender-offset-disagreement': { itself: [['time.sent'], ['time.hidden'], ['tool.mailer']] },
  'signature-verified': { itself: [['dkim.state'], ['dkim.key-bits']] },
  'signed-body-changed': { itself: [['dkim.state']] },
  'signed-headers-changed': { itself: [['dkim.state'], ['dkim.key-bits']] },
  'thread-contradiction': { itself: [['thread.parent'], ['time.received', 'time.sent']] },
  'tool-outlier-among-siblings': { itself: [['tool.application'], ['time.modified']], among: { attribute: 'place.folder', least: 10 } },
};
