import type { Attribute } from './attribute.ts';
import type { Subject } from './evidence.ts';

/** Media types of what carries attachments through the mail. */
const MESSAGES: ReadonlySet<string> = new Set(['message/rfc822', 'application/vnd.ms-outlook', 'application/x-mapi-message']);

export const isMessage = (subject: Pick<Subject, 'artifact'>): boolean => MESSAGES.has(subject.artifact.mediaType);

/** The nearest message around it, through archives and documents; null for what lies outside the mail. Never the subject itself. */
export function carrierOf<R extends Attribute>(subject: Subject<R>): Subject<R> | null {
  let around = subject.parent;
  while (around !== null && !isMessage(around)) around = around.parent;
  return around;
}

/** The document the artifact belongs to: itself, or the one above a package part or an embedded picture. */
export function documentOf<R extends Attribute>(subject: Subject<R>): Subject<R> {
  let at = subject;
  while (at.parent !== null && at.artifact.id !== subject.artifact.document) at = at.parent;
  return at;
}
