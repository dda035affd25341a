/** What a complaint needs in an empty database: its definition, a facility, its calendar and rules. */
import { createHash } from 'node:crypto';
import { chinaCalendar } from '../../engine/time/china.ts';
import { saveDefinition } from '../../store/definitions/definitions.ts';
import { saveCalendar } from '../../store/organisation/calendars.ts';
import { saveFacility } from '../../store/organisation/facilities.ts';
import { saveRules } from '../../store/organisation/rule-sets.ts';
import { diagramOf, planOf, ruleSets } from '../../tests/support/shipped.ts';

export async function deployComplaint(): Promise<void> {
  const calendar = chinaCalendar();
  await saveCalendar(calendar);
  const place = { _id: 'BJ', name: '北京', englishName: 'Beijing', region: 'beijing', zone: 'Asia/Shanghai' };
  await saveFacility({ ...place, calendar: calendar.id });
  for (const rules of ruleSets()) await saveRules(rules as Parameters<typeof saveRules>[0]);
  const plan = await planOf('complaint');
  const hash = createHash('sha256').update(JSON.stringify(plan)).digest('hex');
  const xml = diagramOf('complaint');
  await saveDefinition({
    process: plan.key,
    name: plan.name,
    hash,
    xmlHash: createHash('sha256').update(xml).digest('hex'),
    xml,
    plan: JSON.stringify(plan),
    messageStarts: [],
    warnings: [],
    deployedAt: new Date().toISOString(),
    deployedBy: 'ops',
  });
}
