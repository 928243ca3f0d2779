/** The name of a division without its kind: 武清区 → 武清, 延边朝鲜族自治州 → 延边. */

/** 民法 names the 55 minorities in the names of autonomous divisions; a few stand there without 族. */
const MINORITIES =
  '蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各';

const AUTONOMOUS = new RegExp(
  `^(.{2,}?)(?:(?:${MINORITIES})族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)+自治[州县旗]$`,
);
const KIND = /(?:特别行政区|自治区|自治州|自治县|自治旗|行政委员会|地区|新区|林区|特区|省|市|区|县|盟|旗)$/;

const PROVINCES: Readonly<Record<string, string>> = {
  内蒙古自治区: '内蒙古',
  广西壮族自治区: '广西',
  西藏自治区: '西藏',
  宁夏回族自治区: '宁夏',
  新疆维吾尔自治区: '新疆',
};

/** Null when nothing readable remains: 赵县, 城区, 井陉矿区 (井陉 is the county beside it). */
export function shortName(name: string): string | null {
  const province = PROVINCES[name];
  if (province !== undefined) return province;
  if (/矿区$/.test(name)) return null;
  const autonomous = name.includes('自治') ? AUTONOMOUS.exec(name)?.[1] : undefined;
  const short = autonomous ?? name.replace(KIND, '');
  return short.length >= 2 && short !== name ? short : null;
}
