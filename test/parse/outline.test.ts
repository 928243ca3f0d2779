/** Which marker nests under which, where a clause ends, what a heading is. Each case shows its whole tree. */
import { describe, expect, it } from 'vitest';
import { treesOf } from './tree-of.js';

const tree = (...lines: string[]): string => treesOf(['某某区工作方案', ...lines].join('\n')).join('\n===\n');
const shows = (...lines: string[]): string => lines.join('\n');

describe('公文层次', () => {
  it('（一） is an item under a 条 and a level of its own elsewhere', () => {
    expect(
      tree('第一条 下列人员适用本办法：', '（一）教师；', '（二）校长。', '第二条 本办法自公布之日起施行。'),
    ).toBe(
      shows(
        '[第一条] 第一条 下列人员适用本办法：⏎（一）教师；⏎（二）校长。',
        '[第二条] 第二条 本办法自公布之日起施行。',
      ),
    );
    expect(tree('一、工作任务', '（一）优化布局。新建学校3所。', '（二）配齐师资。招聘教师20名。')).toBe(
      shows(
        '# 一、工作任务',
        '  [（一）] （一）优化布局。新建学校3所。',
        '  [（二）] （二）配齐师资。招聘教师20名。',
      ),
    );
  });

  it('a run-in heading with numbered places below it heads them; its text is their lead', () => {
    expect(
      tree(
        '一、任务',
        '（一）加强领导。各单位要落实责任。',
        '1.成立专班。每月调度。',
        '2.压实责任。签订书面承诺。',
      ),
    ).toBe(
      shows(
        '# 一、任务',
        '  # （一）加强领导。',
        '    [导语] 各单位要落实责任。',
        '    [1.] 1.成立专班。每月调度。',
        '    [2.] 2.压实责任。签订书面承诺。',
      ),
    );
  });

  it('items that run on through the sections stay under their sections', () => {
    expect(tree('一、甲类任务', '1.建学校。共3所。', '二、乙类任务', '2.招教师。共20名。')).toBe(
      shows('# 一、甲类任务', '  [1.] 1.建学校。共3所。', '# 二、乙类任务', '  [2.] 2.招教师。共20名。'),
    );
  });

  it('1. above （一）: the form that goes on counting is the upper one', () => {
    expect(
      tree(
        '1.优化布局',
        '（一）新建学校。',
        '（二）改建学校。',
        '2.配齐师资',
        '（一）招聘教师。',
        '（二）培训教师。',
      ),
    ).toBe(
      shows(
        '# 1.优化布局',
        '  [（一）] （一）新建学校。',
        '  [（二）] （二）改建学校。',
        '# 2.配齐师资',
        '  [（一）] （一）招聘教师。',
        '  [（二）] （二）培训教师。',
      ),
    );
  });

  it('一是, 二是 on lines of their own stay in one clause', () => {
    expect(tree('一、任务', '各校要抓好以下工作。', '一是加强领导。', '二是压实责任。')).toBe(
      shows('# 一、任务', '  [第1段] 各校要抓好以下工作。⏎一是加强领导。⏎二是压实责任。'),
    );
  });

  it('a sentence that closes the document belongs to no item', () => {
    expect(tree('一、任务', '（一）建学校。共3所。', '本方案自印发之日起施行。')).toBe(
      shows('# 一、任务', '  [（一）] （一）建学校。共3所。', '[第1段] 本方案自印发之日起施行。'),
    );
  });

  it('a repeated number keeps both clauses', () => {
    expect(tree('一、任务', '（一）建学校。共3所。', '（一）招教师。共20名。')).toBe(
      shows('# 一、任务', '  [（一）] （一）建学校。共3所。', '  [（一）] （一）招教师。共20名。'),
    );
  });

  it('a level whose heading was lost stays lost', () => {
    expect(
      tree(
        '一、背景',
        '（一）基础',
        '成绩显著。',
        '（一）指导思想',
        '坚持立德树人。',
        '三、任务',
        '建学校3所。',
      ),
    ).toBe(
      shows(
        '# 一、背景',
        '  # （一）基础',
        '    [第1段] 成绩显著。',
        '# （一）指导思想',
        '  [第1段] 坚持立德树人。',
        '# 三、任务',
        '  [第1段] 建学校3所。',
      ),
    );
  });

  it('rows have the heads of their columns above them', () => {
    expect(
      tree(
        '一、任务',
        '建学校3所。',
        '附件1',
        '任务分工表',
        '序号\t任务\t单位',
        '1\t建学校\t教育局',
        '2\t修道路\t交通局',
      ),
    ).toBe(
      shows(
        '# 一、任务',
        '  [第1段] 建学校3所。',
        '# 附件1',
        '  # 任务分工表',
        '    # 序号 任务 单位',
        '      [第1行] 1\t建学校\t教育局',
        '      [第2行] 2\t修道路\t交通局',
      ),
    );
  });
});

describe('丢失的结构', () => {
  it('paragraphs joined into one line are split at their markers', () => {
    expect(
      treesOf(
        '某某区工作方案 一、总体要求（一）指导思想。坚持立德树人。（二）基本原则。坚持公益普惠。二、主要任务1.建学校。共3所，达标率99.5%。2.招教师。依照本条例第十二条执行。',
      )[0],
    ).toBe(
      shows(
        '# 一、总体要求',
        '  [（一）] （一）指导思想。坚持立德树人。',
        '  [（二）] （二）基本原则。坚持公益普惠。',
        '# 二、主要任务',
        '  [1.] 1.建学校。共3所，达标率99.5%。',
        '  [2.] 2.招教师。依照本条例第十二条执行。',
      ),
    );
  });

  it('page numbers between the halves of a sentence go, and the sentence is whole again', () => {
    expect(tree('一、任务', '到2025年，全区新建学校3所，改扩建学校', '— 3 —', '5所，新增学位2000个。')).toBe(
      shows('# 一、任务', '  [第1段] 到2025年，全区新建学校3所，改扩建学校5所，新增学位2000个。'),
    );
  });

  it('a reference at the start of a broken line is no article', () => {
    expect(
      tree(
        '第一条 为规范管理，制定本办法。',
        '第二条 依照本办法',
        '第一条的规定，给予补助。',
        '第三条 本办法自公布之日起施行。',
      ),
    ).toBe(
      shows(
        '[第一条] 第一条 为规范管理，制定本办法。',
        '[第二条] 第二条 依照本办法⏎第一条的规定，给予补助。',
        '[第三条] 第三条 本办法自公布之日起施行。',
      ),
    );
  });
});

describe('一个文件里的几份文件', () => {
  it('a notice with two texts: the second is a document of its own', () => {
    const trees = treesOf(
      shows(
        '关于印发《某某区补助办法》《某某区补助细则》的通知',
        '各镇人民政府：',
        '现将《某某区补助办法》《某某区补助细则》印发给你们，请遵照执行。',
        '某某区人民政府',
        '2023年7月1日',
        '某某区补助办法',
        '第一条 为规范补助，制定本办法。',
        '第二条 本办法自2023年8月1日起施行。',
        '某某区补助细则',
        '第一条 为落实办法，制定本细则。',
        '第二条 本细则由区教育局解释。',
      ),
    );
    expect(trees).toEqual([
      shows('[第一条] 第一条 为规范补助，制定本办法。', '[第二条] 第二条 本办法自2023年8月1日起施行。'),
      shows('[第一条] 第一条 为落实办法，制定本细则。', '[第二条] 第二条 本细则由区教育局解释。'),
    ]);
  });
});
