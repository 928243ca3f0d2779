/** A family whose files stand among others in one index. */
import type { Family } from './suite.js';

/** The same topics, with the paths that the index holds the files under: those that end in "family/file". Throws when one is not there. */
export function inCrowd(family: Family, paths: readonly string[]): Family {
  const held = (file: string): string => {
    const place = `/${family.name}/${file}`;
    const found = paths.filter((path) => `/${path}`.endsWith(place));
    if (found.length !== 1) throw new Error(`the index holds ${found.length} files that end in ${place}`);
    return found[0]!;
  };
  return {
    ...family,
    topics: family.topics.map((topic) => ({
      ...topic,
      gold: new Map([...topic.gold].map(([file, places]) => [held(file), places])),
    })),
  };
}
