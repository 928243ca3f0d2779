/** The parts of a document as one text each. */
import type { MetadataInput, MetadataPart } from './input.js';
import { bodyRegion, joinRegions, partRegion, type Region } from './region.js';
import { endsWithKind } from './title.js';

export interface Regions {
  readonly title: Region;
  readonly noticeTitle: Region;
  readonly header: Region;
  readonly notice: Region;
  readonly signature: Region;
  readonly body: Region;
}

/** No title and no front matter is longer; what is comes from a mistaken cut, and is read this far. */
const LONGEST_TITLE = 1_000;
const LONGEST_PART = 40_000;

export function regionsOf(input: MetadataInput): Regions {
  const of = (role: MetadataPart['role'], longest: number): Region => {
    const regions: Region[] = [];
    let length = 0;
    for (const { role: own, text, span } of input.parts) {
      if (own !== role || length >= longest) continue;
      regions.push(partRegion(text.slice(0, longest - length), span, input));
      length += text.length + 1;
    }
    return joinRegions(regions);
  };
  const header = of('header', LONGEST_PART);
  return {
    title: completed(of('title', LONGEST_TITLE), header, input.source),
    noticeTitle: completed(of('notice-title', LONGEST_TITLE), header, input.source),
    header,
    notice: of('notice', LONGEST_PART),
    signature: of('signature', LONGEST_PART),
    body: bodyRegion(input),
  };
}

/** A title that breaks off ("关于印发…五年行动") goes on in the line below it when that line ends it ("实施方案的通知"). */
function completed(title: Region, header: Region, source: string): Region {
  const line = header.text.split('\n', 1)[0]!.trim();
  if (title.text.trim() === '' || line === '' || line.length > 60 || /[：:。]/.test(line)) return title;
  if (endsWithKind(title.text) || !endsWithKind(line)) return title;
  const start = header.text.indexOf(line);
  const above = title.locate(0, title.text.length);
  const below = header.locate(start, start + line.length);
  const adjoins = above !== null && below !== null && above.end <= below.start;
  if (!adjoins || source.slice(above.end, below.start).trim() !== '') return title;
  return joinRegions([title, { text: line, locate: (from, to) => header.locate(start + from, start + to) }]);
}
