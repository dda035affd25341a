/**
 * Makes an installation usable: facilities, calendar, rule sets, demo staff of every role, payments to refund, and all shipped
 * definitions. As often as one likes: what is there already stays. Prints the logins as JSON.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { hashPassword, verifyPassword } from '../api/http/passwords.ts';
import { type DeployedDefinition, deploy } from '../api/resources/definitions/deployment.ts';
import { chinaCalendar } from '../engine/time/china.ts';
import { connectStore, disconnectStore } from '../store/db/connection.ts';
import { saveCalendar } from '../store/organisation/calendars.ts';
import { type Facility, saveFacility } from '../store/organisation/facilities.ts';
import type { RoleAt } from '../store/organisation/role-at.ts';
import { saveRules } from '../store/organisation/rule-sets.ts';
import { findStaff, saveStaff } from '../store/organisation/staff.ts';
import { countRefundable, savePayment } from '../store/processes/refund/payments.ts';
import { filesOf, readDefinition } from './definition-files.ts';

const root = resolve(import.meta.dirname, '..');

export interface SeedOptions {
  /** Password of all demo staff. */
  password: string;
  /** Where the definitions lie (definitions/). */
  definitions?: string;
}

export interface Login {
  username: string;
  password: string;
  name: string;
  roles: string[];
  facilities: string[];
}

export interface Seeded {
  logins: Login[];
  definitions: DeployedDefinition[];
}

const facilities: Facility[] = [
  { _id: 'BJ', name: '北京', englishName: 'Beijing', region: 'beijing', zone: 'Asia/Shanghai', calendar: 'china' },
  { _id: 'SH', name: '上海', englishName: 'Shanghai', region: 'elsewhere', zone: 'Asia/Shanghai', calendar: 'china' },
  { _id: 'CD', name: '成都', englishName: 'Chengdu', region: 'elsewhere', zone: 'Asia/Shanghai', calendar: 'china' },
];

/** Ids of staff: `<role>-<facility>`, with a second president so that two can decide at once. All people are invented. */
const facilityStaff = [
  { id: 'intake', role: 'intake', names: ['苏小雨', '顾青禾', '罗一诺'] },
  { id: 'consultant', role: 'consultant', names: ['沈佳宁', '陆思远', '唐可心'] },
  { id: 'handler', role: 'handler', names: ['何静怡', '程雨桐', '邓子涵'] },
  { id: 'cs-director', role: 'cs-director', names: ['韩立群', '许文博', '谢明远'] },
  { id: 'department-head', role: 'department-head', names: ['郑海峰', '吴建国', '冯志强'] },
  { id: 'president', role: 'president', names: ['宋致远', '孟宪章', '高云鹏'] },
  { id: 'president2', role: 'president', names: ['梁慧敏', '姜雪梅', '余秋实'] },
  { id: 'medical-affairs', role: 'medical-affairs', names: ['彭子安', '蒋知行', '叶知秋'] },
  { id: 'finance', role: 'finance', names: ['杜若兰', '魏清源', '曾静姝'] },
  { id: 'cashier', role: 'cashier', names: ['丁晓晨', '任欣然', '袁书怡'] },
  { id: 'callback', role: 'callback', names: ['方晴', '石磊', '龙婷'] },
  { id: 'member-manager', role: 'member-manager', names: ['傅雅琴', '白若溪', '秦月'] },
];
const groupStaff = [
  { id: 'cs-general-director', name: '贺兰亭' },
  { id: 'group-medical-affairs', name: '严复生' },
  { id: 'gm-office', name: '田园' },
  { id: 'gm', name: '常胜' },
  { id: 'legal', name: '康正' },
  { id: 'hr', name: '文静' },
  { id: 'ops', name: '于洋' },
];

/** @param options the store must be connected */
export async function seed(options: SeedOptions): Promise<Seeded> {
  for (const facility of facilities) await saveFacility(facility);
  await saveCalendar(chinaCalendar());
  const folder = options.definitions ?? join(root, 'definitions');
  await seedRules(join(folder, 'rules'));
  const logins = await seedStaff(options.password);
  for (const { _id } of facilities) await seedPayments(_id);
  return { logins, definitions: await deployAll(folder) };
}

const ruleFile = z.object({
  key: z.string(),
  name: z.string(),
  region: z.string(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().optional(),
  version: z.number().int().positive(),
  rules: z.record(z.string(), z.unknown()),
});

async function seedRules(folder: string): Promise<void> {
  for (const name of await filesOf(folder, '.json'))
    await saveRules(ruleFile.parse(JSON.parse(await readFile(join(folder, name), 'utf8'))));
}

async function seedStaff(password: string): Promise<Login[]> {
  const people: { id: string; name: string; roles: RoleAt[] }[] = [
    ...facilities.flatMap(({ _id: facility }, index) =>
      facilityStaff.map(({ id, role, names }) => ({
        id: `${id}-${facility.toLowerCase()}`,
        name: names[index] ?? id,
        roles: [{ role, facility }],
      })),
    ),
    ...groupStaff.map(({ id, name }) => ({ id, name, roles: [{ role: id, facility: '*' }] })),
  ];
  // Hashing is slow on purpose: whoever has this password already keeps the digest. All demo staff got theirs together.
  const first = people[0] && (await findStaff(people[0].id));
  const unchanged = first ? await verifyPassword(password, first.passwordHash) : false;
  for (const { id, name, roles } of people) {
    const existing = unchanged ? await findStaff(id) : null;
    if (!existing) await saveStaff({ _id: id, name, roles, passwordHash: await hashPassword(password), active: true });
  }
  return people.map(({ id, name, roles }) => ({
    username: id,
    password,
    name,
    roles: roles.map((one) => one.role),
    facilities: roles.map((one) => one.facility),
  }));
}

const items = [
  '隆鼻手术',
  '玻尿酸填充',
  '光子嫩肤疗程',
  '双眼皮手术',
  '吸脂手术',
  '水光针疗程',
  '牙齿美白',
  '年度护肤套餐',
];
/** Yuan: from a treatment to what needs the general director (above 20,000) and the gm (above 50,000). */
const amounts = [680, 1980, 3800, 6800, 12_800, 19_800, 28_000, 46_000, 58_000, 88_000];
const refundableAtLeast = 60;

/** Payments that can still be refunded, more of them when the demo has used some up. */
async function seedPayments(facility: string): Promise<void> {
  const { total, refundable } = await countRefundable(facility);
  for (let n = total + 1; n <= total + refundableAtLeast - refundable; n++) {
    await savePayment({
      _id: `PAY-${facility}-${String(n).padStart(4, '0')}`,
      facility,
      item: items[n % items.length] ?? '疗程',
      method: n % 3 === 0 ? 'cash' : 'card',
      paidAt: '2026-06-01T02:00:00.000Z',
      paidCents: (amounts[n % amounts.length] ?? 1980) * 100,
    });
  }
}

async function deployAll(folder: string): Promise<DeployedDefinition[]> {
  const deployed: DeployedDefinition[] = [];
  const folders = (await readdir(folder, { withFileTypes: true })).filter((one) => one.isDirectory());
  for (const { name } of folders.sort((a, b) => (a.name < b.name ? -1 : 1)))
    for (const definition of await filesOf(join(folder, name), '.bpmn'))
      deployed.push(...(await deployFile(join(folder, name), definition)));
  return deployed;
}

async function deployFile(folder: string, file: string): Promise<DeployedDefinition[]> {
  const deployment = await deploy(await readDefinition(join(folder, file)), 'ops', new Date().toISOString());
  if (deployment.ok) return deployment.definitions;
  const problems = deployment.problems.filter((one) => one.severity === 'error');
  const lines = problems.map((one) => `  ${one.element ?? ''} ${one.message} ${one.hint ?? ''}`);
  throw new Error(`${join(folder, file)} cannot be deployed:\n${lines.join('\n')}`);
}

/** From the environment; otherwise one of this installation's own, made once and readable only by its user. */
export async function demoPassword(
  env: NodeJS.ProcessEnv,
  file = join(root, '.local', 'demo-password'),
): Promise<string> {
  const given = env['CARELOOP_DEMO_PASSWORD'];
  if (given) return given;
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (kept) return kept;
  const made = randomBytes(9).toString('base64url');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${made}\n`, { mode: 0o600 });
  return made;
}

async function main(): Promise<void> {
  const uri = process.env['MONGODB_URI'] ?? 'mongodb://127.0.0.1:27017/careloop?directConnection=true';
  await connectStore(uri);
  try {
    console.log(JSON.stringify(await seed({ password: await demoPassword(process.env) }), null, 2));
  } finally {
    await disconnectStore();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
