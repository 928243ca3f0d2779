/** Doubts about numbering: skipped, repeated, out of order. Nothing is moved or renamed because of them. */
import type { Diagnostic } from '../model/diagnostic.js';
import { toSource, type SourceMap } from '../model/source-map.js';
import { keyOf, type FamilyContext } from './family.js';
import type { Placed } from './node.js';

const LEVEL: readonly string[] = [
  'part',
  'subpart',
  'chapter',
  'division',
  'article',
  'section',
  'subsection',
  'item',
  'subitem',
];

export function checkNumbers(
  placed: readonly Placed[],
  context: FamilyContext,
  map: SourceMap,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const last = new Map<string, number>();
  const running = new Map<string, number>();
  const real = new Set(context.articles.map(({ index }) => index));
  placed.forEach(({ unit, start }, i) => {
    if (here(placed, i)) {
      last.clear();
      running.clear();
    }
    const { marker } = unit;
    if (marker?.number == null || !LEVEL.includes(marker.form)) return;
    if (marker.form === 'annex' || (marker.form === 'article' && !real.has(i))) return;
    const key = keyOf(marker);
    const before = last.get(key) ?? 0;
    const { number } = marker;
    const place = toSource(map, { start, end: start + marker.printed.length });
    if (
      marker.suffix === null &&
      number !== before + 1 &&
      number !== 1 &&
      number !== (running.get(key) ?? 0) + 1
    ) {
      const code =
        number === before ? 'number-repeated' : number > before ? 'number-skipped' : 'number-backwards';
      const told =
        number === before ? `编号“${marker.printed}”重复` : `编号从 ${before} 到 ${number}，中间不连续`;
      if (!(before === 0 && marker.form === 'item'))
        diagnostics.push({
          code,
          severity: 'warning',
          message: `${told}（“${marker.printed}”处）。`,
          span: place,
        });
    }
    last.set(key, number);
    running.set(key, number);
    if (marker.form !== 'article' && marker.form !== 'item')
      for (const lower of LEVEL.slice(LEVEL.indexOf(marker.form) + 1))
        if (lower !== 'article' && lower !== 'item') last.delete(lower);
  });
  return diagnostics;
}

function here(placed: readonly Placed[], i: number): boolean {
  return placed[i]!.restart || placed[i]!.unit.marker?.form === 'annex';
}
