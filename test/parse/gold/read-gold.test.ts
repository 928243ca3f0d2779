/** The gold is read as its README says; a malformed gold is an error of its writer, not a text that passes. */
import { describe, expect, it } from 'vitest';
import { parseFileSync } from '../../../src/parse/parse-file.js';
import { compareGold } from './compare-gold.js';
import { readGold } from './read-gold.js';
import { DAMAGES, spoil } from './spoil.js';

const HEAD = 'document\ntitle: 某县办法 | 办法\n===\n';

describe('readGold', () => {
  it('gives the source without its marks, and what each piece is', () => {
    const { source, pieces, documents } = readGold(
      `${HEAD}⟦题名⟧某县办法\n⟦#⟧一、目标\n⟦1. “增收”⟧1.增收。今\n⟦噪⟧— 1 —\n⟦续⟧年。\n⟦段 ?⟧特此通知。\n`,
    );
    expect(source).toBe('某县办法\n一、目标\n1.增收。今\n— 1 —\n年。\n特此通知。\n');
    expect(pieces.map(({ role, kinds }) => [role, ...kinds].join(' '))).toEqual([
      'front',
      'heading section',
      'clause item',
      'noise',
      'clause paragraph',
    ]);
    const item = pieces[2]!;
    expect(item.places.map((place) => source[place]).join('')).toBe('1.增收。今年。');
    expect([item.label, item.title, item.path]).toEqual(['1.', '增收', [1]]);
    expect(pieces[4]!.doubtful).toBe(true);
    expect(documents[0]!.get('title')).toEqual(['某县办法', '办法']);
  });

  it.each([
    ['no metadata', '⟦段⟧一\n', 'no line "==="'],
    ['an unknown field', 'document\nauthor: 某\n===\n⟦段⟧一', 'no such field'],
    ['an unknown mark', `${HEAD}⟦节目⟧一`, 'no such mark'],
    ['text before the first mark', `${HEAD}一⟦段⟧二`, 'before the first mark'],
    ['a mark without text', `${HEAD}⟦段⟧⟦段⟧二`, 'is empty'],
    ['a document without metadata', `${HEAD}⟦段⟧一⟦文⟧⟦段⟧二`, '1 metadata, 2 texts'],
  ])('refuses %s', (_, gold, message) => {
    expect(() => readGold(gold)).toThrow(message);
  });
});

describe('compareGold', () => {
  it('names a boundary, a path and a field that differ', () => {
    const gold = readGold('document\n===\n⟦#⟧一、目标\n⟦段⟧增收。\n减支。\n');
    const { differences, f1 } = compareGold(gold, parseFileSync(Buffer.from(gold.source), 'a.txt'));
    expect(differences.join('\n')).toContain('line 2: clause 「增收。减支。」');
    expect(f1).toBe(0);
  });
});

describe('spoil', () => {
  it.each(DAMAGES)('$name keeps every character of the clauses', (damage) => {
    const gold = `${HEAD}⟦题名⟧某县办法\n${'⟦#⟧一、目标\n⟦（一）⟧（一）全县到2025年增收，不少于三成。\n⟦（二）⟧（二）减支；从严。\n⟦#⟧二、措施\n⟦（一）⟧（一）全力办。\n⟦（二）⟧（二）继续办。\n⟦#⟧三、其他\n⟦段⟧照办。\n'.repeat(5)}`;
    const spoilt = spoil(gold, damage);
    if (spoilt === null) return;
    const clauses = (text: string): string[] => {
      const { source, pieces } = readGold(text);
      return pieces
        .filter(({ role }) => role === 'clause')
        .map(({ places }) =>
          places
            .map((place) => source[place])
            .join('')
            .normalize('NFKC')
            .replace(/[。；;]$/, ''),
        );
    };
    expect(clauses(spoilt)).toEqual(clauses(gold));
  });
});
