/** Notes under the title of a statute: who adopted, amended, approved and published it, and when (立法法 第六十二条). */
import { findDates } from './dates.js';
import { findOrders } from './document-number.js';

export type AdoptionEvent = 'adopted' | 'amended' | 'approved' | 'published' | 'effective';

/** One dated act. [start, end) covers the date; [actorStart, actorEnd) the body as printed. */
export interface AdoptionNote {
  readonly event: AdoptionEvent;
  readonly start: number;
  readonly end: number;
  /** Null for a day that the calendar does not have. */
  readonly iso: string | null;
  /** "北京市人民代表大会常务委员会" of "北京市第十五届人民代表大会常务委员会第三次会议"; null when none is named. */
  readonly actor: { readonly name: string; readonly start: number; readonly end: number } | null;
  /** "国务院令第709号" */
  readonly order: { readonly value: string; readonly start: number; readonly end: number } | null;
}

const ACT = /通过|修正|修订|修改|批准|公布|发布|颁布|施行|实施|审议/;
/** What tells a note of adoption from a line of a web page. */
const SOLEMN = /[届次]|令|公告|会议|人民代表大会|人大常委会|国务院|批准|修正|修订|公布|颁布|施行/;

/** The acts in the order of the text. Empty when the lines are no such notes. */
export function adoptionNotes(text: string): AdoptionNote[] {
  const dates = findDates(text);
  const notes: AdoptionNote[] = [];
  dates.forEach((date, index) => {
    // What a date is about stands between it and the next one: "2020年3月5日 深圳市人民政府令第330号公布".
    const until = dates[index + 1]?.start ?? text.length;
    const act = text.slice(date.end, until);
    if (!ACT.test(act) || !SOLEMN.test(act) || /^[ \t　]*(?:起(?!施行|实施)|前)/.test(act)) return;
    const order = findOrders(act)[0] ?? null;
    const actor = actorOf(act);
    notes.push({
      event: eventOf(act),
      start: date.start,
      end: date.end,
      iso: date.iso,
      actor: actor === null ? null : { ...actor, start: actor.start + date.end, end: actor.end + date.end },
      order:
        order?.value == null
          ? null
          : { value: order.value, start: order.start + date.end, end: order.end + date.end },
    });
  });
  return notes;
}

function eventOf(act: string): AdoptionEvent {
  const outside = act.replace(/[《〈][^》〉]{0,300}[》〉]/g, '');
  // 浙江省…批准的《…决定》修正 is the approval of a city's amendment; the city's own act is the date before it.
  if (/批准/.test(outside)) return 'approved';
  if (/修正|修订|修改/.test(act)) return 'amended';
  if (/通过|审议/.test(outside)) return 'adopted';
  if (/公布|发布|颁布/.test(outside)) return 'published';
  return 'effective';
}

const CONGRESS =
  /([\u4e00-\u9fff]{0,14}?)第?[一二三四五六七八九十百0-9]{1,4}届(全国)?人(?:民代表)?大(?:会)?(常务委员会|常委会)?/;
const UNNUMBERED =
  /([\u4e00-\u9fff]{2,14}?(?:省|自治区|市|自治州|州|自治县|县|旗|区)|全国)(人民代表大会)(常务委员会)?/;
const GOVERNMENT =
  /((?:[\u4e00-\u9fff]{2,14}?(?:省|自治区|市|自治州|州|县|旗|区))人民政府|国务院|最高人民(?:法院|检察院)|[\u4e00-\u9fff]{2,14}?(?:委员会|部|总局|局|署|厅|银行|会))(?=(?:第[一二三四五六七八九十百0-9]{1,6}次|审判委员会|检察委员会|部务|局务|常务|第|令|公告|发布|公布|颁布|批准|办公))/;

function actorOf(act: string): { name: string; start: number; end: number } | null {
  const body = act.replace(/[《〈][^》〉]{0,300}[》〉]/g, (quoted) => '　'.repeat(quoted.length));
  const congress = CONGRESS.exec(body);
  if (congress !== null) {
    const [whole, place, national, standing] = congress;
    const where = national === undefined ? place!.replace(/^(?:根据|经|由|的)/, '') : '全国';
    const start =
      congress.index +
      whole.indexOf(where === '全国' ? whole : place!) +
      (place!.length - (where === '全国' ? place!.length : where.length));
    // "市十四届人大常委会" names no place: its full name stands elsewhere.
    if (where.length < 2) return null;
    return {
      name: `${where}人民代表大会${standing === undefined ? '' : '常务委员会'}`,
      start,
      end: congress.index + whole.length,
    };
  }
  const plain = UNNUMBERED.exec(body) ?? GOVERNMENT.exec(body);
  if (plain === null) return null;
  const name = plain[0]
    .replace(/^(?:根据|经|由)/, '')
    .replace(/^中华人民共和国(?=[\u4e00-\u9fff]{2,10}(?:[部署局院]|委员会))/, '');
  return { name, start: plain.index + plain[0].length - name.length, end: plain.index + plain[0].length };
}
