import type { Rule } from '../model/rule.ts';
import { attachmentChangedAfterSend } from './artifact/attachment-changed-after-send.ts';
import { clientFingerprintMismatch } from './artifact/client-fingerprint-mismatch.ts';
import { contentChangedInLaterRevision } from './artifact/content-changed-in-later-revision.ts';
import { editedAlternative } from './artifact/edited-alternative.ts';
import { editorRecordDisagreement } from './artifact/editor-record-disagreement.ts';
import { equalToAttachment } from './artifact/equal-to-attachment.ts';
import { extensionAgainstContent } from './artifact/extension-against-content.ts';
import { foreignPackageWriter } from './artifact/foreign-package-writer.ts';
import { forwardedAsText } from './artifact/forwarded-as-text.ts';
import { headerNewerThanDate } from './artifact/header-newer-than-date.ts';
import { impossibleWeekday } from './artifact/impossible-weekday.ts';
import { infoAgainstXmp } from './artifact/info-against-xmp.ts';
import { looseCopyDiffers } from './artifact/loose-copy-differs.ts';
import { memberTimesAgainstModified } from './artifact/member-times-against-modified.ts';
import { messageClockDisagreement } from './artifact/message-clock-disagreement.ts';
import { oddPackageMember } from './artifact/odd-package-member.ts';
import { photoClockDisagreement } from './artifact/photo-clock-disagreement.ts';
import { queueIdAgainstReceived } from './artifact/queue-id-against-received.ts';
import { quotedVerbatimByOthers } from './artifact/quoted-verbatim-by-others.ts';
import { resavedCopy } from './artifact/resaved-copy.ts';
import { selectorLaterThanMessage } from './artifact/selector-later-than-message.ts';
import { senderOffsetDisagreement } from './artifact/sender-offset-disagreement.ts';
import { signatureVerified } from './artifact/signature-verified.ts';
import { signedBodyChanged } from './artifact/signed-body-changed.ts';
import { signedHeadersChanged } from './artifact/signed-headers-changed.ts';
import { threadContradiction } from './artifact/thread-contradiction.ts';
import { withMeasuredStatus } from './calibration.ts';
import { absentServerTrace } from './corpus/absent-server-trace.ts';
import { burstOfSaves } from './corpus/burst-of-saves.ts';
import { gapInMailbox } from './corpus/gap-in-mailbox.ts';
import { impossibleHopOrder } from './corpus/impossible-hop-order.ts';
import { localeDiscordance } from './corpus/locale-discordance.ts';
import { lookalikeAddress } from './corpus/lookalike-address.ts';
import { messageIdReused } from './corpus/message-id-reused.ts';
import { nearDuplicateWithEdits } from './corpus/near-duplicate-with-edits.ts';
import { orphanReplies } from './corpus/orphan-replies.ts';
import { outOfOrderInMailbox } from './corpus/out-of-order-in-mailbox.ts';
import { quotedOtherwise } from './corpus/quoted-otherwise.ts';
import { rareLastAuthor } from './corpus/rare-last-author.ts';
import { savedAfterMailboxEnd } from './corpus/saved-after-mailbox-end.ts';
import { scrubbedAmongRichSiblings } from './corpus/scrubbed-among-rich-siblings.ts';
import { toolOutlierAmongSiblings } from './corpus/tool-outlier-among-siblings.ts';

/** Every rule, alphabetical. A contract test compares this list with the directories. */
export const RULES: readonly Rule[] = withMeasuredStatus([
  absentServerTrace,
  attachmentChangedAfterSend,
  burstOfSaves,
  clientFingerprintMismatch,
  contentChangedInLaterRevision,
  editedAlternative,
  editorRecordDisagreement,
  equalToAttachment,
  extensionAgainstContent,
  foreignPackageWriter,
  forwardedAsText,
  gapInMailbox,
  headerNewerThanDate,
  impossibleHopOrder,
  impossibleWeekday,
  infoAgainstXmp,
  localeDiscordance,
  lookalikeAddress,
  looseCopyDiffers,
  memberTimesAgainstModified,
  messageClockDisagreement,
  messageIdReused,
  nearDuplicateWithEdits,
  oddPackageMember,
  orphanReplies,
  outOfOrderInMailbox,
  photoClockDisagreement,
  queueIdAgainstReceived,
  quotedOtherwise,
  quotedVerbatimByOthers,
  rareLastAuthor,
  resavedCopy,
  savedAfterMailboxEnd,
  scrubbedAmongRichSiblings,
  selectorLaterThanMessage,
  senderOffsetDisagreement,
  signatureVerified,
  signedBodyChanged,
  signedHeadersChanged,
  threadContradiction,
  toolOutlierAmongSiblings,
]);
