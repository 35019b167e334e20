import type { Rule } from '../model/rule.ts';
import { attachmentChangedAfterSend } from './artifact/attachment-changed-after-send.ts';
import { equalToAttachment } from './artifact/equal-to-attachment.ts';
import { looseCopyDiffers } from './artifact/loose-copy-differs.ts';
import { messageClockDisagreement } from './artifact/message-clock-disagreement.ts';
import { resavedCopy } from './artifact/resaved-copy.ts';
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
export const RULES: readonly Rule[] = [
  attachmentChangedAfterSend,
  burstOfSaves,
  equalToAttachment,
  gapInMailbox,
  localeDiscordance,
  looseCopyDiffers,
  messageClockDisagreement,
  messageIdReused,
  outOfOrderInMailbox,
  rareLastAuthor,
  resavedCopy,
  savedAfterMailboxEnd,
  scrubbedAmongRichSiblings,
  toolOutlierAmongSiblings,
];
