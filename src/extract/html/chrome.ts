/** Parts of a page that the names in its markup call navigation, and containers that content systems give to the text. */
import type { ElementNode } from './tree.js';

const CHROME_TAG = /^(?:nav|footer|aside)$/;
const CHROME_ROLE = /^(?:navigation|contentinfo|banner|search|complementary)$/;
/** Words of class and id, English and pinyin, one of which stands alone or between - _ or capitals. */
const CHROME_WORD =
  /^(?:nav\w*|menu\w*|foot\w*|header\d?|head|top|topbar|banner|sidebar\w*|side|aside|left|right|crumb\w*|breadcrumb\w*|position|location|place|weizhi|dqwz|daohang|share\w*|bdsharebuttonbox|fenxiang|related\w*|relevant|xgwd|xglj|xgxw|xgyd|recommend\w*|tuijian|hot|rank|links?|friendlink\w*|copyright|dibu|toolbar|tools?|search\w*|login|pagination|page|pages|pagenav|prevnext|comments?|qrcode|ewm|erweima|print|fontsize|zihao|ad|ads|advert\w*|guanggao)$/;

/** TRS, 大汉 (UCAP, zoom), 南威, 博达 (v_news_content, vsb_content), WordPress, 国办 (pages_content) … Hints, never the rule. */
const CONTENT =
  /^(?:trs_editor|custom_unionstyle|ucap-?content|ucapcontent|zoom|zoomcon|barrier_free_container|article|article-?(?:content|body|con|text|main)|articlecontent|arc-?body|view|view_?trs_editor|content|contents|con|cont|main-?content|news_?content|newscontent|text-?content|content_?body|contentbox|conbox|pages_content|v_news_content|vsb_content(?:_\d+)?|entry-content|post-content|single-content|the_content|detail-?content|detail_?con|xxgk_content|xl_content|wz_content|zwxl-article|gkml_content|bt_content|info_?cont|wordsection\d*|art_content|js_content|rich_media_content|ewb-article.*|txt|txtcontent|fontzoom|myfont)$/;

export function looksLikeChrome({ name, attributes }: ElementNode): boolean {
  if (CHROME_TAG.test(name) || CHROME_ROLE.test(attributes['role'] ?? '')) return true;
  return wordsOf(attributes).some((word) => CHROME_WORD.test(word));
}

export function looksLikeContent({ name, attributes }: ElementNode): boolean {
  return (
    name === 'article' ||
    name === 'ucapcontent' ||
    name === 'main' ||
    namesOf(attributes).some((one) => CONTENT.test(one))
  );
}

function namesOf(attributes: ElementNode['attributes']): string[] {
  return `${attributes['class'] ?? ''} ${attributes['id'] ?? ''}`
    .slice(0, 300)
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean);
}

function wordsOf(attributes: ElementNode['attributes']): string[] {
  return `${attributes['class'] ?? ''} ${attributes['id'] ?? ''}`
    .slice(0, 300)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter(Boolean);
}
