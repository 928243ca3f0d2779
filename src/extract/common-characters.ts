/** The share of everyday characters in a text: what tells Chinese from bytes that were read in a wrong encoding. */

/** The some 600 most frequent characters of the bundled policy texts and of general Chinese, simplified. */
const SIMPLIFIED =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严首底液官德随病苏失尔死讲配女黄推显谈罪神艺呢席含企望密批营项防举球英氧势告李台落木帮轮破亚师围注远字材排供河态封另施减树溶怎止案言士均武固叶鱼波视仅费紧爱左章早朝害续轻服试食充兵源判护司足某练差致板田降黑犯负击范继兴似余坚曲输修故城夫够送笔船占右财吃富春职觉汉画功巴跟虽杂飞检吸助升阳互初创抗考投坏策古径换未跑留钢曾端责站简述钱副尽帝射草冲承独令限阿宣环双请超微让控州良轴找否纪益依优顶础载倒房突坐粉敌略客袁冷胜绝析块剂测丝协诉念陈仍罗盐友洋错苦夜刑移频逐靠混母短皮终聚汽村云哪既距卫停烈央察烧迅境若印洲刻括激孔搞甚室待核校散侵吧甲游久菜味旧模湖货损预阻毫普稳乙妈植息扩银语挥酒守拿序纸医缺雨吗针刘啊急唱误训愿审附获茶鲜粮斤孩脱硫肥善龙演父渐血欢械掌歌沙刚攻谓盾讨晚粒乱燃矛乎杀药宁鲁贵钟煤读班伯香介迫句丰培握兰担弦蛋沉假穿执答乐谁顺烟缩征脸喜松脚困异免背星福买染井概慢怕磁倍祖皇促静补评翻肉践尼衣宽扬棉希伤操垂秋宜氢套督振架亮末宪庆编牛触映雷销诗座居抓裂胞呼娘景威绿晶厚盟衡鸡孙延危胶屋乡临陆顾掉呀灯岁措束耐剧玉赵跳哥季课凯胡额款绍卷齐伟蒸殖永宗苗川炉岩弱零杨奏沿露杆探滑镇饭浓航怀赶库夺伊灵税途灭赛归召鼓播盘裁险康唯录菌纯借糖盖横符私努堂域枪润幅哈竟熟虫泽脑壤碳欧遍侧寨敢彻虑斜薄庭纳弹饲伸折麦湿暗荷瓦塞床筑恶户访塔奇透梁刀旋迹卡氯遇份毒泥退洗摆灰彩卖耗夏择忙铜献硬予繁圈雪函亦抽篇阵阴丁尺追堆雄迎泛爸楼避谋吨野猪旗累偏典馆索秦脂潮爷豆忽托惊塑遗愈朱替纤粗倾尚痛楚谢奋购磨君池旁碎骨监捕弟暴割贯殊释词亡壁顿宝午尘闻揭炮残冬桥妇警综招吴付浮遭徐您摇谷赞箱隔订男吹园纷唐败宋玻巨耕坦荣闭湾键凡驻锅救恩剥凝碱齿截炼麻纺禁废盛版缓净睛昌婚涉筒嘴插岸朗庄街藏姑贸腐奴啦惯乘伙恢匀纱扎辩耳彪臣亿璃抵脉秀萨俄网舞店喷纵寸汗挂洪贺闪柬爆烯津稻墙软勇像滚厘蒙芳肯坡柱荡腿仪旅尾轧冰贡登黎削钻勒逃障氨郭峰币港伏轨亩毕擦莫刺浪秘援株健售股岛甘泡睡童铸汤阀休汇舍牧绕炸哲磷绩朋淡尖启陷柴呈徒颜泪稍忘泵蓝拖洞授镜辛壮锋贫虚弯摩泰幼廷尊窗纲弄隶疑氏宫姐震瑞怪尤琴循描膜违夹腰缘珠穷森枝竹沟催绳忆邦剩幸浆栏拥牙贮礼滤钠纹罢拍咱喊袖埃勤罚焦潜伍墨欲缝姓刊饱仿奖铝鬼丽跨默挖链扫喝袋炭污幕诸弧励梅奶洁灾舟鉴苯讼抱毁懂寒智埔寄届跃渡挑丹艰贝碰拔爹戴码梦芽熔赤渔哭敬颗奔铅仲虎稀妹乏珍申桌遵允隆螺仓魏锐晓氮兼隐碍赫拨忠肃缸牵抢博巧壳兄杜讯诚碧祥柯页巡矩悲灌龄伦票寻桂铺圣恐恰郑趣抬荒腾贴柔滴猛阔辆妻填撤储签闹扰紫砂递戏吊陶伐喂疗瓶婆抚臂摸忍虾蜡邻胸巩挤偶弃槽劲乳邓吉仁烂砖租乌舰伴瓜浅丙暂燥橡柳迷暖牌秧胆详簧踏瓷谱呆宾糊洛辉愤竞隙怒粘乃绪肩籍敏涂熙皆侦悬掘享纠醒狂锁淀恨牲霸爬赏逆玩陵祝秒浙貌';
/** Those whose traditional form differs, in that form: a Taiwan or Hong Kong text is as plain as any other. */
const TRADITIONAL =
  '這為個國時來們於對會發動過說產種後學經進著電裡現實體機當從業應開還關與樣義間線數點無軍題黨總條問變質氣結見長頭資邊級圖統將組計別論運農幾區強決戰則據處隊給門規熱領東導壓爭濟階術極聯認權證轉單風帶場車務萬達積議聲報鬥類離華張馬節話況溫傳許廣記觀織裝眾書復兒須際驗連斷難礦週備辦習響約勞團歷構稱準號維劃選標寫親養層專狀廠識適屬圓滿縣參紅細聽該鐵價嚴續輕試護練負擊範繼興餘堅輸筆財職覺漢畫雖雜飛檢陽創壞徑換鋼責簡錢盡衝獨雙請讓環紀優頂載敵勝絕塊劑測絲協訴陳羅鹽錯頻終衛燒語揮醫針劉誤訓願審獲鮮糧擴銀穩損預貨舊達鄉臨陸顧燈歲趙課額紹卷齊偉爐楊鎮飯濃懷趕庫奪靈稅滅賽歸盤險錄純蓋槍潤歐徹慮納築惡戶訪塔跡擺賣擇銅獻陣陰樓謀噸館監貫釋詞寶塵聞殘橋婦綜吳頒補評圍遠視僅費緊愛愿舉營項齡齊銷詩編慶憲寬揚傷補環幣島湯匯啟貧綱違罰獎麗掃潔災鑒藝網億儀貿緩淨莊紡禮擁溝繩塊鋪聖鄭趣鄰礎訂圓礙遞戲暫詳輝競糾蘇灣臺灣';
const FIRST_HAN = 0x4e00;
const LAST_HAN = 0x9fff;
/** 1 for an everyday character, by its place from FIRST_HAN on: asked for each character of each file. */
const COMMON = new Uint8Array(LAST_HAN + 1 - FIRST_HAN);
for (const character of SIMPLIFIED + TRADITIONAL) COMMON[character.charCodeAt(0) - FIRST_HAN] = 1;

/** How many characters beyond ASCII are looked at: the first of a long file tell as much as all. */
const SAMPLE = 20_000;

export interface Plausibility {
  /** Chinese characters seen, and the share of everyday ones among all characters beyond ASCII but punctuation. */
  readonly han: number;
  readonly share: number;
}

/** Chinese text reaches 0.8 and more; Chinese bytes in a wrong encoding stay below 0.2. */
export function plausibility(text: string): Plausibility {
  let han = 0;
  let common = 0;
  let others = 0;
  for (let i = 0; i < text.length && han + others < SAMPLE; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    if (code >= FIRST_HAN && code <= LAST_HAN) {
      han++;
      common += COMMON[code - FIRST_HAN]!;
    } else if (!isSign(code)) others++;
  }
  return { han, share: han + others === 0 ? 0 : common / (han + others) };
}

/** Punctuation and signs of Chinese print: they say neither yes nor no. */
function isSign(code: number): boolean {
  return (
    (code >= 0x2010 && code <= 0x2027) ||
    (code >= 0x2460 && code <= 0x25ff) ||
    (code >= 0x3000 && code <= 0x303f) ||
    (code >= 0xff00 && code <= 0xffef) ||
    code === 0xa0 ||
    code === 0xb7
  );
}
