/** The title of a document and the kind that its last word names. */

/** Longest first, so that 实施方案 is found before 方案. */
const KINDS: readonly string[] = [
  '规划',
  '实施方案',
  '行动计划',
  '行动方案',
  '工作方案',
  '总体方案',
  '建设方案',
  '实施意见',
  '指导意见',
  '工作意见',
  '意见',
  '通知',
  '实施办法',
  '管理办法',
  '办法',
  '规定',
  '实施细则',
  '细则',
  '条例',
  '工作要点',
  '要点',
  '决定',
  '决议',
  '公告',
  '通告',
  '通报',
  '公报',
  '纲要',
  '标准',
  '规程',
  '章程',
  '规范',
  '规则',
  '准则',
  '守则',
  '导则',
  '指南',
  '指引',
  '工作计划',
  '计划',
  '方案',
  '应急预案',
  '预案',
  '措施',
  '清单',
  '目录',
  '制度',
  '批复',
  '答复',
  '复函',
  '函',
  '请示',
  '议案',
  '纪要',
  '命令',
  '令',
  '法',
  '解释',
  '修正案',
  '宪法',
  '政策解读',
  '解读',
  '答记者问',
  '问答',
  '工作报告',
  '报告',
  '工作安排',
  '安排',
  '工作总结',
  '总结',
  '倡议书',
  '公约',
  '任务分工',
  '说明',
  '要求',
  '设置',
  '名单',
  '须知',
  '预算',
  '决算',
  '讲话',
  '简章',
  '提纲',
  '宣言',
  '倡议',
  '声明',
  '蓝图',
].sort((a, b) => b.length - a.length);

/** Kinds that are told apart in a title but belong to one kind of document. */
const SAME: Readonly<Record<string, string>> = {
  实施办法: '办法',
  管理办法: '办法',
  实施细则: '细则',
  宪法: '法',
  命令: '令',
  复函: '函',
  政策解读: '解读',
  应急预案: '预案',
  工作意见: '意见',
};

/** The kind that a title ends with; 其他 when it names none. */
export function kindOf(title: string): string {
  const bare = withoutTail(withoutQuoted(title)).replace(/[《》〈〉<>“”"]/g, '');
  const last = KINDS.find((kind) => bare.endsWith(kind)) ?? lastKind(bare) ?? quotedKind(title);
  return last === null ? '其他' : (SAME[last] ?? last);
}

/** Whether a title is whole: its last word names a kind. One of two lines breaks off before. */
export function endsWithKind(title: string): boolean {
  const bare = withoutTail(title).replace(/[《》〈〉“”"]+$/, '');
  return KINDS.some((kind) => bare.endsWith(kind));
}

/** 《X》办法 names its kind outside; a title that is all 《X》 names it inside. */
function withoutQuoted(title: string): string {
  const outside = title.replace(/《[^《》]{0,200}》|〈[^〈〉]{0,200}〉/g, '');
  return KINDS.some((kind) => outside.includes(kind)) ? outside : title;
}

/** （试行）, （2021—2025年）, （征求意见稿）, 2018修正, .docx, 4篇 at the end are no part of the name. */
export function withoutTail(title: string): string {
  let bare = title.trim();
  for (let before = ''; before !== bare;) {
    before = bare;
    bare = bare
      .replace(/[ 　]*[（(〔[【][^（）()〔〕[\]【】]{0,80}[）)〕\]】]$/, '')
      .replace(
        /(?:\.(?:docx?|pdf|txt|wps|html?)|[0-9一二三四五六七八九十]{1,3}篇|全文|[-—_][ 　]*[^-—_]{1,24}(?:网|网站|平台|文库|政府|门户))$/i,
        '',
      )
      .replace(/[ 　。！!；;：:，,、.…]+$/, '');
  }
  return bare;
}

/** The last kind that ends a phrase, else the last that stands anywhere: "2016年工作要点,总有一件与你有关". */
function lastKind(bare: string): string | null {
  let best: { kind: string; end: number } | null = null;
  for (const kind of KINDS) {
    if (kind.length < 2) continue;
    const at = bare.lastIndexOf(kind);
    if (at >= 0 && (best === null || at + kind.length > best.end)) best = { kind, end: at + kind.length };
  }
  return best?.kind ?? null;
}

function quotedKind(title: string): string | null {
  const inner = /[《〈]([^《》〈〉]{2,100})[》〉][^《》〈〉]{0,6}$/.exec(title)?.[1];
  return inner === undefined ? null : (KINDS.find((kind) => withoutTail(inner).endsWith(kind)) ?? null);
}

/** "关于印发《X》的通知", "关于印发X的通知": [start, end) of X in the notice's title, or null when it issues nothing by name. */
export function issuedTitle(noticeTitle: string): { start: number; end: number } | null {
  const open = /(?:印发|发布|公布|颁布|下发|颁发|转发|批转)[^《〈]{0,40}([《〈])/.exec(noticeTitle);
  if (open === null) return unquotedTitle(noticeTitle);
  // A title that is quoted as a whole holds its own quotation in 〈〉 (GB/T 15834-2011 4.15.3.3).
  const [opening, closing] = open[1] === '《' ? ['《', '》'] : ['〈', '〉'];
  const start = open.index + open[0].length;
  let depth = 1;
  for (let at = start; at < noticeTitle.length; at++) {
    if (noticeTitle[at] === opening) depth++;
    if (noticeTitle[at] === closing) depth--;
    if (depth === 0) return at > start ? { start, end: at } : null;
  }
  return null;
}

function unquotedTitle(noticeTitle: string): { start: number; end: number } | null {
  const match = /(?:印发|发布|颁布|下发)(?=[^印发《》]{4})([^《》]{5,150})的(?:通知|公告|通告)\s*$/.exec(
    noticeTitle,
  );
  if (match === null || !endsWithKind(match[1]!)) return null;
  const start = match.index + match[0].indexOf(match[1]!);
  return { start, end: start + match[1]!.length };
}

const ORGAN_END = /(?:[委局厅部院会办处署]|政府|小组|中心|指挥部|法院|检察院)$/;

/** A title in one line: lines joined, spaced letters closed up, the blank between two issuers kept, what a portal added left off. */
export function tidyTitle(text: string): string {
  const words = text
    .replace(/[\u200b\ufeff]/g, '')
    .trim()
    .split(/\s+/);
  let title = '';
  for (const word of words) {
    const between = ORGAN_END.test(title) && startsOrgan(word) ? ' ' : '';
    const latin = /[A-Za-z0-9]$/.test(title) && /^[A-Za-z]/.test(word) ? ' ' : '';
    title += (between || latin) + word;
  }
  return withoutCatchphrase(title);
}

function startsOrgan(word: string): boolean {
  return (
    /^[\u4e00-\u9fff]{2,20}?(?:委员会|人民政府|政府|办公厅|办公室|[委局厅部院会署])/.test(word) &&
    !/^(?:关于|印发|转发)/.test(word)
  );
}

/** A portal's "…工作要点,总有一件与你有关!(潍坊教育局郭)": official titles hold no exclamation. */
function withoutCatchphrase(title: string): string {
  const cut = /^(.{4,80}?)[，,!！~～][^《》]{0,60}[!！?？][^《》]{0,30}$/.exec(title);
  const head = cut?.[1];
  return head !== undefined && KINDS.some((kind) => kind.length > 1 && head.endsWith(kind)) ? head : title;
}
