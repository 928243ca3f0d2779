/** How markers are printed (sticky patterns), and what follows a number that is no marker. */

const CN = '[〇零一二三四五六七八九十百千两]';

export const STATUTE = new RegExp(
  `第[ \\t　]*(${CN}{1,9}|[0-9０-９]{1,4})[ \\t　]*(编|篇|部分|分编|章|节|条)(?:[ \\t　]*之[ \\t　]*(${CN}{1,3}|[0-9]{1,2})(?![0-9分]))?`,
  'y',
);

export const SECTION = new RegExp(`(${CN}{1,4})[ \\t　]*[、．.][ \\t　]*`, 'y');

export const BRACKET_CN = new RegExp(
  `[（(〔][ \\t　]*(${CN}{1,4})[ \\t　]*[）)〕][ \\t　]*[、.．]?[ \\t　]*`,
  'y',
);

export const HALF_CN = new RegExp(`(${CN}{1,3})[）)][ \\t　]*[、.．]?[ \\t　]*`, 'y');

export const BRACKET_DIGIT = /[（(〔][ \t　]*([0-9０-９]{1,3})[ \t　]*[）)〕][ \t　]*[、.．]?[ \t　]*/y;

export const ITEM = /([0-9０-９]{1,3})[ \t　]*([、．.])[ \t　]*/y;

export const HALF_DIGIT = /([0-9０-９]{1,2})[）)][ \t　]*[、.．]?[ \t　]*/y;

export const DECIMAL = /([0-9]{1,2}(?:[.．][0-9]{1,2}){1,4})[.．、]?[ \t　]*/y;

export const LETTER = /(?:[（(]([A-Za-z])[）)]|([A-Za-z])[.．、)）])[ \t　]*(?=[\u4e00-\u9fff“《])/y;

export const BULLET =
  /(?:[—─━―－–]{2,}|[—─][ \t　]*(?=[^\d\s])|-{1,3}[ \t　]+|--+|[•●○■□◆◇★☆▲△►▶➢➤◎❖✦✧⚫∙·▪▫※\uf06c\uf06e\uf0d8\uf0b7\uf075\uf0fc][ \t　]*|\*[ \t　]+)[ \t　]*/y;

export const ANNEX = new RegExp(
  `附[ \\t　]*(件|表|录|图|则)?[ \\t　]*(?:[（(]?(${CN}{1,3}|[0-9０-９]{1,3}|[A-Z])[）)]?(?:[-－—]\\d{1,2})?)?[ \\t　]*[:：．.、]?[ \\t　]*`,
  'y',
);

export const QUESTION =
  /(?:(?:问题?|Q)[ \t　]*([0-9０-９一二三四五六七八九十]{0,3})[ \t　]*[:：.、][ \t　]*|[【[]问[】\]][ \t　]*)/y;

/** A reference, not a marker: 第十二条的规定, 第三条第二款, 第一条、第二条, 第八条至第十条. */
export const REFERENCE =
  /^(?:的|第|规定|所[列称述规指]|之规定|[、，,]第|[、，,]?(?:至|和|及|或|以及|与)(?:第|本)|中(?:的|所|规|关)|关于|款|项|修改为|[）)》”])/;

/** （一）项, （一）至（三）: a reference. */
export function notReference(rest: string): boolean {
  return !/^(?:至(?=[（(第])|项(?!目)|款(?!项)|、[（(]|和[（(]|或[（(]|目(?![标的录])|的?规定)/.test(rest);
}

/** 一、二、三年级, 一、二等奖: a count. */
export function notCount(rest: string): boolean {
  return !/^[一二三四五六七八九十]+(?:、|[年等级类档期线月楼层号季](?![^，。]{0,6}[：:])|是)/.test(rest);
}

/** 3.5%, 2.0版, 1、2号楼 are no items; "1.2025年底前…" is one. */
export function notDecimal(rest: string): boolean {
  if (!/^[0-9０-９]/.test(rest)) return !/^[、.．]/.test(rest);
  return (
    /^(?:19|20)[0-9]{2}[ ]?(?:年|[-—~～至]|学年)/.test(rest) ||
    /^[0-9]{1,3}(?:[GD](?![a-z])|家|所|名|项)/.test(rest) ||
    /^[0-9]{1,2}月(?:份|底|上旬|中旬|下旬|[0-9]{1,2}日)/.test(rest)
  );
}
