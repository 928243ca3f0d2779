/** Characters that print the same but are not the same: radicals and compatibility forms → the characters of running text. */

/** CJK Radicals Supplement: what Unicode's EquivalentUnifiedIdeograph.txt gives for those that are words of today. Chromium and Skia print them. */
const SUPPLEMENT: ReadonlyMap<string, string> = new Map(
  [
    ...'⺁厂⺄乙⺈刀⺊卜⺌小⺍小⺎兀⺒巳⺓幺⺜日⺝月⺟母⺠民⺧牛⺩王⺬示⺮竹⺶羊⻁虎⻃覀⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟⻒镸⻑長⺼肉⻈讠⻐钅'.matchAll(
      /(.)(.)/gu,
    ),
  ].map(([, radical, word]) => [radical!, word!]),
);

/** One glyph for two or three dashes; the radical whose Unicode equivalent is the traditional 戶 while fonts of simplified text print 户. */
const ONE_GLYPH: Readonly<Record<string, string>> = { '⸺': '——', '⸻': '———', '⼾': '户' };

/** Kangxi radicals, compatibility ideographs, Latin ligatures, presentation forms of vertical print. */
const COMPATIBLE = /[\u2F00-\u2FD5\uF900-\uFAD9\uFB00-\uFB06\uFE10-\uFE19\uFE30-\uFE44\u{2F800}-\u{2FA1D}]/gu;
/** Nothing that is read: controls, zero width, soft hyphens, marks of direction, variation selectors. */
const UNSEEN = /[\p{Cf}\u0000-\u0008\u000E-\u001F\u007F]|\p{Variation_Selector}/gu;

export function toNormalForm(text: string): string {
  return text
    .replace(/[\u2E80-\u2EF3]/g, (radical) => SUPPLEMENT.get(radical) ?? radical)
    .replace(/[⸺⸻⼾]/g, (glyph) => ONE_GLYPH[glyph]!)
    .replace(COMPATIBLE, (form) => form.normalize('NFKC'))
    .replace(UNSEEN, '')
    .replace(/[\s\u00A0]+/g, ' ');
}
