/**
 * The same text, spoilt as the web spoils it, with its gold carried along: half-width punctuation, blank lines, lines joined
 * into one and cut by page numbers, lines wrapped as a PDF wraps them, captions and the frame of a site around it.
 * What a reader can no longer tell after the damage becomes doubtful in the gold.
 */

interface Part {
  readonly mark: string;
  readonly text: string;
}

export interface Damage {
  readonly name: string;
  /** The marked text, spoilt; null when the damage makes no sense for it. */
  readonly apply: (marked: string) => string | null;
}

const HEADING = /^#/;
const OUTSIDE = /^(题名|首|尾|外|目录|噪|文|续)$/;
const UNNUMBERED = /^(段|导语|引言|点)/;
/** Noise that cuts a sentence. */
const CUT = /⟦噪⟧[^⟦]*⟦续⟧/;
const TABLE = /row|行/;

export const DAMAGES: readonly Damage[] = [
  { name: 'half-width', apply: (marked) => overText(marked, toHalfWidth) },
  { name: 'blank lines', apply: (marked) => overText(marked, (text) => text.replace(/\r?\n/g, '\n\n')) },
  { name: 'indented', apply: (marked) => overText(marked, (text) => text.replace(/\n(?=\S)/g, '\n　　')) },
  { name: 'framed', apply: frame },
  { name: 'captions', apply: captions },
  { name: 'wrapped', apply: wrap },
  { name: 'other markers', apply: otherMarkers },
  { name: 'broken at figures', apply: breakAtFigures },
  { name: 'lost stops', apply: loseStops },
  { name: 'lost headings', apply: loseHeadings },
  {
    name: 'framed, half-width, captions',
    apply: (marked) => {
      const caught = captions(marked);
      return caught === null ? null : frame(overText(caught, toHalfWidth));
    },
  },
  { name: 'joined', apply: (marked) => join(marked, null) },
  { name: 'joined and paged', apply: (marked) => join(marked, 230) },
];

/** The whole gold, spoilt; its metadata stay as they are. Null when the damage makes no sense for it. */
export function spoil(gold: string, { apply }: Damage): string | null {
  const cut = gold.indexOf('\n===\n') + 5;
  const text = apply(gold.slice(cut));
  if (text === null) return null;
  return gold.slice(0, cut).replace(/^source: .*\n/, '') + text;
}

function partsOf(marked: string): Part[] {
  return [...marked.matchAll(/⟦([^⟧]*)⟧([^⟦]*)/g)].map(([, mark, text]) => ({ mark: mark!, text: text! }));
}

function write(parts: readonly Part[]): string {
  return parts.map(({ mark, text }) => `⟦${mark}⟧${text}`).join('');
}

function overText(marked: string, change: (text: string) => string): string {
  return write(partsOf(marked).map(({ mark, text }) => ({ mark, text: change(text) })));
}

function toHalfWidth(text: string): string {
  return text.replace(/[，；：（）？！]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0));
}

/** Above and below a text; every text gets each of them once in a while. */
const HEADS: readonly string[] = [
  '首页 > 政务公开 > 政策文件\n浏览次数：312次　字体：大 中 小　打印\n',
  '网站首页\n新闻中心\n信息公开\n办事服务\n当前位置： 首页 >> 公开目录 >> 正文\n【字号：大 中 小】 【打印】 【关闭】\n',
  '您所在的位置：首页/法规/地方\n',
  '无障碍 | 关怀版 | 繁體 | 登录\n请输入关键字\n搜索\n首页 走进本地 新闻动态 政务公开 政民互动 数据开放\n您的位置：首页-政策-本级政策\n',
  '点击次数：1024\n字号：T|T\n分享到：微信 微博\n',
  '今天是星期三 欢迎访问本站\n设为首页 | 加入收藏\n',
];
const FEET: readonly string[] = [
  '\n责任编辑：张某\n分享到：\n上一篇：没有了\n下一篇：关于开展节前检查的通知\n主办：市人民政府办公室 ICP备案：京ICP备00000001号\n',
  '\n扫一扫在手机打开当前页\n友情链接\n中国政府网\n网站地图 | 联系我们 | 关于本站\n版权所有：某某政府网\n',
  '\n相关阅读\n一图读懂本办法\n记者观察：政策落地见实效\n版权声明：本网注明来源的稿件，转载请注明出处。\n',
  '\n【纠错】【收藏】【打印】【关闭】\n您觉得这篇文章：有用 没用\n相关文档\n·关于报送工作总结的通知 2021-03-04\n·关于召开动员会的通知 2021-02-11\n',
  '\n微信扫一扫，分享到朋友圈\n热点推荐\n热门标签\n图片新闻\n您是第1234567位访问者\n',
  '\nCopyright © 2020 All Rights Reserved\n网站标识码：1100000001　公安机关备案号：11000002000001\n建议使用1024×768分辨率浏览\n技术支持：某某科技有限公司\n',
  '\n（来源：本地日报 作者：李某）\n[编辑：王某]\n阅读原文\n点赞 收藏 评论\n',
];

function frame(marked: string): string {
  const head = HEADS[marked.length % HEADS.length]!;
  const foot = FEET[marked.length % FEET.length]!;
  return `⟦噪⟧${head}${marked}⟦噪⟧${foot}`;
}

/** One caption, repeated before every fourth heading or clause that begins a line. */
function captions(marked: string): string | null {
  if (/⟦文⟧/.test(marked)) return null;
  const parts = partsOf(marked);
  const out: Part[] = [];
  let count = 0;
  for (const [i, part] of parts.entries()) {
    const begins =
      i > 0 && parts[i - 1]!.text.endsWith('\n') && !OUTSIDE.test(part.mark) && !TABLE.test(part.mark);
    if (begins && count++ % 4 === 0)
      out.push({ mark: '噪', text: '重磅！一文读懂最新政策，快看和你有啥关系（图源网络）\n' });
    out.push(part);
  }
  return count < 9 ? null : write(out);
}

/** The same number printed another way: "1、" for "1.", a space after it. */
function otherMarkers(marked: string): string {
  return write(
    partsOf(marked).map(({ mark, text }) => ({
      mark,
      text: /^(\d|（|[一二三四五六七八九十]|第|#)/.test(mark)
        ? text
            .replace(/^(\s*\d{1,2})[.．](?![\d\s])/, '$1、')
            .replace(/^(\s*)（([一二三四五六七八九十]+)）/, '$1($2) ')
            .replace(/^(\s*[一二三四五六七八九十]+)、/, '$1、 ')
        : text,
    })),
  );
}

/** Inline markup that became lines: "到 / 2025 / 年底". Once in a clause, never beside its marker. */
function breakAtFigures(marked: string): string | null {
  if (CUT.test(marked)) return null;
  return write(
    partsOf(withoutParts(marked)).map(({ mark, text }) => ({
      mark,
      text:
        OUTSIDE.test(mark) || HEADING.test(mark) || TABLE.test(mark)
          ? text
          : text.replace(/(?<=[\u4e00-\u9fff]{4})(?<!第)(\d{2,5})(?=[\u4e00-\u9fff]{2})/, '\n$1\n'),
    })),
  );
}

/** The last stop of every numbered clause that another numbered piece follows. */
function loseStops(marked: string): string {
  const parts = partsOf(marked);
  const numbered = /^(\d|（|[一二三四五六七八九十]+、|第)/;
  return write(
    parts.map(({ mark, text }, i) => ({
      mark,
      text:
        numbered.test(mark) &&
        /\n\s*$/.test(text) &&
        (numbered.test(parts[i + 1]?.mark ?? '') || HEADING.test(parts[i + 1]?.mark ?? ''))
          ? text.replace(/[。；](?=\s*$)/, '')
          : text,
    })),
  );
}

/** Every second top heading is gone where what follows shows it: its numbers begin anew in the same form. */
function loseHeadings(marked: string): string | null {
  const parts = partsOf(marked);
  const form = (at: number): string =>
    (parts[at]?.text ?? '').trim().replace(/[\d一二三四五六七八九十].*/s, '0');
  const out: Part[] = [];
  let seen = 0;
  let lost = 0;
  let under = false;
  for (const [i, part] of parts.entries()) {
    if (part.mark === '#') {
      const restart =
        /^[（(]?[一1１]/.test((parts[i + 1]?.text ?? '').trim()) && /^[^第]/.test(part.text.trim());
      const alike = /^(（|\d)/.test(parts[i - 1]?.mark ?? '') && /^(（|\d)/.test(parts[i + 1]?.mark ?? '');
      under = ++seen % 2 === 0 && /\n\s*$/.test(part.text) && restart && alike && form(i - 1) === form(i + 1);
      if (under) {
        lost++;
        continue;
      }
    } else if (OUTSIDE.test(part.mark)) under = false;
    out.push(
      under && !/脱/.test(part.mark) ? { ...part, mark: part.mark.replace(/( [?？])?$/, ' 脱$1') } : part,
    );
  }
  return lost === 0 ? null : write(out);
}

/** Lines of 34 characters; a page mark after every 24. Counted parts are no longer told: a full line hides an end. */
function wrap(marked: string): string | null {
  if (hasTable(marked) || /\t/.test(marked) || CUT.test(marked)) return null;
  // A title as long as a line says nothing of where it ends.
  const long = partsOf(marked).some(
    ({ mark, text }) => /^(题名|首|外|#)/.test(mark) && text.split('\n').some((row) => row.length >= 30),
  );
  if (long) return null;
  let lines = 0;
  let page = 0;
  const out: string[] = [];
  for (const { mark, text } of partsOf(withoutParts(marked))) {
    out.push(`⟦${mark}⟧`);
    const rows = text.split('\n');
    for (const [i, row] of rows.entries()) {
      let rest = row;
      const outside = OUTSIDE.test(mark);
      while (!outside && rest.length > 34) {
        out.push(`${rest.slice(0, 34)}\n`);
        rest = rest.slice(34);
        if (++lines % 24 === 0) out.push(`⟦噪⟧— ${++page} —\n⟦续⟧`);
      }
      out.push(i < rows.length - 1 ? `${rest}\n` : rest);
    }
  }
  return out.join('');
}

/** The body on one line; every `every` characters a page number on a line of its own breaks it, as share sites do. */
function join(marked: string, every: number | null): string | null {
  if (hasTable(marked) || CUT.test(marked) || /⟦文⟧|⟦目录⟧/.test(marked)) return null;
  const parts = partsOf(withoutParts(marked));
  const inside = (i: number): boolean => !OUTSIDE.test(parts[i]?.mark.replace(/ .*/, '') ?? '外');
  let count = 0;
  let page = 1;
  const out: string[] = every === null ? [] : ['⟦噪⟧1、'];
  for (const [i, { mark, text }] of parts.entries()) {
    if (!inside(i)) {
      out.push(`⟦${mark}⟧${text}`);
      continue;
    }
    // A heading and the unnumbered text after it, or two unnumbered texts, can no longer be told apart.
    const blurred =
      (HEADING.test(mark) && inside(i + 1) && (UNNUMBERED.test(parts[i + 1]!.mark) || /topic/.test(mark))) ||
      (HEADING.test(parts[i + 1]?.mark ?? '') && /topic/.test(parts[i + 1]!.mark)) ||
      UNNUMBERED.test(mark) ||
      (inside(i + 1) && /^段/.test(parts[i + 1]?.mark ?? ''));
    out.push(`⟦${mark.replace(/ [?？]$/, '')}${blurred ? ' ?' : ''}⟧`);
    const joined = text.replace(/\s*\n\s*/g, '');
    const last = inside(i + 1) ? '' : '\n';
    let from = 0;
    while (every !== null && count + joined.length - from > every) {
      const to = from + every - count;
      if (/[\d.．、（(]/.test(joined.slice(to - 2, to + 2))) break;
      out.push(`${joined.slice(from, to)}\n\n⟦噪⟧${++page}、⟦续⟧`);
      from = to;
      count = 0;
    }
    count += joined.length - from;
    out.push(joined.slice(from) + last);
  }
  return every !== null && page < 3 ? null : out.join('');
}

function withoutParts(marked: string): string {
  return marked.replace(/⟦([^⟧]*)⟧/g, (_, mark: string) => `⟦${mark.replace(/ [款项目]=\d+/g, '')}⟧`);
}

function hasTable(marked: string): boolean {
  return partsOf(marked).some(({ mark }) => TABLE.test(mark));
}
