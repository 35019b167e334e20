/** What people and programs call the folder of unsent messages; matched on the last part of a folder's path. */
const DRAFTS =
  /(?:^|[^\p{L}])(?:drafts?|brouillons?|entw[üu]rfe?|borradores|bozze|rascunhos|concepten|szkice|черновики|unsent|outbox|templates|mod[èe]les)(?:$|[^\p{L}])/iu;
/** Folders that programs fill as messages come and go; into the others people move old messages by hand. */
const FILLED_BY_PROGRAM =
  /(?:^|[^\p{L}])(?:inbox|sent(?: items| mail| messages)?|bo[îi]te de r[ée]ception|(?:[ée]l[ée]ments |messages )?envoy[ée]s|posteingang|gesendet|входящие|отправленные|all ?mail)(?:$|[^\p{L}])/iu;

/** Longest folder path looked at. */
const MOST_CHARACTERS = 1000;

export const isDraftsFolder = (folder: string): boolean => DRAFTS.test(folder.slice(-MOST_CHARACTERS));
export const isFilledByProgram = (folder: string): boolean => FILLED_BY_PROGRAM.test(folder.slice(-MOST_CHARACTERS));
