/** "发布时间：2023-05-06 来源：区教育局" between the title and the text of a page. */
import { toSource } from '../../model/source-map.js';
import type { StatedField } from '../extracted.js';
import type { Piece } from './flow.js';

const PAIR =
  /(发布时间|发布日期|公开日期|发文日期|成文日期|发文字号|文号|发布机构|发文机关|信息来源|来源|日期|时间)\s{0,4}[：:]\s{0,4}([^\s：:|｜]{2,40})/g;
/** The line stands just above the text. */
const NEAR = 6;

/** `above`: what stands above the text, in order. */
export function statedInLines(above: readonly Piece[]): StatedField[] {
  return above
    .slice(-NEAR)
    .filter(({ text, kind }) => kind === 'text' && text.length <= 200)
    .flatMap(({ text, map }) =>
      [...text.matchAll(PAIR)].map((match) => {
        const start = match.index + match[0].length - match[2]!.length;
        return {
          name: match[1]!,
          value: match[2]!,
          span: toSource(map, { start, end: start + match[2]!.length }),
        };
      }),
    );
}
