/** GET /api/roles: names and purposes of the roles. */
import { listRoles } from '../../../store/organisation/roles.ts';
import { type Route, route } from '../../http/route.ts';
import { roleList } from './schemas.ts';

export function roleRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/roles',
      access: 'staff',
      tag: 'Staff',
      summary: 'The roles of the group, by id',
      answers: { 200: { description: 'All roles.', schema: roleList } },
      async handle() {
        const roles = await listRoles();
        return { body: { items: roles.map(({ _id: id, ...role }) => ({ id, ...role })) } };
      },
    }),
  ];
}
