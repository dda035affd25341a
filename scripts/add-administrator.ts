/**
 * `./careloop add-administrator ID NAME`: the way into an installation in which nobody can administer yet, or any more. Whoever may write to
 * the database may do so anyway; here it is done in the right way. Prints a token by which the person sets a password.
 */
import { randomBytes } from 'node:crypto';
import { sha256 } from '../api/http/digest.ts';
import { connectStore, disconnectStore } from '../store/db/connection.ts';
import { savePasswordLink } from '../store/organisation/password-links.ts';
import { saveRole } from '../store/organisation/roles.ts';
import { findStaff, saveStaff } from '../store/organisation/staff.ts';
import { recordCommand } from './seed/command-audit.ts';
import { readRoles } from './seed/organisation-files.ts';

const hours = 24;

async function main([id, name]: string[]): Promise<void> {
  if (!id || !/^[a-z0-9][a-z0-9._-]{0,49}$/.test(id) || !name)
    throw new Error(
      'Give an id in small letters, digits, dots and hyphens, and a name: ./careloop add-administrator chen 陈守一',
    );
  const all = await readRoles();
  const role = all.find(({ duties, gives = [] }) => duties.includes('administer') && gives.includes('*'));
  if (!role) throw new Error('No role of definitions/organisation/roles.json gives all roles ("gives": ["*"]).');
  await connectStore(process.env['MONGODB_URI'] ?? 'mongodb://127.0.0.1:27017/careloop?directConnection=true');
  try {
    for (const { id: _id, ...one } of all) await saveRole({ _id, ...one });
    const before = await findStaff(id);
    const others = before?.roles.filter((held) => held.role !== role.id || held.facility !== '*') ?? [];
    const roles = [...others, { role: role.id, facility: '*' }];
    await saveStaff({ _id: id, name, roles, passwordHash: before?.passwordHash ?? '', active: true });
    await recordCommand('careloop add-administrator', { kind: 'staff', id });
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(Date.now() + hours * 3_600_000);
    await savePasswordLink({ _id: sha256(token), staff: id, by: 'command-line', expiresAt });
    console.log(`${name} (${id}) administers the whole group. Within ${hours} hours, once:`);
    console.log(`  POST /api/password {"token": "${token}", "password": "…"}`);
  } finally {
    await disconnectStore();
  }
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
