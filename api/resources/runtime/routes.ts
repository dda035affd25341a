/** For operators: whether workers are there, how far the rows are behind, and the way to Temporal's own pages. */
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
      summary: 'Workers, how far the rows are behind, and ready-made queries for the UI of Temporal',
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

/** By search attributes that instances carry (docs/operations.md#seeing-what-goes-on). */
function readyQueries(roles: string[]): { code: string; query: string }[] {
  const running = "ExecutionStatus = 'Running'";
  return [
    { code: 'stuck', query: `${running} AND Incident IS NOT NULL` },
    { code: 'overdue', query: `${running} AND Overdue = true` },
    ...roles.map((role) => ({ code: `role:${role}`, query: `${running} AND WaitingFor = '${role}'` })),
  ];
}
