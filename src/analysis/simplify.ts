/** Traditional characters → simplified ones, for comparing only: what is shown and quoted stays as it was printed. */
import { createRequire } from 'node:module';
import type { Converter } from 'opencc-js/t2cn';

let convert: ((text: string) => string) | null = null;

/**
 * OpenCC's own table, with the phrases in which a character stays (乾坤, 著作); no words of a region are changed (軟體 → 软体). Simplified
 * text stays as it is but for characters that both scripts have. Offsets may shift. Loaded at first use.
 */
export function toSimplified(text: string): string {
  convert ??= load();
  return convert(text);
}

function load(): (text: string) => string {
  const library = createRequire(import.meta.url)('opencc-js/t2cn') as { Converter: typeof Converter };
  return library.Converter({ from: 't', to: 'cn' });
}
