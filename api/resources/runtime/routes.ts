/** Runtime status for operators: workers, projection lag, and links to Temporal's UI. */
import { listRoles } from '../../../store/organisation/roles.ts';
import { rowDelays } from '../../../store/runtime/row-delays.ts';
import type { Deps } from '../../http/deps.ts';
import { type Route, route } from '../../http/route.ts';
import { operators } from '../../http/route-policy.ts';
import { runtimeSchema } from './schemas.ts';

export function runtimeRoutes({ processes, config }: Deps): Route[] {
  return [
    route({
      key: 'GET /api/runtime',
      access: operators,
      tag: 'Health',
      summary: 'Workers, projection lag, and links into Temporal’s UI',
      answers: { 200: { description: 'As it is now.', schema: runtimeSchema } },
      async handle() {
        const [workers, rows, roles] = await Promise.all([
          processes.pollers().catch(() => null),
          rowDelays(),
          listRoles(),
        ]);
        const [ui] = config.codec.origins;
        const { namespace, taskQueue } = config.temporal;
        const temporal = ui && {
          address: `${ui}/namespaces/${encodeURIComponent(namespace)}/workflows`,
          queries: readyQueries(roles.map((one) => one._id)),
        };
        return { body: { at: new Date().toISOString(), taskQueue, workers, rows, ...(temporal && { temporal }) } };
      },
    }),
  ];
}

/** By the search attributes of instances (docs/operations.md#seeing-what-goes-on). */
function readyQueries(roles: string[]): { code: string; query: string }[] {
  const running = "ExecutionStatus = 'Running'";
  return [
    { code: 'stuck', query: `${running} AND Incident IS NOT NULL` },
    { code: 'overdue', query: `${running} AND Overdue = true` },
    ...roles.map((role) => ({ code: `role:${role}`, query: `${running} AND WaitingFor = '${role}'` })),
  ];
}
