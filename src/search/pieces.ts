/** A clause as a cross-encoder reads it: under its headings, in as few pieces as fit. */

/** What a piece may measure at most, and how a text is measured. */
export interface Room {
  readonly most: number;
  readonly measure: (text: string) => number;
}

/**
 * Nothing of the clause is left out: `stretches` (its sentences, in order) go into one piece as long as they fit, and one that does not
 * fit alone is halved. Each piece begins with the headings that leave at least half of the room, the deepest first to stay.
 */
export function piecesOf(
  headingPath: readonly string[],
  stretches: readonly string[],
  { most, measure }: Room,
): string[] {
  const headings = [...headingPath];
  while (headings.length > 0 && measure(headings.join(' ')) > most / 2) headings.shift();
  const lead = headings.length > 0 ? `${headings.join(' ')}\n` : '';
  const fits = (text: string) => measure(lead + text) <= most;
  const whole = stretches.join('');
  if (fits(whole)) return [lead + whole];
  const pieces: string[] = [];
  for (const stretch of stretches.flatMap((one) => halved(one, fits))) {
    const last = pieces.at(-1);
    if (last !== undefined && fits(last + stretch)) pieces[pieces.length - 1] = last + stretch;
    else pieces.push(stretch);
  }
  return pieces.map((piece) => lead + piece);
}

function halved(text: string, fits: (text: string) => boolean): string[] {
  const characters = Array.from(text);
  if (characters.length < 2 || fits(text)) return [text];
  const middle = characters.length >> 1;
  const halves = [characters.slice(0, middle), characters.slice(middle)];
  return halves.flatMap((half) => halved(half.join(''), fits));
}
