import type { Rule } from '../model/rule.ts';
import { attachmentChangedAfterSend } from './artifact/attachment-changed-after-send.ts';
import { contentChangedInLaterRevision } from './artifact/content-changed-in-later-revision.ts';
import { editorRecordDisagreement } from './artifact/editor-record-disagreement.ts';
import { equalToAttachment } from './artifact/equal-to-attachment.ts';
import { extensionAgainstContent } from './artifact/extension-against-content.ts';
import { foreignPackageWriter } from './artifact/foreign-package-writer.ts';
import { infoAgainstXmp } from './artifact/info-against-xmp.ts';
import { looseCopyDiffers } from './artifact/loose-copy-differs.ts';
import { memberTimesAgainstModified } from './artifact/member-times-against-modified.ts';
import { messageClockDisagreement } from './artifact/message-clock-disagreement.ts';
import { oddPackageMember } from './artifact/odd-package-member.ts';
import { photoClockDisagreement } from './artifact/photo-clock-disagreement.ts';
import { resavedCopy } from './artifact/resaved-copy.ts';
import { selectorLaterThanMessage } from './artifact/selector-later-than-message.ts';
import { signatureVerified } from './artifact/signature-verified.ts';
import { signedBodyChanged } from './artifact/signed-body-changed.ts';
import { signedHeadersChanged } from './artifact/signed-headers-changed.ts';
import { withMeasuredStatus } from './calibration.ts';
import { burstOfSaves } from './corpus/burst-of-saves.ts';
import { gapInMailbox } from './corpus/gap-in-mailbox.ts';
import { localeDiscordance } from './corpus/locale-discordance.ts';
import { messageIdReused } from './corpus/message-id-reused.ts';
import { outOfOrderInMailbox } from './corpus/out-of-order-in-mailbox.ts';
import { rareLastAuthor } from './corpus/rare-last-author.ts';
import { savedAfterMailboxEnd } from './corpus/saved-after-mailbox-end.ts';
import { scrubbedAmongRichSiblings } from './corpus/scrubbed-among-rich-siblings.ts';
import { toolOutlierAmongSiblings } from './corpus/tool-outlier-among-siblings.ts';

/** Every rule, alphabetical. A contract test compares this list with the directories. */
export const RULES: readonly Rule[] = withMeasuredStatus([
  attachmentChangedAfterSend,
  burstOfSaves,
  contentChangedInLaterRevision,
  editorRecordDisagreement,
  equalToAttachment,
  extensionAgainstContent,
  foreignPackageWriter,
  gapInMailbox,
  infoAgainstXmp,
  localeDiscordance,
  looseCopyDiffers,
  memberTimesAgainstModified,
  messageClockDisagreement,
  messageIdReused,
  oddPackageMember,
  outOfOrderInMailbox,
  photoClockDisagreement,
  rareLastAuthor,
  resavedCopy,
  savedAfterMailboxEnd,
  scrubbedAmongRichSiblings,
  selectorLaterThanMessage,
  signatureVerified,
  signedBodyChanged,
  signedHeadersChanged,
  toolOutlierAmongSiblings,
]);
