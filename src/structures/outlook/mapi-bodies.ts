import type { ProblemDraft } from '../../model/artifact.ts';
import { htmlToText } from '../html.ts';
import { decompressRtf } from './lzfu.ts';
import { tidyText } from '../mail/text.ts';
import { decodeMapiText, type MapiMessage, type MapiProperty, numberOf, textOf } from './mapi.ts';
import { PID, pidName } from './mapi.data.ts';
import { encapsulatedText } from '../rtf/encapsulated.ts';

export interface MapiBody {
  readonly type: 'text/plain' | 'text/html' | 'text/rtf';
  readonly property: MapiProperty;
  /** As {@link tidyText} leaves it; HTML has become text. */
  readonly text: string;
}

export interface MapiBodies {
  /** Plain text, HTML, RTF, as far as they are there. */
  readonly bodies: readonly MapiBody[];
  readonly problems: readonly ProblemDraft[];
}

/**
 * The texts of a message. RTF mostly wraps the HTML or the plain text that the message also has by itself: it is read for
 * the kinds that would be missing otherwise.
 */
export function mapiBodies(message: MapiMessage, maxTextBytes: number): MapiBodies {
  const { bag, codePage } = message;
  const problems: ProblemDraft[] = [];
  const bodies: MapiBody[] = [];
  const note = (code: ProblemDraft['code'], what: string): number => problems.push({ code, message: what });
  const add = (type: MapiBody['type'], property: MapiProperty, id: number, written: string): void => {
    if (written.length > maxTextBytes) note('limit-exceeded', `${pidName(id)}: more than ${maxTextBytes} characters of text; the rest was left out`);
    const cut = written.slice(0, maxTextBytes);
    const html = type === 'text/html' ? htmlToText(cut) : null;
    if (html?.tooDeep) note('limit-exceeded', `${pidName(id)}: elements nest too deep; the rest was read without structure`);
    const text = tidyText(html ? html.text : cut);
    if (text !== '') bodies.push({ type, property, text });
  };
  const plain = bag.get(PID.Body);
  const written = textOf(plain, codePage);
  if (plain && written) add('text/plain', plain, PID.Body, written);
  const html = bag.get(PID.Html);
  if (html) add('text/html', html, PID.Html, textOf(html, codePage) ?? decodeMapiText(html.read() ?? new Uint8Array(0), htmlCodePage(message)));
  const rtf = bag.get(PID.RtfCompressed);
  if (rtf && bodies.length < 2) {
    const restored = decompressRtf(rtf.read() ?? new Uint8Array(0), 4 * maxTextBytes);
    for (const p of restored.problems) problems.push(p);
    const { type, text, tooDeep } = encapsulatedText(restored.rtf);
    if (tooDeep) note('limit-exceeded', `${pidName(PID.RtfCompressed)}: groups nest too deep; the rest was not read`);
    if (!bodies.some((b) => b.type === type)) add(type, rtf, PID.RtfCompressed, text);
  }
  return { bodies, problems };
}

/** The HTML's own: that of the mail as it came, which need not be that of the other strings. */
const htmlCodePage = ({ bag, codePage }: MapiMessage): number => numberOf(bag.get(PID.InternetCodepage)) || codePage;
