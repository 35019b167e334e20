import type { Rule } from '../model/rule.ts';
import { attachmentChangedAfterSend } from './artifact/attachment-changed-after-send.ts';
import { brokenArcChain } from './artifact/broken-arc-chain.ts';
import { clientFingerprintMismatch } from './artifact/client-fingerprint-mismatch.ts';
import { contentChangedInLaterRevision } from './artifact/content-changed-in-later-revision.ts';
import { editedAlternative } from './artifact/edited-alternative.ts';
import { editorRecordDisagreement } from './artifact/editor-record-disagreement.ts';
import { equalToAttachment } from './artifact/equal-to-attachment.ts';
import { extensionAgainstContent } from './artifact/extension-against-content.ts';
import { fontNewerThanDocument } from './artifact/font-newer-than-document.ts';
import { foreignPackageWriter } from './artifact/foreign-package-writer.ts';
import { forwardedAsText } from './artifact/forwarded-as-text.ts';
import { headerNewerThanDate } from './artifact/header-newer-than-date.ts';
import { impossibleWeekday } from './artifact/impossible-weekday.ts';
import { impossibleZone } from './artifact/impossible-zone.ts';
import { infoAgainstXmp } from './artifact/info-against-xmp.ts';
import { keptAttachmentDiffers } from './artifact/kept-attachment-differs.ts';
import { looseCopyDiffers } from './artifact/loose-copy-differs.ts';
import { memberTimesAgainstModified } from './artifact/member-times-against-modified.ts';
import { messageClockDisagreement } from './artifact/message-clock-disagreement.ts';
import { oddPackageMember } from './artifact/odd-package-member.ts';
import { personSignatureVerified } from './artifact/person-signature-verified.ts';
import { personSignedContentChanged } from './artifact/person-signed-content-changed.ts';
import { photoClockDisagreement } from './artifact/photo-clock-disagreement.ts';
import { queueIdAgainstReceived } from './artifact/queue-id-against-received.ts';
import { quotedVerbatimByOthers } from './artifact/quoted-verbatim-by-others.ts';
import { resavedCopy } from './artifact/resaved-copy.ts';
import { selectorLaterThanMessage } from './artifact/selector-later-than-message.ts';
import { senderOffsetDisagreement } from './artifact/sender-offset-disagreement.ts';
import { signatureTimeDisagreement } from './artifact/signature-time-disagreement.ts';
import { signatureVerified } from './artifact/signature-verified.ts';
import { signedBodyChanged } from './artifact/signed-body-changed.ts';
import { signedHeadersChanged } from './artifact/signed-headers-changed.ts';
import { subjectAgainstTopic } from './artifact/subject-against-topic.ts';
import { threadContradiction } from './artifact/thread-contradiction.ts';
import { withMeasuredStatus } from './calibration.ts';
import { absentServerTrace } from './corpus/absent-server-trace.ts';
import { burstOfSaves } from './corpus/burst-of-saves.ts';
import { gapInMailbox } from './corpus/gap-in-mailbox.ts';
import { headerOrderOutlier } from './corpus/header-order-outlier.ts';
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
import { selectorOutOfItsTime } from './corpus/selector-out-of-its-time.ts';
import { senderZoneOutlier } from './corpus/sender-zone-outlier.ts';
import { toolOutlierAmongSiblings } from './corpus/tool-outlier-among-siblings.ts';
import { unsignedAmongSigned } from './corpus/unsigned-among-signed.ts';

/** Every rule, alphabetical. A contract test compares this list with the directories. */
export const RULES: readonly Rule[] = withMeasuredStatus([
  absentServerTrace,
  attachmentChangedAfterSend,
  brokenArcChain,
  burstOfSaves,
  clientFingerprintMismatch,
  contentChangedInLaterRevision,
  editedAlternative,
  editorRecordDisagreement,
  equalToAttachment,
  extensionAgainstContent,
  fontNewerThanDocument,
  foreignPackageWriter,
  forwardedAsText,
  gapInMailbox,
  headerNewerThanDate,
  headerOrderOutlier,
  impossibleHopOrder,
  impossibleWeekday,
  impossibleZone,
  infoAgainstXmp,
  keptAttachmentDiffers,
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
  personSignatureVerified,
  personSignedContentChanged,
  photoClockDisagreement,
  queueIdAgainstReceived,
  quotedOtherwise,
  quotedVerbatimByOthers,
  rareLastAuthor,
  resavedCopy,
  savedAfterMailboxEnd,
  scrubbedAmongRichSiblings,
  selectorLaterThanMessage,
  selectorOutOfItsTime,
  senderOffsetDisagreement,
  senderZoneOutlier,
  signatureTimeDisagreement,
  signatureVerified,
  signedBodyChanged,
  signedHeadersChanged,
  subjectAgainstTopic,
  threadContradiction,
  toolOutlierAmongSiblings,
  unsignedAmongSigned,
]);
