/** The organisation as it is shipped: roles, facilities and invented staff for demos (definitions/organisation/). */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const shipped = resolve(import.meta.dirname, '../../definitions');

const roles = z.array(
  z.strictObject({
    id: z.string(),
    name: z.string(),
    englishName: z.string(),
    scope: z.enum(['facility', 'group']),
    duties: z.array(z.enum(['operate', 'oversee', 'inform', 'care', 'supply', 'audit', 'administer'])),
    gives: z.array(z.string()).optional(),
  }),
);

const facilities = z.array(
  z.strictObject({
    code: z.string(),
    name: z.string(),
    englishName: z.string(),
    region: z.string(),
    zone: z.string(),
    calendar: z.string(),
  }),
);

const ruleNames = z.array(z.strictObject({ path: z.string(), name: z.string(), englishName: z.string() }));

/** One person per facility named, with the id `<id>-<facility>`, or one of the group. */
const demoStaff = z.array(
  z.union([
    z.strictObject({ id: z.string(), role: z.string(), names: z.record(z.string(), z.string()) }),
    z.strictObject({ id: z.string(), role: z.string(), name: z.string() }),
  ]),
);

async function read<T>(definitions: string, name: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(JSON.parse(await readFile(join(definitions, 'organisation', `${name}.json`), 'utf8')));
}

/** @param definitions the folder of definitions */
export const readRoles = (definitions = shipped) => read(definitions, 'roles', roles);
export const readFacilities = (definitions = shipped) => read(definitions, 'facilities', facilities);
export const readRuleNames = (definitions = shipped) => read(definitions, 'rule-names', ruleNames);
export const readDemoStaff = (definitions = shipped) => read(definitions, 'demo-staff', demoStaff);
