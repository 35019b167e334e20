import type { FieldRow } from './ooxml/fields.ts';
import { parseIso } from '../model/time.ts';

/** How a property with a name of somebody's own is understood; `field` is that name. */
export type CustomMeaning = Pick<FieldRow, 'attribute' | 'field' | 'read'>;

/** Characters of a name that are kept. */
const MAX_NAME = 120;

const text = (raw: string): string | null => raw.trim() || null;
/** '{GUID}' or 'GUID', in lower case. */
export const bareGuid = (raw: string): string | null => {
  const guid = raw
    .trim()
    .replace(/^\{(.*)\}$/, '$1')
    .toLowerCase();
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(guid) ? guid : null;
};

/**
 * What Microsoft Purview and its forerunners write: 'MSIP_Label_<label's GUID>_SetDate' and the like (Microsoft Information
 * Protection SDK, 'Label metadata'). Other names are properties that `field` names.
 */
export function customMeaning(name: string): CustomMeaning {
  const field = name.slice(0, MAX_NAME);
  const [, id, part] = /^MSIP_Label_([0-9A-Fa-f-]{36})_(\w+)$/.exec(name) ?? [];
  const label = id === undefined ? undefined : LABEL_PARTS[part ?? ''];
  // Its value is 'true'; the label is in the name.
  if (id !== undefined && part === 'Enabled')
    return { field, attribute: 'mark.label', read: (raw) => (/^\s*true\s*$/i.test(raw) ? bareGuid(id) : undefined) };
  // An empty property says nothing.
  return {
    field,
    ...(label ??
      (name === 'Sensitivity' ? LABEL_PARTS['Name'] : undefined) ?? { attribute: 'property.custom', read: (raw) => raw.trim() || undefined }),
  };
}

const LABEL_PARTS: Readonly<Record<string, Omit<CustomMeaning, 'field'>>> = {
  Name: { attribute: 'mark.label', read: text },
  SetDate: { attribute: 'time.labelled', read: parseIso },
  SiteId: { attribute: 'id.tenant', read: bareGuid },
  Owner: { attribute: 'party.label-owner', read: text },
};
