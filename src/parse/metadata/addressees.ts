/** 主送机关 (GB/T 9704-2012 7.3.2): the line before the text that ends with a colon. */

const RECEIVER =
  /各|有关|全体|市属|区属|县属|省属|驻|直属|人民政府|委员会|[委局厅部办]$|街道|乡镇|单位|学校|部门|企业|院校|中心|省、|自治区|(?:委员|代表|同志|先生|女士)们?$/;
const NO_RECEIVER =
  /如下|通知|下列|以下|规定|事项|要求|意见|包括|名单|来源|时间|日期|作者|字号|附件|发布|索引|浏览|编辑|标题|文号|分享|问[:：]?$|电话|联系人|主题|分类|发布机构|目标[:：]?$|任务[:：]?$|部门[:：]|单位[:：]/;

/** The first such line, without its colon; [start, end) of the text. */
export function readAddressees(text: string): { value: string; start: number; end: number } | null {
  let start = 0;
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    const bare = trimmed.replace(/[:：]$/, '');
    if (bare !== trimmed && bare.length >= 3 && bare.length <= 400 && isReceiver(bare)) {
      const at = start + line.indexOf(bare);
      return { value: bare, start: at, end: at + bare.length };
    }
    start += line.length + 1;
  }
  return null;
}

function isReceiver(line: string): boolean {
  if (/[。；！？《》]/.test(line) || NO_RECEIVER.test(line)) return false;
  return RECEIVER.test(line);
}
