/** Finds the parts of an Office package by their relationships: ECMA-376 Part 2, 9.3. */
import { folderOf, partPath } from '../part-path.js';
import { readXml } from '../xml.js';
import type { Zip } from '../zip.js';

/** Last step of a relationship's type ("officeDocument", "numbering") → path of the part. */
export function relationsOf(zip: Zip, part: string): ReadonlyMap<string, string> {
  const folder = folderOf(part);
  const bytes = zip.read(`${folder}_rels/${part.slice(folder.length)}.rels`);
  const relations = new Map<string, string>();
  if (bytes === null) return relations;
  readXml(bytes, {
    open(name, { Type: type, Target: target, TargetMode: mode }) {
      if (name === 'Relationship' && type !== undefined && target !== undefined && mode !== 'External') {
        const kind = type.slice(type.lastIndexOf('/') + 1);
        if (!relations.has(kind)) relations.set(kind, partPath(folder, target));
      }
      return true;
    },
  });
  return relations;
}
