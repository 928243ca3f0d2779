/** Pages as content systems of government sites print them, made from one text. */

export interface Line {
  readonly text: string;
  readonly role?: 'title' | 'right';
}

const NAV = ['首页', '新闻中心', '政务公开', '政务服务', '互动交流', '走进我区', '数据开放', '专题专栏'];
const RELATED = [
  '我区召开教育工作会议',
  '关于开展校园安全检查的通知',
  '区教育局公布招生计划',
  '我区新增三所幼儿园',
];
const links = (names: readonly string[], tag = 'li'): string =>
  names.map((name, i) => `<${tag}><a href="/n/${i}.html" title="${name}">${name}</a></${tag}>`).join('\n');
const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/“/g, '&ldquo;').replace(/—/g, '&mdash;');

/** What no clause may hold. */
export const FORBIDDEN = [
  ...NAV.slice(1),
  ...RELATED,
  '打印本页',
  '版权所有',
  '扫一扫',
  '浏览次数',
  '上一篇',
  '无障碍',
  '您的位置',
  'ICP',
];

const HEAD = (title: string): string =>
  `<meta charset="utf-8"><title>${title}_某某区人民政府</title><meta name="SiteName" content="某某区人民政府"><meta name="ArticleTitle" content="${title}"><meta name="PubDate" content="2023-05-06 10:30"><meta name="ContentSource" content="区教育局"><style>.x{color:red}</style><script>var a = "<div>，。";</script>`;
const FOOT =
  '<div class="footer"><p>主办：某某区人民政府办公室　承办：某某区大数据局</p><p>版权所有：某某区人民政府　京ICP备12345678号　网站标识码：1101010001</p></div><script>document.write("<p>脚本，不是正文。</p>")</script>';
const top = `<div class="header"><a href="#">无障碍</a><ul class="nav">${links(NAV)}</ul></div><div class="crumb">您的位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a> &gt; <a>政策文件</a></div>`;
const bottom = `<div class="prenext">上一篇：<a href="/1.html">关于开展校园安全检查的通知</a></div><div class="xgwd"><h3>相关新闻</h3><ul>${links(RELATED)}</ul></div>`;

const title = (lines: readonly Line[]): string => lines.find((line) => line.role === 'title')!.text;
const body = (lines: readonly Line[]): readonly Line[] => lines.filter((line) => line.role !== 'title');
const page = (lines: readonly Line[], inside: string): string =>
  `<!DOCTYPE html>\n<!-- saved from url=(0042)http://www.moumou.gov.cn/zwgk/202305/t1.html -->\n<html><head>${HEAD(title(lines))}</head>\n<body>${inside}${FOOT}</body></html>`;

/** Paragraphs pasted from Word: each character run in spans of its own, numbers split off. */
const word = ({ text, role }: Line): string =>
  `<p class="MsoNormal" style="text-indent:32pt;line-height:150%${role === 'right' ? ';text-align:right' : ''}"><span style='font-family:仿宋_GB2312;mso-bidi-font-family:\n"Times New Roman"'>${escape(text).replace(/^(.)(.)/u, '$1</span><span lang="EN-US">$2<o:p></o:p></span><span>')}</span></p>`;

export const SHAPES: Readonly<Record<string, (lines: readonly Line[]) => string>> = {
  TRS: (lines) =>
    page(
      lines,
      `${top}<div class="main"><div class="xl_tit"><h1>${title(lines)}</h1></div><div class="xl_info">发布时间：2023-05-06 来源：区教育局 浏览次数：<span id="hits">120</span> <a href="javascript:window.print()">打印本页</a></div><div class="view TRS_UEDITOR trs_paper_default"><div class="TRS_Editor">${body(
        lines,
      )
        .map(({ text }) => `<p style="text-align: justify;">　　${escape(text)}</p>`)
        .join('\n')}</div></div>${bottom}</div>`,
    ),
  '大汉 UCAP': (lines) =>
    page(
      lines,
      `${top}<table width="1000" border="0" align="center"><tr><td width="700"><table><tr><td align="center" class="title">${title(lines)}</td></tr></table><div id="zoom"><UCAPCONTENT>${body(
        lines,
      )
        .map(({ text }) => `<p>&nbsp;&nbsp;&nbsp;&nbsp;${escape(text)}</p>`)
        .join('')}</UCAPCONTENT></div></td><td width="300"><ul>${links(RELATED)}</ul></td></tr></table>`,
    ),
  '南威，<br> 分段': (lines) =>
    page(
      lines,
      `${top}<div class="con"><h2 class="title">${title(lines)}</h2><div class="bshare"><span>分享到</span></div><div class="text" id="fontzoom">${body(
        lines,
      )
        .map(({ text }) => `　　${escape(text)}`)
        .join('<br><br>\n')}</div></div>${bottom}`,
    ),
  '博达，Word 粘贴': (lines) =>
    page(
      lines,
      `${top}<form name="_newscontent_fromname"><div class="nr"><h1>${title(lines)}</h1><div id="vsb_content_2"><div class="v_news_content"><div class="WordSection1">${body(lines).map(word).join('\n')}</div></div></div></div></form>${bottom}`,
    ),
  WordPress: (lines) =>
    page(
      lines,
      `<header id="masthead"><nav>${links(NAV)}</nav></header><article class="post"><h1 class="entry-title">${title(lines)}</h1><div class="entry-content">${body(
        lines,
      )
        .map(({ text }) => `<p>${escape(text)}</p>`)
        .join(
          '\n\n',
        )}</div></article><aside id="secondary"><h3>热门文章</h3><ul>${links(RELATED)}</ul></aside><div id="comments"><textarea>留言</textarea></div>`,
    ),
  没有名字的容器: (lines) =>
    page(
      lines,
      `<div><div>${links(NAV, 'span')}</div><div><div>${title(lines)}</div><div>${body(lines)
        .map(({ text }) => `<div>${escape(text)}</div>`)
        .join('')}</div></div><div><ul>${links(RELATED)}</ul></div></div>`,
    ),
  'Word 另存为网页': (lines) =>
    `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><o:Author>某人</o:Author></xml><![endif]--><style><!-- p.MsoNormal {margin:0cm;} --></style></head><body lang=ZH-CN><div class=WordSection1>${lines.map(word).join('\n')}</div></body></html>`,
};
