import type { Attribute } from '../../model/attribute.ts';
import type { Subject } from '../../model/evidence.ts';

/** Members of one folder or author that are compared; of a larger one the first in path order. */
const MAX_SIBLINGS = 10_000;

/** The documents of a group by media type, in path order: parts and copies of one file are left out, a copy is no second witness. */
export async function siblingsByType<R extends Attribute>(members: AsyncIterable<Subject<R>>): Promise<ReadonlyMap<string, readonly Subject<R>[]>> {
  const byType = new Map<string, Subject<R>[]>();
  const contents = new Set<string>();
  for await (const member of members) {
    const { artifact } = member;
    if (artifact.document !== artifact.id || contents.has(artifact.sha256)) continue;
    if (contents.size >= MAX_SIBLINGS) break;
    contents.add(artifact.sha256);
    const list = byType.get(artifact.mediaType);
    if (list) list.push(member);
    else byType.set(artifact.mediaType, [member]);
  }
  return byType;
}
