/** Invented people: names, birthdays, addresses and jobs put together by number, the same in every installation. */
import { createHash } from 'node:crypto';
import type { PatientDetails } from '../../../store/patients/patients.ts';

export type DemoFacility = 'BJ' | 'SH' | 'CD';

const familyNames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎',
];
const womensNames =
  '雨桐 欣妍 梓萱 若彤 诗涵 语嫣 佳怡 思琪 晓雯 静姝 雅楠 梦洁 婉清 书瑶 可欣 子衿 依诺 慧敏 丽娟 春燕 秀兰 海燕 玉珍 晓燕 艳红 雪梅 淑芬 文静 晨曦 紫萱 心怡 念慈 映雪 知微 安琪 沐晴 听荷 向晚 采薇 初夏'.split(
    ' ',
  );
const mensNames = '宇轩 浩然 子墨 俊杰 志远 建华 国强 海涛 明哲 思远 嘉树 文博 晓东 立新 永康 景行'.split(' ');

const places: Record<DemoFacility, string[]> = {
  BJ: ['北京市朝阳区', '北京市海淀区', '北京市西城区', '北京市丰台区', '北京市通州区'],
  SH: ['上海市徐汇区', '上海市静安区', '上海市浦东新区', '上海市长宁区', '上海市闵行区'],
  CD: ['成都市锦江区', '成都市武侯区', '成都市青羊区', '成都市高新区', '成都市成华区'],
};
const streets = ['样例路', '演示街', '示范大道', '虚构巷'];
const jobs = [
  '会计',
  '教师',
  '设计师',
  '护士',
  '销售',
  '个体经营',
  '公务员',
  '工程师',
  '学生',
  '空乘',
  '主持人',
  '律师',
];

/** A whole number below `of`, by lot, the same each time for the same text. */
export function drawn(text: string, of: number): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) % of;
}

export function pick<T>(text: string, all: readonly T[]): T {
  return all[drawn(text, all.length)] as T;
}

/** Digits that the demo's complaints do not use. */
const phoneBegins: Record<DemoFacility, string> = { BJ: '1380004', SH: '1380005', CD: '1380006' };

/** @param n counts the people of a facility */
export function personNumbered(
  facility: DemoFacility,
  n: number,
): Required<Pick<PatientDetails, 'name' | 'phone'>> & PatientDetails {
  const of = (what: string): string => `${facility} ${n} ${what}`;
  const isMan = drawn(of('sex'), 8) === 0;
  const year = 2007 - drawn(of('year'), 42);
  const month = 1 + drawn(of('month'), 12);
  const day = 1 + drawn(of('day'), 28);
  const two = (part: number): string => String(part).padStart(2, '0');
  return {
    name: `${pick(of('family'), familyNames)}${pick(of('given'), isMan ? mensNames : womensNames)}`,
    sex: isMan ? 'male' : 'female',
    bornOn: `${year}-${two(month)}-${two(day)}`,
    birthCalendar: drawn(of('calendar'), 6) === 0 ? 'lunar' : 'solar',
    phone: `${phoneBegins[facility]}${String(n).padStart(4, '0')}`,
    address: `${pick(of('place'), places[facility])}${pick(of('street'), streets)}${1 + drawn(of('house'), 200)}号`,
    occupation: pick(of('job'), jobs),
  };
}
