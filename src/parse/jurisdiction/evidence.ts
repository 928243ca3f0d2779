/** What a document says about its place, and the reading of one piece of it. */
import { liesIn, type Division } from './division.js';
import { divisionByCode } from './divisions.js';
import { isNationalOrgan, placeOfNumber } from './national.js';
import { mentionAt, mentions, type Mention } from './mentions.js';

export interface PlaceEvidence {
  /** Title of the plan itself, and that of the notice or page above it. */
  readonly title: string;
  readonly noticeTitle: string | null;
  readonly issuers: readonly string[];
  /** 发布机构 of a 信息公开 table. */
  readonly stated: readonly string[];
  readonly documentNumber: string | null;
  /** 来源 of a page, and its 索引号: they tell homonyms apart, and say no more. */
  readonly hints: readonly string[];
  /** Clean text of the whole document. */
  readonly text: string;
}

export type EvidenceSource = 'title' | 'notice-title' | 'issuer' | 'stated' | 'number' | 'text';

/** One piece that names a place: [start, end) of the string that was read. `index` tells issuers apart. */
export interface Clue {
  readonly source: EvidenceSource;
  readonly index: number;
  readonly start: number;
  readonly end: number;
  /** Empty for the whole country. */
  readonly candidates: readonly Division[];
  readonly national: boolean;
  /** Whether the name stands with its kind (武清区), alone (武清), or was one of old. */
  readonly form: Mention['form'];
  /** In a title: whether it opens it. */
  readonly leading: boolean;
}

/** 太湖流域, 西湖龙井, 北京大学, 青海湖: the short name is part of another one. */
const OTHER_NAME =
  /^(?:山|湖|江|河|海|岛|湾|洋|泉|路|街|桥|站|机场|平原|盆地|高原|三角洲|流域|龙井|大学|学院|师范|银行|公司|集团|医院|水库|运河|长城|城市群|都市圈|经济圈|经济带|风景|国家公园|自然保护区)/;
/** 贵州市人民政府: a place that is none, by a slip or by another name than the known one. */
const OTHER_PLACE = /^[市县区州旗盟](?:人民)?(?:政府|委|人大|政协)/;
/** What may stand before the place that a title opens with. */
const OPENING =
  /^(?:中共|关于|印发|《|“|”|"|〈|在|[0-9０-９〇一二三四五六七八九十]{2,5}(?:五|年)?(?:度|时期|期间)?|[-—－至到]|和|加快|全面|推进|深化|进一步|加强|促进|建立|完善|实施|支持|做好|开展|[ 　])*$/;

/** The place in the name of an organ; null when it names none ("市教育局"). */
export function clueOfOrgan(name: string, source: 'issuer' | 'stated', index: number): Clue | null {
  const skipped = /^(?:\s|中共|中国共产党|共青团)*/.exec(name)![0].length;
  const bare = name.slice(skipped);
  const mention = mentionAt(bare, 0);
  const at = { source, index, leading: true };
  const sure =
    mention !== null &&
    (mention.form !== 'short' ||
      mention.links > 1 ||
      !(OTHER_NAME.test(bare.slice(mention.end)) || OTHER_PLACE.test(bare.slice(mention.end))));
  if (sure) return shifted(clue(branchOf(bare, mention), at), skipped);
  if (!isNationalOrgan(bare)) return null;
  // 国家税务总局天津市武清区税务局 is an office of a place.
  const local = mentions(bare).find((found) => found.form === 'full');
  if (local !== undefined) return shifted(clue(local, at), skipped);
  return { ...at, start: 0, end: name.length, candidates: [], national: true, form: 'full' };
}

/** 亳州市公安局谯城分局: the branch of a city's bureau is of the district that it names. */
function branchOf(name: string, office: Mention): Mention {
  const branch = /(?:局|院|队|行)([\u4e00-\u9fff]{2,8}?)(?:分局|分院|支队|大队|支行)$/.exec(name);
  if (branch === null) return office;
  const inner = mentionAt(name, branch.index + 1, true);
  if (inner === null || inner.end > name.length - 2) return office;
  const inside = inner.candidates.filter((one) =>
    office.candidates.some((outer) => outer !== one && liesIn(one, outer)),
  );
  return inside.length === 1 ? { ...office, candidates: inside } : office;
}

function shifted(found: Clue, by: number): Clue {
  return { ...found, start: found.start + by, end: found.end + by };
}

/** 柯城区民政局 of a 来源; the division in an 索引号 that opens with the publisher's 统一社会信用代码 (GB 32100-2015: 11 + code). */
export function placesOfHint(hint: string): readonly Division[] {
  const code = /^1[1-9]([1-8][0-9]{5})[0-9A-Z]/.exec(hint.trim())?.[1];
  const coded =
    code === undefined
      ? null
      : (divisionByCode(code) ??
        divisionByCode(`${code.slice(0, 4)}00`) ??
        divisionByCode(`${code.slice(0, 2)}0000`));
  if (coded !== null) return [coded];
  return clueOfOrgan(hint, 'stated', 0)?.candidates ?? [];
}

/** The places that a title names outside the names of the laws that it cites. */
export function cluesOfTitle(title: string, source: 'title' | 'notice-title'): Clue[] {
  const start = title.search(/[^\s《〈“"]/);
  if (start < 0) return [];
  const opening = title.slice(start);
  const at = { source, index: 0 };
  if (/^中华人民共和国/.test(opening) || (isNationalOrgan(opening) && mentionAt(title, start) === null)) {
    return [{ ...at, start, end: title.length, candidates: [], national: true, form: 'full', leading: true }];
  }
  const open = hideCited(title);
  return mentions(open)
    .filter((mention) => mention.form !== 'short' || !OTHER_NAME.test(open.slice(mention.end)))
    .filter(
      (mention) =>
        mention.links > 1 ||
        mention.end - mention.start > 2 ||
        mention.form === 'short' ||
        mention.start <= start,
    )
    .map((mention) => clue(mention, { ...at, leading: OPENING.test(open.slice(0, mention.start)) }));
}

/** Blanks out 《…》 unless the title opens with it or issues it (印发《武清区…规划》). Offsets stay. */
function hideCited(title: string): string {
  return title.replace(/《[^《》]{0,200}》?/g, (quoted, at: number) => {
    const before = title.slice(0, at);
    const own = before.trim() === '' || /(?:印发|发布|公布|颁布|下发|出台|制定)[^《》]{0,12}$/.test(before);
    return own ? quoted : '　'.repeat(quoted.length);
  });
}

/** 武清政发 → 武清区, 渝府办发 → 重庆市. */
export function clueOfNumber(number: string): Clue | null {
  const at = {
    source: 'number',
    index: 0,
    start: 0,
    end: number.length,
    national: false,
    leading: true,
  } as const;
  if (/^(?:国发|国办|国函|中发|中办|教[^育]{0,4}〔)/.test(number)) return null;
  const named = mentionAt(number, 0);
  if (named !== null) return { ...at, candidates: named.candidates, form: named.form };
  const code = placeOfNumber(number);
  const division = code === null ? null : divisionByCode(code);
  return division === null ? null : { ...at, candidates: [division], form: 'short' };
}

function clue(mention: Mention, at: Pick<Clue, 'source' | 'index' | 'leading'>): Clue {
  return {
    ...at,
    start: mention.start,
    end: mention.end,
    candidates: mention.candidates,
    national: false,
    form: mention.form,
  };
}
