/** Tells a 范本 (placeholders in place of names and years) from a document that an organ issued. */

export interface TemplateEvidence {
  /** Placeholders for places, organs, years, numbers. */
  readonly count: number;
  /** How many different ways of leaving blank. */
  readonly sorts: number;
  /** The first, [start, end). */
  readonly first: { readonly start: number; readonly end: number } | null;
}

const BLANK =
  '(?:[_＿]{1,8}|[XxＸｘ×✕✖╳]{1,6}|[*＊]{1,6}|[○〇◯]{2,4}|某某?|…{2,4}|\\[(?:地名|单位|年份|日期)\\])';
const UNIT = '(?:自治区|省|市|县|区|镇|乡|州|旗|村|社区|街道|学校|局|厅|教育局|教委|人民政府|政府|党委|委)';
/** In the order of how plainly each says that a name was left out. */
const SORTS: readonly RegExp[] = [
  new RegExp(`(?<![张李王陈刘赵])${BLANK}${UNIT}`, 'g'),
  /(?<![0-9])20(?:[0-9]?[_＿XxＸｘ×*＊]{1,4}|[_＿]{0,2}-?-)年?(?![0-9]{2})/g,
  /(?<![0-9A-Za-z])[*＊_＿XxＸ×]{1,4}(?:%|％|个百分点|万人|亿元|万元|所|名|人以上)/g,
  /党的[_＿*＊XxＸ×]{1,4}大|[_＿*＊]{1,4}(?:思想|精神|讲话|战略)|以[_＿*＊]{1,4}为指导|“[_＿*＊XxＸ×]{1,3}五”/g,
  /[（(〔[][^）)〕\]\n]{0,12}[〔（([]?20[_＿XxＸ×*]{1,4}[〕）)\]]?[_＿XxＸ×*]{0,4}号|办发电?20[_＿]号/g,
];

/** Counts placeholders. Linear: each pattern is a short window around one blank. */
export function templateEvidence(text: string): TemplateEvidence {
  let count = 0;
  let sorts = 0;
  let first: { start: number; end: number } | null = null;
  for (const pattern of SORTS) {
    let here = 0;
    for (const match of text.matchAll(pattern)) {
      here++;
      if (first === null || match.index < first.start)
        first = { start: match.index, end: match.index + match[0].length };
    }
    count += here;
    if (here > 0) sorts++;
  }
  return { count, sorts, first };
}

/** Whether a name holds a placeholder: XX市教育局, _市人民政府, 某县. */
export function isPlaceholder(name: string): boolean {
  return /[_＿×✕✖╳*＊○◯]|[XxＸｘ]{1,4}(?=[\u4e00-\u9fff])|某/.test(name);
}
