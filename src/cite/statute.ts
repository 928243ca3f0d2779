/** Whether a kind of document is a statute: reference managers keep these apart from plans and reports. */

/** Laws, regulations and rules (立法法: 法, 条例, 规定, 办法, 规则, 细则); a 规划, 方案 or 意见 is none. */
export function isStatute(kind: string): boolean {
  return /(条例|办法|规定|规则|细则|规章|法典)$|^法(律)?$/u.test(kind.trim());
}
