import type { Needs } from '../model/calibration.ts';

/**
 * What a document must carry before a rule can speak about it, by the guards at the head of each rule: the denominator of its rate of false alarms.
 * Too narrow is harmless (the rate comes out too high), too wide is not. A rule without a line here is counted by everything it reads, and
 * never counts as calibrated. Where a claim is only made of what is odd already (`mark.revision-change`), the rate is one among those documents.
 */
export const NEEDS: Readonly<Record<string, Needs>> = {
  'attachment-changed-after-send': {
    itself: [['time.modified', 'time.created', 'time.metadata', 'time.directory', 'time.member', 'time.stored']],
    around: [['time.received', 'time.sent']],
  },
  'burst-of-saves': { itself: [['event.save'], ['time.modified', 'time.created']] },
  'content-changed-in-later-revision': { itself: [['mark.revision-change']] },
  'editor-record-disagreement': { itself: [['tool.part-application', 'tool.last-edited'], ['tool.version']] },
  'equal-to-attachment': { itself: [['copy.mailed', 'copy.saved']] },
  'extension-against-content': { itself: [['type.extension'], ['type.detected']] },
  'foreign-package-writer': { itself: [['tool.container'], ['tool.application']] },
  'gap-in-mailbox': { itself: [['place.folder'], ['time.received', 'time.sent']] },
  'info-against-xmp': { itself: [['time.created'], ['tool.toolkit']] },
  'locale-discordance': { itself: [['locale.saved']] },
  'loose-copy-differs': { itself: [['copy.mailed', 'copy.saved']] },
  'member-times-against-modified': { itself: [['time.member'], ['time.modified'], ['tool.container']] },
  'message-clock-disagreement': { itself: [['time.sent'], ['time.received', 'time.hidden', 'time.signed']] },
  'message-id-reused': { itself: [['id.message'], ['copy.relation']] },
  'odd-package-member': { itself: [['tool.container']] },
  'out-of-order-in-mailbox': { itself: [['place.position'], ['time.received']] },
  'photo-clock-disagreement': { itself: [['time.captured'], ['time.digitized', 'time.modified', 'time.gps']] },
  'rare-last-author': { itself: [['party.last-author'], ['party.author']] },
  'resaved-copy': { itself: [['copy.mailed', 'copy.saved']] },
  'saved-after-mailbox-end': { itself: [['time.modified']], somewhere: [['mailbox.end']] },
  'scrubbed-among-rich-siblings': { itself: [['place.folder'], ['tool.application', 'mark.scrubbed']] },
  'selector-later-than-message': { itself: [['dkim.signature'], ['time.sent', 'time.received']] },
  'signature-verified': { itself: [['dkim.state'], ['dkim.key-bits']] },
  'signed-body-changed': { itself: [['dkim.state']] },
  'signed-headers-changed': { itself: [['dkim.state'], ['dkim.key-bits']] },
  'tool-outlier-among-siblings': { itself: [['tool.application'], ['place.folder', 'party.author'], ['time.modified']] },
};
