import { describe, expect, it } from 'vitest';
import { readConfig } from '../../api/config.ts';
import { decodeCursor, encodeCursor, pageOf } from '../../api/http/cursor.ts';
import { digestOf } from '../../api/http/digest.ts';
import { masked, maskedAnswer } from '../../api/http/masking.ts';
import { passwordProblem } from '../../api/http/password-rules.ts';
import { dummyDigest, hashPassword, verifyPassword } from '../../api/http/passwords.ts';
import { maxLevels, unstorable } from '../../api/http/storable-json.ts';
import { messageStartsOf } from '../../api/resources/definitions/deployment.ts';
import { updateIdOf } from '../../api/resources/instances/instance-updates.ts';
import { journalSentence, kindsForPeople, staffIn } from '../../api/resources/instances/journal-sentences.ts';
import { topicOf } from '../../api/resources/instances/journal-topics.ts';
import { dueRange } from '../../api/resources/tasks/due-filter.ts';
import { canonicalJson } from '../../engine/model/canonical-json.ts';
import { maskPhone } from '../../engine/model/personal-numbers.ts';
import type { Expression, Plan, PlanElement } from '../../engine/model/plan.ts';
import { testKeyVariables } from '../support/keys.ts';

describe('a cursor', () => {
  it('comes back as it went, whatever the id holds', () => {
    const place = { at: '2026-11-22T08:00:00.000Z', id: 'complaint/BJ2026110001#"7' };
    expect(decodeCursor(encodeCursor(place))).toEqual(place);
  });

  it.each(['', 'abc', Buffer.from('[1,2]').toString('base64url'), Buffer.from('{}').toString('base64url')])(
    'that is not one is told: %j',
    (text) => expect(() => decodeCursor(text)).toThrow('query.cursor'),
  );

  it('is given only when there is another page', () => {
    const placeOf = (id: string) => ({ at: 't', id });
    expect(pageOf(['a', 'b'], 2, placeOf)).toEqual({ items: ['a', 'b'] });
    expect(pageOf(['a', 'b', 'c'], 2, placeOf)).toEqual({
      items: ['a', 'b'],
      nextCursor: encodeCursor({ at: 't', id: 'b' }),
    });
    expect(pageOf([], 2, placeOf)).toEqual({ items: [] });
  });
});

describe('a digest', () => {
  it('is the same for the same content in another order, and another for other content', () => {
    expect(canonicalJson({ b: [{ y: 1, x: null }], a: undefined })).toBe('{"b":[{"x":null,"y":1}]}');
    expect(digestOf({ a: 1, b: 2 })).toBe(digestOf({ b: 2, a: 1 }));
    expect(digestOf('a', 'bc')).not.toBe(digestOf('ab', 'c'));
    expect(digestOf([1, 2])).not.toBe(digestOf([2, 1]));
  });
});

describe('the id of an update', () => {
  const id = (staff: string, address: string, body: unknown, key?: string) => updateIdOf(staff, address, body, key);

  it('is the same for the same person, address, body and key', () => {
    expect(id('a', '/x', { v: 1 }, 'k')).toBe(id('a', '/x', { v: 1 }, 'k'));
  });

  it('is another for another person, address, body or key, and always without a key', () => {
    const ids = [
      id('a', '/x', { v: 1 }, 'k'),
      id('b', '/x', { v: 1 }, 'k'),
      id('a', '/y', { v: 1 }, 'k'),
      id('a', '/x', { v: 2 }, 'k'),
      id('a', '/x', { v: 1 }, 'l'),
      id('a', '/x', { v: 1 }),
      id('a', '/x', { v: 1 }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a password', () => {
  it('is verified by its digest, which differs each time', async () => {
    const [one, two] = [await hashPassword('密码 123'), await hashPassword('密码 123')];
    expect(one).not.toBe(two);
    expect(one).toMatch(/^scrypt\$32768\$8\$3\$/);
    expect(await verifyPassword('密码 123', one)).toBe(true);
    expect(await verifyPassword('密码 124', one)).toBe(false);
  });

  it('of nobody is never right, nor is a digest of another kind', async () => {
    expect(await verifyPassword('', dummyDigest)).toBe(false);
    expect(await verifyPassword('x', 'plain')).toBe(false);
  });
});

describe('a new password', () => {
  const code = (password: string) => passwordProblem(password, 'legal', 'body.password')?.code;

  it.each([
    '12345678901',
    'Qwerty123456',
    'PASSWORD1234',
    '210987654321',
    'abababababab',
    'Legal-password',
    '长一点的密码',
  ])('%s is not good enough', (password) => expect(code(password)).toBeDefined());

  it.each(['four words in a row', '一个足够长的没有人会猜到的密码', 'xK8-plum-river'])('%s is', (password) =>
    expect(code(password)).toBeUndefined(),
  );
});

describe('the session cookie', () => {
  const secure = (env: Record<string, string>) => readConfig({ ...testKeyVariables, ...env }).secureCookie;

  it('goes over HTTPS only where the API listens beyond loopback, and nothing can change that', () => {
    expect(secure({})).toBe(false);
    expect(secure({ CARELOOP_HOST: '::1', CARELOOP_SECURE_COOKIE: '1' })).toBe(true);
    for (const host of ['0.0.0.0', '::', '10.0.0.7', 'careloop.example', '127.0.0.1.example'])
      expect([host, secure({ CARELOOP_HOST: host })]).toEqual([host, true]);
    expect(() => secure({ CARELOOP_HOST: '0.0.0.0', CARELOOP_SECURE_COOKIE: '0' })).toThrow('loopback');
  });
});

describe('a phone number', () => {
  it.each([
    ['13800001234', '138****1234'],
    ['+86 138-0000-1234', '138****1234'],
    ['12345', '****45'],
  ])('%s is shown as %s', (phone, shown) => expect(maskPhone(phone)).toBe(shown));
});

describe('a value with numbers of people in it', () => {
  it('shows phone and identity numbers in part, wherever they stand', () => {
    const value = { 'call 13800001234': [{ to: '+86 138 0000 1234' }, 13800001234], id: '11010119900307123X' };
    expect(masked(value)).toEqual({
      value: { 'call 138****1234': [{ to: '138****1234' }, '138****1234'], id: '110101********123X' },
      masked: true,
    });
  });

  it.each([
    ['电话138-0000-1234，请回电', '电话138****1234，请回电'],
    ['１３８００００１２３４', '138****1234'],
    ['138 0000 1234', '138****1234'],
    ['+86 138.0000.1234', '138****1234'],
    ['138\u200b0000\u00ad1234', '138****1234'],
    ['VX13800001234 或 tel13800001234', 'VX138****1234 或 tel138****1234'],
    ['座机010-12345678', '座机010****5678'],
    ['身份证11010519491231002X', '身份证110105********002X'],
    ['身份证 110105 19491231 002X', '身份证 110105********002X'],
    ['卡号6222 0212 3456 7890 128', '卡号6222****0128'],
    ['订单6222 0212 3456 7890 127', '订单6222 0212 3456 7890 127'],
    ['卡号4111-1111-1111-1111', '卡号4111****1111'],
    ['写信到 wang.nv@example.com', '写信到 w***@example.com'],
    ['电话一三八〇〇〇〇一二三四', '电话138****1234'],
    ['壹叁捌零零零零壹贰叁肆', '138****1234'],
    ['幺三八 零零零零 幺二三四', '138****1234'],
    ['周三一三八〇〇〇〇一二三四来电', '周三138****1234来电'],
    ['周一13800001234来电', '周一138****1234来电'],
    ['①③⑧⓪⓪⓪⓪①②③④', '138****1234'],
    ['❶❸❽⓿⓿⓿⓿❶❷❸❹', '138****1234'],
    ['⑴⑶⑻00001⑵⑶⑷', '138****1234'],
    ['¹³⁸⁰⁰⁰⁰¹²³⁴', '138****1234'],
    ['𝟏𝟑𝟖𝟎𝟎𝟎𝟎𝟏𝟐𝟑𝟒', '138****1234'],
    ['١٣٨٠٠٠٠١٢٣٤', '138****1234'],
    ['1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣0️⃣1️⃣2️⃣3️⃣4️⃣', '138****1234'],
    ['138零零零零1234', '138****1234'],
    ['身份证一一〇一〇五一九四九一二三一〇〇二X', '身份证110105********002X'],
    ['护照E12345678', '护照E1****678'],
    ['持 EA1234567 入境', '持 EA****567 入境'],
    ['旧护照 G 1234 5678', '旧护照 G1****678'],
    ['Passport No. K12345678', 'Passport No. K1****678'],
    ['港澳通行证：C12345678', '港澳通行证：C1****678'],
    ['回乡证H1234567801', '回乡证H1****801'],
    ['台胞证号码 12345678', '台胞证号码 12****678'],
    ['香港身份证 A123456(7)', '香港身份证 A1****567'],
    ['护照Ｅ一二三四五六七八', '护照E1****678'],
  ])('in a narrative is masked in all its forms: %s', (text, shown) => {
    expect(masked(text).value).toBe(shown);
    expect(maskedAnswer({ reason: text })).toMatchObject({ value: { reason: shown } });
  });

  it.each(['a', '1--', '一', 'a@', '(0', '护照'])('is looked for in linear time: in %s, repeated', (piece) => {
    const text = piece.repeat(Math.ceil(250_000 / piece.length));
    expect(masked(text).masked).toBe(false);
  });

  it('stays in ids and in numbers of an answer, and goes from what people have written', () => {
    const answer = { id: 'orders/13800001234', amountCents: 13800001234, variables: { id: 13800001234 } };
    expect(maskedAnswer(answer).value).toEqual({ ...answer, variables: { id: '138****1234' } });
    const records = {
      patient: 'M12345678',
      episode: 'E12345678',
      episodes: ['E12345678'],
      visits: [{ number: 'H12345678' }],
    };
    expect(maskedAnswer(records)).toEqual({ value: records, masked: false });
    expect(maskedAnswer({ reason: 'E12345678' }).value).toEqual({ reason: 'E1****678' });
  });

  it('is left alone where they are none: amounts, order numbers, case numbers, dates', () => {
    const value = {
      cents: 1380000,
      order: 'A13800001234',
      hash: 'xtel13800001234',
      long: '138000012345678',
      case: 'BJ2026110001',
      at: null,
      written: '一三五七九，二〇二六年十一月三十日，壹拾叁万捌仟元整',
      numbered: '①先联系 ②再登记 ③回访；第一三八号',
      dated: 'E20261130',
      batch: 'L202611301',
      record: 'P12345678',
      version: 'C1234567',
      certificate: '证件齐全，2026年11月30日补交 3 份，共 1200 元',
    };
    expect(masked(value)).toEqual({ value, masked: false });
  });
});

describe('due', () => {
  // 2026-11-22 17:00 UTC is already the 23rd in Shanghai.
  const now = new Date('2026-11-22T17:00:00.000Z');
  it.each([
    ['overdue', undefined, '2026-11-22T17:00:00.000Z'],
    ['today', now.toISOString(), '2026-11-23T15:59:59.999Z'],
    ['week', now.toISOString(), '2026-11-29T17:00:00.000Z'],
    ['2026-11-30', undefined, '2026-11-30T15:59:59.999Z'],
    ['2026-11-30T10:00:00+08:00', undefined, '2026-11-30T02:00:00.000Z'],
  ])('%s is from %s until %s', (due, from, until) =>
    expect(dueRange(due, now, 'Asia/Shanghai')).toEqual({ ...(from !== undefined && { from }), until }),
  );

  it('ends its days where the facility is', () => {
    expect(dueRange('2026-07-01', now, 'Europe/Berlin')).toEqual({ until: '2026-07-01T21:59:59.999Z' });
  });
});

describe('the journal in words', () => {
  const line = { _id: 'i#1', instance: 'i', n: 1, at: 't', element: 'Accept', elementName: '受理投诉' };
  const people = { 'cs-director-bj': '韩立群', 'handler-bj': '何静怡' };

  it('names people and elements, in Chinese and English', () => {
    const done = { ...line, kind: 'task-completed', by: { id: 'cs-director-bj' } };
    expect(journalSentence(done, { people })).toEqual({
      zh: '韩立群 办结“受理投诉”',
      en: '"受理投诉" completed by 韩立群',
    });
    const assigned = { ...line, kind: 'task-assigned', by: { id: 'cs-director-bj' }, data: { assignee: 'handler-bj' } };
    expect(journalSentence(assigned, { people }).zh).toBe('韩立群 把“受理投诉”交给 何静怡');
    expect(staffIn(assigned)).toEqual(['cs-director-bj', 'handler-bj']);
  });

  it('says what was decided, by the labels of the form, and amounts in yuan', () => {
    const plan = {
      englishNames: { Accept: 'Approve the plan' },
      elements: { Accept: { kind: 'userTask', user: { formId: 'approval' } } },
      forms: {
        approval: {
          id: 'approval',
          fields: [
            { key: 'decision', type: 'choice', label: '审批意见', options: [{ value: 'approve', label: '同意' }] },
            { key: 'amountCents', type: 'number', label: '金额（分）' },
          ],
        },
      },
    } as unknown as Plan;
    const data = { names: ['decision', 'amountCents'], values: { decision: 'approve', amountCents: 123_456 } };
    const decided = { ...line, kind: 'task-completed', by: { id: 'cs-director-bj' }, data };
    expect(journalSentence(decided, { people, plan })).toEqual({
      zh: '韩立群 办结“受理投诉”，审批意见：同意；金额：¥1,234.56',
      en: '"Approve the plan" completed by 韩立群, 审批意见: 同意; 金额: ¥1,234.56',
    });
    const english = { 审批意见: 'Decision', 同意: 'Approve', '金额（分）': 'Amount (cents)' };
    const schemas = new Map([['approval', { components: [], english }]]);
    expect(journalSentence(decided, { people, plan, schemas })).toEqual({
      zh: '韩立群 办结“受理投诉”，审批意见：同意；金额：¥1,234.56',
      en: '"Approve the plan" completed by 韩立群, Decision: Approve; Amount: ¥1,234.56',
    });
    expect(topicOf(decided)).toBe('decision');
    expect(topicOf({ ...decided, data: { names: [] } })).toBe('act');
  });

  it('names a time limit as the drawing does in each language, and in Chinese where it has no other name', () => {
    const timer = (limit: object) => ({ kind: 'boundaryEvent', events: [{ type: 'timer', limit }] });
    const plan = {
      elements: {
        Late: timer({ id: 'closure', name: '结案时限', englishName: 'Closure deadline' }),
        Slow: timer({ id: 'reply', name: '回复时限' }),
      },
    } as unknown as Plan;
    const missed = { ...line, kind: 'limit-breached', data: { limit: 'closure', name: '结案时限' } };
    expect(journalSentence(missed, { plan })).toEqual({ zh: '超过结案时限', en: 'Missed: Closure deadline' });
    const met = { ...line, kind: 'limit-met', data: { limit: 'reply', name: '回复时限' } };
    expect(journalSentence(met, { plan })).toEqual({ zh: '守住回复时限', en: 'Met: 回复时限' });
  });

  it('says which decision was made, and by how many rules', () => {
    const rule = { index: 1, id: 'rule1' };
    const tables = [
      { element: 'who', table: 'a', rules: [rule] },
      { element: 'amount', table: 'b', rules: [rule, rule] },
    ];
    const made = { ...line, kind: 'decision-made', data: { decision: 'who', tables } };
    expect(journalSentence(made, { people })).toEqual({
      zh: '“受理投诉”用决策“who”得出结果，命中 3 条规则',
      en: 'Decision "who" made at "受理投诉", 3 rules matched',
    });
    const plain = { ...made, data: { decision: 'who', tables: [] } };
    expect(journalSentence(plain, { people }).zh).toBe('“受理投诉”用决策“who”得出结果');
  });

  it('has words for every kind people read', () => {
    for (const kind of kindsForPeople) expect(journalSentence({ ...line, kind }, {}).zh).not.toMatch(kind);
  });
});

describe('message start events', () => {
  it('are those of the process itself, by the constant name of their message', () => {
    const start = (id: string, parent: string, name: Expression): PlanElement => ({
      kind: 'startEvent',
      id,
      parent,
      incoming: [],
      outgoing: [],
      interrupting: true,
      parallelMultiple: false,
      events: [{ type: 'message', name }],
    });
    const elements = {
      S: start('S', 'p', { literal: 'visit-ended' }),
      Inner: start('Inner', 'EventSubProcess', { literal: 'withdrawn' }),
      Computed: start('Computed', 'p', { feel: '"visit-" + kind' }),
    };
    const plan: Plan = { format: 1, key: 'p', name: 'p', elements, flows: {}, forms: {} };
    expect(messageStartsOf(plan)).toEqual([{ name: 'visit-ended', element: 'S' }]);
  });
});

describe('the settings', () => {
  it('have defaults, and an empty variable counts as none', () => {
    expect(readConfig({ ...testKeyVariables, CARELOOP_API_PORT: '' })).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      allowTimeScale: false,
    });
    expect(readConfig({ ...testKeyVariables, CARELOOP_ALLOW_TIME_SCALE: '1' }).allowTimeScale).toBe(true);
  });

  it('that make no sense are refused with the name of the variable', () => {
    expect(() => readConfig({ ...testKeyVariables, CARELOOP_API_PORT: 'eighty' })).toThrow('CARELOOP_API_PORT');
    expect(() => readConfig({})).toThrow('CARELOOP_ACTING_KEYS');
  });
});

describe('what cannot be kept', () => {
  const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });
  it.each([
    [{ list: ['ok', 'a\u0000'] }, 'body.list.1', 'bad_text'],
    [{ 'a\u0000b': 1 }, 'body', 'bad_text'],
    [{ text: '\ud83d' }, 'body.text', 'bad_text'],
    [JSON.parse('{"v":{"__proto__":1}}'), 'body.v.__proto__', 'bad_name'],
    [deep(maxLevels + 1), `body${'.a'.repeat(maxLevels)}`, 'too_deep'],
  ])('is reported with its place: %j', (value, path, code) =>
    expect(unstorable(value, 'body')).toMatchObject({ path, code }),
  );

  it('is not what people write: Chinese, emoji, numbers, nothing', () => {
    expect(unstorable({ 张三: ['🧑‍⚕️', 1.5, null, {}], deep: deep(maxLevels - 1) }, 'body')).toBeUndefined();
  });
});
