/** Tells the names of issuing organs from other words. */
import { mentionAt } from '../jurisdiction/mentions.js';
import { isNationalOrgan } from '../jurisdiction/national.js';

const ENDINGS =
  '人民政府|政府|办公厅|办公室|委员会|常委会|党委|党工委|工委|党组|领导小组|工作组|协调小组|指挥部|联席会议|工作专班|专班|总局|总工会|联合会|联合社|协会|学会|基金会|研究院|教科院|法院|检察院|管委会|监委|纪委|团委|妇联|科协|残联|工商联|国资委|发改委|发展改革委|卫健委|卫生健康委|教委|教工委|经信委|经信局|住建委|建委|农委|人社局|中心|集团|银行|公司|大学|学院|总队|支队|大队|工会|[省市县区州盟旗乡镇]委|党中央|国务院|中央|兵团|街道|[局厅部院署办社委会站处]';
const ORGAN = new RegExp(
  `(?:${ENDINGS})(?:[（(][^（）()]{1,20}[）)])?(?:等[一二三四五六七八九十0-9]{1,3}个?(?:部门|单位|部委|委办局))?$`,
);

/** Words that end like an organ and are none. */
const NO_ORGAN =
  /^[（(0-9]|的|违反|应当|^(?:关于|印发|附件|抄送|抄报|联系|来源|作者|编辑|主办|承办|责任|审核|电话|信息|发布|特此|此页|各[^\s]{0,8}$|根据|按照|经|为|以|在|对|将|并|等|本|该|我)|[，。；：？！“”《》]|印发$|有关单位$|全社会$|社会$|机会$|大会$|小康社会$|网站$|会议$|部分$|全部$|全局$|全会$|内部$|外部$|干部$|总部$/;

/** Whether a text of one line is the name of one organ. */
export function isOrgan(text: string): boolean {
  const name = text.trim();
  if (name.length < 2 || name.length > 50 || NO_ORGAN.test(name)) return false;
  return ORGAN.test(name) || /^(?:国务院|中共中央|中央军委)$/.test(name);
}

/** One organ of a line: [start, end) in it. */
export interface OrganMatch {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * All organs of a line that holds nothing else: "市发展改革委 市教育局 市财政局". Empty when one piece is no organ. Spaced letters
 * ("北 京 市 教 育 委 员 会") are closed up.
 */
export function organsOf(line: string): OrganMatch[] {
  const spaced = /^\s*(?:[\u4e00-\u9fff][ \t　]+){4,}[\u4e00-\u9fff]\s*$/.test(line);
  if (spaced) {
    const start = line.search(/\S/);
    const name = line.replace(/\s+/g, '');
    return isOrgan(name) ? [{ name, start, end: line.trimEnd().length }] : [];
  }
  const found: OrganMatch[] = [];
  for (const match of line.matchAll(/[^\s、，,;；/]+/g)) {
    if (!isOrgan(match[0])) return mergedOrgan(line);
    found.push(...splitOrgans(match[0], match.index));
  }
  return found;
}

/** Offices that bear the name of their ministry and that of their place: 国家税务总局天津市税务局. */
const LOCAL_OFFICE =
  /(?:税务局|分行|支行|监管局|监管分局|海关|调查总?队|气象局|邮政管理局|分局|派出机构|管理局)$/;

/** 中共聊城市委聊城市人民政府: two names that lost the line break between them. */
function splitOrgans(name: string, start: number): OrganMatch[] {
  for (let at = 3; at <= name.length - 3; at++) {
    if (!startsOrgan(name, at) || !isOrgan(name.slice(0, at)) || !isOrgan(name.slice(at))) continue;
    if (isNationalOrgan(name) && !isNationalOrgan(name.slice(at)) && LOCAL_OFFICE.test(name)) break;
    return [{ name: name.slice(0, at), start, end: start + at }, ...splitOrgans(name.slice(at), start + at)];
  }
  return [{ name, start, end: start + name.length }];
}

/** Whether a new name can begin here: a place, a ministry, or the same 市 or 省 as the name before. */
function startsOrgan(name: string, at: number): boolean {
  if (name.startsWith('中共', at) || isNationalOrgan(name.slice(at))) return true;
  if (/[省市区县州]/.test(name[at]!) && name[0] === name[at]) return true;
  const mention = mentionAt(name, at);
  return mention !== null && mention.form === 'full';
}

/** "中共 聊城市委", "聊城市 人民政府": a blank inside one name. */
function mergedOrgan(line: string): OrganMatch[] {
  const name = line.replace(/\s+/g, '');
  if (/[、，,;；/]/.test(name) || !isOrgan(name)) return [];
  return [{ name, start: line.search(/\S/), end: line.trimEnd().length }];
}

/**
 * The organs that open a title: "中共聊城市委 聊城市人民政府关于…", "武清区教育局2016年工作要点". `end` is where the prefix stops;
 * empty when the title opens otherwise.
 */
export function organsOfTitle(title: string): OrganMatch[] {
  const stop =
    /关于|印发|转发|批转|(?:19|20)[0-9]{2}[ 　]*[年—-]|令(?:第|\s*$)|公告|通告|通知|办公室?会议|第[一二三四五六七八九十]+个五年|[“"]?十[一二三四五六]五|(?<=[局厅委办室])工作(?:要点|计划|总结|报告|安排)/.exec(
      title,
    );
  if (stop === null || stop.index < 2) return [];
  const prefix = title
    .slice(0, stop.index)
    .replace(/^中华人民共和国(?=..)/, (word) => ' '.repeat(word.length));
  if (/[，。；：！？]/.test(prefix)) return [];
  return organsOf(prefix);
}
