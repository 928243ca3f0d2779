/** What a title, a date, an issuing body and the other lines around a body look like. */

/** The words that end the title of a policy text. */
const KINDS =
  '答记者问|记者问|答问|通知|通告|公告|通报|公报|决定|决议|意见|方案|规划|计划|纲要|要点|办法|条例|规定|细则|规则|规程|规范|准则|守则|章程|制度|标准|指南|指引|指导书|措施|举措|清单|目录|预案|批复|复函|函|令|议案|提案|答复|报告|总结|汇报|说明|解读|问答|解释|倡议书|承诺书|协议|合同|公约|纪要|讲话|政策|意见稿|草案|建议|安排|分工|任务书|责任书|工程|行动|白皮书|蓝皮书|法|法典|修正案';
const TITLE_END = new RegExp(`(?:${KINDS})$`);
const TAIL_GROUP =
  /(?:[（(〔[【][^（）()〔〕[\]【】]{1,40}[）)〕\]】]|[（(][^（）()]{1,40}[）)]|[》”"〉]|[\d一二三四五六七八九十]{1,2}篇|(?:第[一二三四五六七八九十\d]+(?:号|版|次))|\.(?:docx?|pdf|wps|txt))$/;

/** A title stands alone on its line, carries no marker and ends with the word for its kind. */
export function isTitleLine(text: string): boolean {
  const compact = text.replace(/\s+/g, '');
  if (compact.length < 5 || compact.length > 120) return false;
  if (/[。；！？;!]/.test(compact) || /[：:]/.test(compact.replace(/[（(《].*?[）)》]/g, ''))) return false;
  if (
    /^(?:附[件表录]|抄送|来源|为|按照|根据|依据|详见|见|现将|以上|[（(]?[一二三四五六七八九十\d]+[、.．）)])/.test(
      compact,
    )
  )
    return false;
  return TITLE_END.test(stripTail(compact));
}

/** "实施方案" alone: the second line of a title. */
export function isBareKind(text: string): boolean {
  const compact = text.replace(/\s+/g, '');
  return (
    compact.length >= 2 &&
    compact.length <= 10 &&
    /^[\u4e00-\u9fff]+$/.test(compact) &&
    TITLE_END.test(compact)
  );
}

/** A title without （试行）, （2021—2025年）, "4篇", ".docx" and the like behind it. */
export function stripTail(text: string): string {
  let rest = text;
  for (;;) {
    const shorter = rest.replace(TAIL_GROUP, '').trimEnd();
    if (shorter === rest || shorter === '') return rest;
    rest = shorter;
  }
}

/** A notice that carries another text: 关于印发《…》的通知, …令. */
export function isCoveringTitle(title: string): boolean {
  const compact = title.replace(/\s+/g, '');
  // 某某人民政府令: the order that publishes a rule.
  if (/(?:政府|委员会|部|局|厅)令(?:[（(]?第.{1,6}号[）)]?)?$/.test(compact)) return true;
  if (/征求.*意见/.test(compact) && /《/.test(compact)) return /(?:公告|通知|通告|函|启事)$/.test(compact);
  return (
    /(?:印发|转发|发布|下发|公布|颁布|颁发|批转|施行|实施|送)/.test(compact) &&
    /(?:通知|公告|通告|函|批复|决定|令)(?:[（(].{1,20}[）)])?$/.test(compact)
  );
}

/** What a covering notice carries, by its title: quoted in 《》, or between 印发 and 的通知. */
export function carriedTitles(title: string): string[] {
  const quoted = quotedTitles(title);
  if (quoted.length > 0) return quoted;
  const bare = /(?:印发|转发|发布|下发|公布|批转)(.{4,})的(?:通知|公告|通告|函|批复)/.exec(
    title.replace(/\s+/g, ''),
  );
  return bare === null ? [] : [bare[1]!];
}

/** Titles quoted in 《》, outermost brackets only. */
export function quotedTitles(text: string): string[] {
  const titles: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '《' && depth++ === 0) start = i + 1;
    else if (text[i] === '》' && depth > 0 && --depth === 0) titles.push(text.slice(start, i));
  }
  return titles;
}

const YEAR =
  '(?:[12]\\d{3}|[１２][０-９]{3}|二[〇○零ΟＯOo0][〇○零一二三四五六七八九ΟＯOo0]{2}|一九[〇○零一二三四五六七八九]{2})';
const DAY = `${YEAR}\\s*(?:年\\s*[\\d０-９一二三四五六七八九十元]{1,3}\\s*月\\s*(?:[\\d０-９一二三四五六七八九十廿卅]{1,3}\\s*日)?|[-./．]\\d{1,2}[-./．]\\d{1,2})`;
/** A date of a template: 20__年__月__日, XXXX年X月X日. */
const BLANK_DATE =
  /^(?:[12]\d|二〇)?[\d_＿XxＸ×*○〇\s]{0,8}年[\d_＿XxＸ×*○〇\s]{0,6}月[\d_＿XxＸ×*○〇\s]{0,6}日$/;
/** The date that ends a line of signature; of a year that was struck out too (某市人民政府XX年2月15日). */
const SIGNED_DAY = new RegExp(`\\s*${DAY}(?:印发|印)?\\s*$`);
const SIGNED_BLANK = /\s*(?:20)?[XxＸ×_＿*○]{1,4}年[\dXxＸ×_＿*○]{1,2}月[\dXxＸ×_＿*○]{1,2}日\s*$/;
const DATE_LINE = new RegExp(`^[（(]?${DAY}[）)]?(?:印发|印)?$`);
const DATE_END = new RegExp(`${DAY}(?:印发|印)?$`);
const GARBLED_DATE = /^(?:[12]\d{3}\d{2,4}|[12]\d{3}年\d{0,2}月?\d{0,2}日?)$/;

export function isDateLine(text: string): boolean {
  return text.length <= 30 && (DATE_LINE.test(text.replace(/\s+/g, '')) || BLANK_DATE.test(text));
}

/** A date that lost its 年月日 or its figures: "2021729". */
export function isGarbledDate(text: string): boolean {
  return GARBLED_DATE.test(text.replace(/\s+/g, ''));
}

const BODY_NAME =
  /(?:委|政府|局|厅|部|院|会|办|办公室|办公厅|中心|领导小组|指挥部|总队|支队|大队|公司|集团|银行|大学|学院|学校|中学|小学|幼儿园|法院|检察院|处|科|署|站|所|组|室|馆|联合会|协会|总工会|团委|妇联|街道|社区|管委会|工委|联席会议)(?:[（(](?:盖章|印章|公章|章|代章)[）)])?$/;

/** The name of a body on a line of its own, or several in one line. */
export function isBodyName(text: string): boolean {
  if (text.length < 3 || text.length > 80 || /[。，；：！？,;:]/.test(text)) return false;
  const compact = text.replace(/\s+/g, '');
  if (!BODY_NAME.test(compact)) return false;
  return compact.length <= 30 || text.split(/[\s　、]+/).every((name) => BODY_NAME.test(name));
}

/** "市　长　某某某": who signed an order, by office and name. */
export function isSigner(text: string): boolean {
  return (
    text.length <= 24 &&
    /^(?:[省市县区州旗镇]\s*长|主\s*[任席]|局\s*长|部\s*长|厅\s*长|署\s*长|院\s*长|检察长|总\s*理|代\s*市\s*长)[\s　:：]*[\u4e00-\u9fff·]{2,}(?:[\s　][\u4e00-\u9fff]{1,2})?$/.test(
      text,
    )
  );
}

/** 署名 and 成文日期 in one line. */
export function isSignedDate(text: string): boolean {
  if (text.length > 70) return false;
  const end =
    SIGNED_BLANK.exec(text) ?? (DATE_END.test(text.replace(/\s+/g, '')) ? SIGNED_DAY.exec(text) : null);
  if (end === null) return false;
  const name = text.slice(0, end.index).trim();
  return name !== '' && name !== text && isBodyName(name);
}

const NUMBER_OF =
  /^(?:[\u4e00-\u9fffA-Za-z]{1,20}(?:字|发|办|函|规|令|告|通)?\s*[〔[（(【［]\s*(?:19|20)?\d{2,4}\s*[〕\])）】］]\s*(?:第?\s*\d{1,5}\s*号?)|.{0,30}(?:第\s*[\d一二三四五六七八九十百]+\s*号)|[（(].{0,20}第?\d+号[）)])$/;

const DAY_BEHIND = new RegExp(`(?<=号)[\\s（(]{1,6}${DAY}[）)]?\\s*$`);

/** 某政办发〔201746: the closing bracket and 号 were lost. */
const GARBLED_NUMBER = /^[\u4e00-\u9fff]{2,12}[〔[（(【]20\d{3,8}号?$/;

/** 发文字号 on its own line, or with 成文日期 behind it: 津武政发〔2021〕5号, 国务院令第123号, 发改地区〔2015〕1573号 2015.7.7. */
export function isDocumentNumber(text: string): boolean {
  if (text.length > 50 || /[。，；]/.test(text)) return false;
  const bare = text.replace(DAY_BEHIND, '').trim();
  return NUMBER_OF.test(bare) || GARBLED_NUMBER.test(bare);
}

/** 主送机关: names of addressees with a colon behind them (GB/T 9704-2012 7.3.2). */
export function isAddressees(text: string): boolean {
  return (
    /[：:]$/.test(text) &&
    text.length <= 300 &&
    !/[。；;]/.test(text) &&
    /(?:各|委|局|办|政府|单位|部门|企业|学校|公司|机构|厅|处|院|镇|街道|党组|党委|所|会|中心|组织|同志|代表|委员|先生|女士)/.test(
      text,
    ) &&
    !/(?:如下|下列|以下|包括|要求|内容|措施|意见|通知|事项|原则|条件|职责)[：:]$|如下|《|现将|决定|为了|根据|按照|应当|修改/.test(
      text,
    )
  );
}

/** 题注 of a statute: when and by whom it was adopted, amended, approved, published, put into force (立法法 第六十一条). */
export function isAdoptionNote(text: string): boolean {
  if (text.length > 600) return false;
  const hasDate = new RegExp(YEAR).test(text) && /年/.test(text);
  return (
    hasDate &&
    /(?:通过|修订|修正|修改|批准|公布|发布|施行|实施|起施行|印发|废止|令第?.{0,8}号)/.test(text) &&
    !/^(?:第|为了|为|根据(?!\d{4}|.{0,12}年))/.test(text) &&
    !/[。]$/.test(text.replace(/[）)]$/, ''))
  );
}

const SPACED_NAME = /^(?:[\u4e00-\u9fff][ \t　]+){1,5}[\u4e00-\u9fff](?=[ \t　]*[:：])/;

/** "来源：… 时间：…", "发布日期：2023-12-11", "索引号…": what a page prints between title and text. */
export function isPageHeader(printed: string): boolean {
  // "发 文 字 号：" in spaced letters.
  const text = printed.replace(SPACED_NAME, (name) => name.replace(/[\s　]+/g, ''));
  return (
    text.length <= 120 &&
    (/\s(?:发布|成文|公布)(?:时间|日期)\s*[:：]\s*[12]\d{3}[-./年]\d{1,2}[-./月]\d{1,2}日?$/.test(text) ||
      /^[【[（(]?(?:信息|稿件|文章|文件)?(?:来源|出处|作者|发布(?:时间|日期|机构|单位|人)|时间|日期|更新(?:时间|日期)|成文日期|发文字号|文号|签发人|办复类别|办理类别|办理结果|发表(?:时间|日期)|归档(?:时间|日期)|密级|保密期限|紧急程度|发文机关|制定机关|公开(?:方式|属性|类别)|浏览|阅读|点击|字号|索引号|时效性|有效性|施行日期|实施日期|公布日期|发文日期|印发日期|编制(?:单位|日期|时间)|颁布日期)[】\]）)]?\s*[:：]/.test(
        text,
      ) ||
      /^(?:[12]\d{3}[-./年]\d{1,2}[-./月]\d{1,2}日?)(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?:\s*(?:来源|浏览|点击|作者|字号|阅读).*)?$/.test(
        text,
      ))
  );
}

/** 附注, 抄送, 印发: what follows the date (GB/T 9704-2012 7.3.7, 7.4). */
export function isEndNote(text: string): boolean {
  return (
    text.length <= 200 &&
    (/^[（(](?:此件|此文|联系人|本文|公开|主动公开|依申请公开|不予公开|信息公开|网上公开|内部|此页)/.test(
      text,
    ) ||
      /^(?:抄送|抄报|出席|列席|请假|缺席|参加|主持|记录|发送|发|分发|主题词|分送|报送|印送|(?:单位)?联系人|(?:单位)?联系电话|信息公开(?:选项|属性|类别|形式)|公开(?:方式|属性|选项)|校对|共印|打字)[：:（(]/.test(
        text,
      ) ||
      /^[^。，；]{2,40}\s*(?:[12]\d{3}年\d{1,2}月\d{1,2}日)\s*印发$/.test(text))
  );
}
