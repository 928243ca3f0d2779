/** Whether a text layer is nonsense: codes of glyphs instead of characters, as fonts without a ToUnicode table give. */
import { plausibility } from '../common-characters.js';

/** Chinese text reaches 0.8 and more. */
const LEAST_COMMON = 0.45;
/** Part of the characters that are letters, figures or the signs between them; glyph numbers read as ASCII stay below. */
const LEAST_LETTERS = 0.5;
/** Shorter texts say too little. */
const SHORTEST = 12;

export function isGarbled(text: string): boolean {
  const seen = text.replace(/\s+/g, '');
  if (seen.length < SHORTEST) return false;
  const strange = seen.match(/[\p{Co}\p{Cn}\p{Cc}\uFFFD]/gu)?.length ?? 0;
  if (strange > seen.length * 0.2) return true;
  const letters = seen.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (letters < seen.length * LEAST_LETTERS) return true;
  const foreign = seen.match(/[^\u0000-\u024F]/gu)?.length ?? 0;
  return foreign > seen.length * 0.3 && plausibility(seen).share < LEAST_COMMON;
}
