/** What a comparison covers, in one sentence. */
import type { Comparison, ComparisonRow } from '../../model/answer.js';

export function scopeOf({ rows }: Comparison): string {
  const count = (test: (row: ComparisonRow) => boolean) => rows.filter(test).length;
  const places = count(({ jurisdiction, documents }) => jurisdiction !== null && documents.length > 0);
  // Without a place a row is one document: a template, or one that does not say where it applies.
  const templates = count(({ documents: [only] }) => only?.template === true);
  const placeless = count(({ jurisdiction }) => jurisdiction === null) - templates;
  const missing = count(({ documents }) => documents.length === 0);
  const sum = (of: 'documents' | 'clauses') =>
    rows.reduce((total, { cells }) => total + (cells[0]?.searched[of] ?? 0), 0);
  return [
    `检索范围：${places} 地`,
    ...(placeless > 0 ? [`${placeless} 份地域未载明`] : []),
    ...(templates > 0 ? [`${templates} 份范本`] : []),
    `共 ${sum('documents')} 份文件、${sum('clauses')} 条`,
    ...(missing > 0 ? [`另有 ${missing} 地未收录`] : []),
  ].join('，');
}
