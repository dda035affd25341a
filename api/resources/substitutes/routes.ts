/** Substitutes of absent people: set by the person, or by an administrator if the person cannot. */
import { findNames } from '../../../store/organisation/staff.ts';
import { findRepresented, listSubstitutes, type Substitute } from '../../../store/organisation/substitutes.ts';
import { type Route, route } from '../../http/route.ts';
import { administrators } from '../../http/route-policy.ts';
import { administeredStaff, visibleStaff } from '../staff/access.ts';
import { staffParams } from '../staff/schemas.ts';
import { zoneFor } from '../tasks/task-filter.ts';
import { ownSubstitutesSchema, substitutesBody, substitutesSchema } from './schemas.ts';
import { setSubstitutes } from './set-substitutes.ts';

const tag = 'Substitutes';
const whatItMeans =
  'Substitutes find the absent person’s tasks in their inbox and take them over under their own name: tasks of a role ' +
  'only if they hold it too, others as if they were named. Replaces the previous list.';

export function substituteRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/me/substitutes',
      access: 'staff',
      tag,
      summary: 'My substitutes, and the people I substitute',
      answers: { 200: { description: 'In the order given.', schema: ownSubstitutesSchema } },
      async handle(_input, { person }) {
        const [items, represented] = await Promise.all([listSubstitutes(person.id), findRepresented(person.id)]);
        const names = await findNames(represented);
        const shown = represented.map((id) => ({ id, ...(names[id] !== undefined && { name: names[id] }) }));
        return { body: { items: await shownOf(items), represented: shown } };
      },
    }),
    route({
      key: 'PUT /api/me/substitutes',
      access: 'staff',
      tag,
      summary: 'Set my substitutes during an absence',
      description: whatItMeans,
      body: { schema: substitutesBody },
      answers: { 200: { description: 'As it is now.', schema: substitutesSchema } },
      async handle({ body }, { person }) {
        const away = { _id: person.id, roles: person.roles };
        const items = await setSubstitutes(away, body.items, await zoneFor(person));
        return { body: { items: await shownOf(items) } };
      },
    }),
    route({
      key: 'GET /api/staff/{id}/substitutes',
      access: administrators,
      tag,
      summary: 'Substitutes of a person',
      params: staffParams,
      answers: { 200: { description: 'In the order given.', schema: substitutesSchema } },
      async handle({ params }, { person }) {
        const { _id } = await visibleStaff(params.id, person);
        return { body: { items: await shownOf(await listSubstitutes(_id)) } };
      },
    }),
    route({
      key: 'PUT /api/staff/{id}/substitutes',
      access: administrators,
      tag,
      summary: 'Set the substitutes of an absent person',
      description: whatItMeans,
      params: staffParams,
      body: { schema: substitutesBody },
      answers: { 200: { description: 'As it is now.', schema: substitutesSchema } },
      async handle({ params, body }, { person }) {
        const staff = await administeredStaff(params.id, person);
        const zone = await zoneFor({ id: staff._id, name: staff.name, roles: staff.roles });
        return { body: { items: await shownOf(await setSubstitutes(staff, body.items, zone)) } };
      },
    }),
  ];
}

async function shownOf(items: Substitute[]) {
  const names = await findNames(items.map((one) => one.substitute));
  return items.map(({ substitute, from, until }) => {
    const name = names[substitute];
    return { substitute, ...(name !== undefined && { name }), from, until };
  });
}
