/**
 * Words that an advertisement for aesthetic medicine must not have, each with the article that bars it. 广告法 is the Advertising Law of the
 * PRC (2021), 医疗广告管理办法 the Measures for the Administration of Medical Advertisements (2006). Not a lawyer's advice: a list to be kept.
 */
interface BarredWords {
  law: string;
  words: readonly string[];
}

const advertisingWords: readonly BarredWords[] = [
  {
    law: '《广告法》第九条第（三）项：国家级、最高级、最佳等用语',
    words: [
      '国家级',
      '世界级',
      '最高级',
      '最佳',
      '最好',
      '最优',
      '最先进',
      '最安全',
      '最低价',
      '顶级',
      '极致',
      '首选',
      '唯一',
      '第一品牌',
      '全国第一',
      '行业第一',
      '排名第一',
      '第一',
    ],
  },
  {
    law: '《广告法》第十六条第一款第（一）项：表示功效、安全性的断言或者保证',
    words: [
      '根治',
      '保证',
      '确保',
      '包治',
      '永不反弹',
      '永久',
      '无副作用',
      '零风险',
      '无风险',
      '绝对安全',
      '无痛',
      '立竿见影',
      '药到病除',
    ],
  },
  {
    law: '《广告法》第十六条第一款第（二）项：说明治愈率或者有效率',
    words: ['治愈率', '有效率', '成功率', '满意率'],
  },
  {
    law: '《广告法》第十六条第一款第（四）项、《医疗广告管理办法》第七条第（六）项：利用推荐或者证明',
    words: ['专家推荐', '明星同款', '明星推荐', '患者见证', '真实案例'],
  },
  {
    law: '《医疗广告管理办法》第七条第（二）项：保证治愈或者隐含保证治愈',
    words: ['无效退款', '不满意退款', '一次见效', '一针见效'],
  },
];

/** What has a barred word in it and means something else. */
const harmless = /第一(?:[次天日周月年个期季阶步针时间]|手资料)/g;

export interface BarredWord {
  word: string;
  law: string;
}

/** The longest word where several begin at one place; spaces and signs between letters hide nothing. */
export function barredWordsIn(text: string): BarredWord[] {
  const bare = text
    .normalize('NFKC')
    .replace(/[\s\p{P}]/gu, '')
    .replace(harmless, '');
  const found = advertisingWords.flatMap(({ law, words }) =>
    words.filter((word) => bare.includes(word)).map((word) => ({ word, law })),
  );
  return found.filter(({ word }) => !found.some((other) => other.word !== word && other.word.includes(word)));
}
