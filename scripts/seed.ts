/**
 * Makes an installation usable: roles, facilities, calendar, rule sets, demo staff of every role, demo data, and all shipped
 * definitions. Safe to repeat: what is there already stays. Prints the logins as JSON.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { compileHere } from '../api/compiler/compiler.ts';
import { hashPassword, verifyPassword } from '../api/http/passwords.ts';
import { type DeployedDefinition, deploy } from '../api/resources/definitions/deployment.ts';
import { deploymentTouches } from '../api/resources/definitions/deployment-money.ts';
import { operatorRole } from '../engine/model/roles.ts';
import { chinaCalendar } from '../engine/time/china.ts';
import { connectStore, disconnectStore } from '../store/db/connection.ts';
import { claimDatabase } from '../store/db/own-database.ts';
import { saveCalendar } from '../store/organisation/calendars.ts';
import { findFacility, saveFacility } from '../store/organisation/facilities.ts';
import type { RoleAt } from '../store/organisation/role-at.ts';
import { saveRole } from '../store/organisation/roles.ts';
import { saveRuleName } from '../store/organisation/rule-names.ts';
import { saveRules } from '../store/organisation/rule-sets.ts';
import { changeStaff, findStaff, saveStaff } from '../store/organisation/staff.ts';
import { filesOf, readDefinition } from './definition-files.ts';
import { recordCommand } from './seed/command-audit.ts';
import { readDemoStaff, readFacilities, readRoles, readRuleNames } from './seed/organisation-files.ts';
import { seedPatients } from './seed/patients/patients.ts';
import { demoData } from './seed/processes/index.ts';

const root = resolve(import.meta.dirname, '..');

export interface SeedOptions {
  /** Password of the demo staff; absent: no invented people and payments are put in. */
  password?: string;
  /** With patients and their past, too. */
  withPatients?: boolean;
  /** Where the definitions lie (definitions/). */
  definitions?: string;
  /** Definitions that move money need a second person: they are reported instead of deployed. */
  withoutMoney?: boolean;
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

/** @param options the store must be connected */
export async function seed(options: SeedOptions): Promise<Seeded> {
  const folder = options.definitions ?? join(root, 'definitions');
  for (const { id, ...role } of await readRoles()) await saveRole({ _id: id, ...role });
  const facilities = await readFacilities();
  for (const { code, ...facility } of facilities)
    if (!(await findFacility(code))) await saveFacility({ _id: code, ...facility });
  await saveCalendar(chinaCalendar());
  await seedRules(join(folder, 'rules'));
  for (const { path, ...names } of await readRuleNames()) await saveRuleName({ _id: path, ...names });
  const { password } = options;
  const logins = password === undefined ? [] : await seedStaff(password);
  if (options.withPatients) for (const facility of facilities) await seedPatients(facility, new Date());
  if (password !== undefined) for (const { code } of facilities) for (const seedOne of demoData) await seedOne(code);
  return { logins, definitions: await deployAll(folder, options.withoutMoney === true) };
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
  const people = await demoPeople();
  // Hashing is slow on purpose: they have one password, and so one digest.
  const first = people[0] && (await findStaff(people[0].id));
  const unchanged = first ? await verifyPassword(password, first.passwordHash) : false;
  const passwordHash = unchanged && first ? first.passwordHash : await hashPassword(password);
  for (const { id, name, roles } of people) {
    const existing = await findStaff(id);
    if (!existing) await saveStaff({ _id: id, name, roles, passwordHash, active: true, demo: true });
    else if (!unchanged) await changeStaff(existing, { passwordHash });
  }
  return people.map(({ id, name, roles }) => ({
    username: id,
    password,
    name,
    roles: roles.map((one) => one.role),
    facilities: roles.map((one) => one.facility),
  }));
}

/** Ids of a facility's staff: `<id>-<facility>`. */
async function demoPeople(): Promise<{ id: string; name: string; roles: RoleAt[] }[]> {
  const [staff, facilities] = await Promise.all([readDemoStaff(), readFacilities()]);
  const atFacilities = facilities.flatMap(({ code: facility }) =>
    staff.flatMap((one) => {
      const name = 'names' in one ? one.names[facility] : undefined;
      const id = `${one.id}-${facility.toLowerCase()}`;
      return name === undefined ? [] : [{ id, name, roles: [{ role: one.role, facility }] }];
    }),
  );
  const ofGroup = staff.flatMap((one) =>
    'name' in one ? [{ id: one.id, name: one.name, roles: [{ role: one.role, facility: '*' }] }] : [],
  );
  return [...atFacilities, ...ofGroup];
}

async function deployAll(folder: string, withoutMoney: boolean): Promise<DeployedDefinition[]> {
  const deployed: DeployedDefinition[] = [];
  const left: string[] = [];
  const folders = (await readdir(folder, { withFileTypes: true })).filter((one) => one.isDirectory());
  for (const { name } of folders.sort((a, b) => (a.name < b.name ? -1 : 1)))
    for (const definition of await filesOf(join(folder, name), '.bpmn'))
      if (withoutMoney && (await deploymentTouches(compileHere, await readDefinition(join(folder, name, definition)))))
        left.push(join(name, definition));
      else deployed.push(...(await deployFile(join(folder, name), definition)));
  if (left.length > 0)
    throw new Error(
      `These touch what moves money, and this database was not made by ./careloop start: ${left.join(', ')}. They are not deployed.\n` +
        'Propose and release them by two people (POST /api/proposals), or deploy them by your command: ./careloop deploy',
    );
  return deployed;
}

async function deployFile(folder: string, file: string): Promise<DeployedDefinition[]> {
  const deployment = await deploy(
    compileHere,
    await readDefinition(join(folder, file)),
    operatorRole,
    new Date().toISOString(),
  );
  if (deployment.ok) return deployment.definitions;
  const problems = deployment.problems.filter((one) => one.severity === 'error');
  const lines = problems.map((one) => `  ${one.element ?? ''} ${one.message} ${one.hint ?? ''}`);
  throw new Error(`${join(folder, file)} cannot be deployed:\n${lines.join('\n')}`);
}

/** From the environment; otherwise one of this installation's own, made once and readable only by its user. */
async function demoPassword(env: NodeJS.ProcessEnv, file = join(root, '.local', 'demo-password')): Promise<string> {
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
    const id = process.env['CARELOOP_DATABASE_ID'];
    const isOwn = id ? await claimDatabase(id) : false;
    const given = process.env['CARELOOP_DEMO_PASSWORD'];
    if (given && !isOwn)
      throw new Error(
        'CARELOOP_DEMO_PASSWORD is set, and this database was not made by ./careloop start: no demo people are put into it. Unset it.',
      );
    const commanded = process.argv.includes('--deploy');
    const seeded = await seed({
      ...(isOwn && !commanded && { password: await demoPassword(process.env), withPatients: true }),
      withoutMoney: !isOwn && !commanded,
    });
    if (commanded) {
      await recordCommand('careloop deploy', { kind: 'definitions' }, { definitions: seeded.definitions });
      console.log(
        seeded.definitions.map(({ key, version, created }) => `${key} ${version}${created ? ' (new)' : ''}`).join('\n'),
      );
      return;
    }
    console.log(JSON.stringify({ ...seeded, isOwn }, null, 2));
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
