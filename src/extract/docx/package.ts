/** Finds the parts of an Office package by their relationships: ECMA-376 Part 2, 9.3. */
import { readXml } from '../xml.js';
import type { Zip } from '../zip.js';

/** Last step of a relationship's type ("officeDocument", "numbering") → path of the part. */
export function relationsOf(zip: Zip, part: string): ReadonlyMap<string, string> {
  const slash = part.lastIndexOf('/');
  const folder = part.slice(0, slash + 1);
  const bytes = zip.read(`${folder}_rels/${part.slice(slash + 1)}.rels`);
  const relations = new Map<string, string>();
  if (bytes === null) return relations;
  readXml(bytes, {
    open(name, { Type: type, Target: target, TargetMode: mode }) {
      if (name === 'Relationship' && type !== undefined && target !== undefined && mode !== 'External') {
        const kind = type.slice(type.lastIndexOf('/') + 1);
        if (!relations.has(kind)) relations.set(kind, absolute(folder, target));
      }
      return true;
    },
  });
  return relations;
}

function absolute(folder: string, target: string): string {
  const steps: string[] = [];
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}
