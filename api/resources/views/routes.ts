/** Saved views of lists, private to each person. A view is shared as its URL; the recipient sees what they may see. */
import { listViews, removeView, type SavedView, saveView, viewIdOf } from '../../../store/organisation/views.ts';
import { invalid, notFound } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { viewBody, viewList, viewParams, viewsQuery } from './schemas.ts';

const tag = 'Views';
const most = 100;

const viewOf = (view: SavedView) => {
  const { page, name, query, updatedAt } = view;
  return { id: viewIdOf(view), page, name, query, updatedAt };
};

export function viewRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/views',
      access: 'staff',
      tag,
      summary: 'My saved views of lists, by name',
      query: viewsQuery,
      answers: { 200: { description: 'They.', schema: viewList } },
      async handle({ query }, { person }) {
        return { body: { items: (await listViews(person.id, query.page)).map(viewOf) } };
      },
    }),
    route({
      key: 'PUT /api/views/{id}',
      access: 'staff',
      tag,
      summary: 'Save a view, or replace the one of this id',
      params: viewParams,
      body: { schema: viewBody },
      answers: { 204: { description: 'Saved.' } },
      async handle({ params, body }, { person }) {
        if (await saveView(person.id, params.id, body, most)) return { status: 204 };
        const message = `You have ${most} views; delete one of them first.`;
        throw invalid([{ path: 'body', code: 'too_many_views', message }], 422);
      },
    }),
    route({
      key: 'DELETE /api/views/{id}',
      access: 'staff',
      tag,
      summary: 'Delete a view of mine',
      params: viewParams,
      answers: { 204: { description: 'It is gone.' } },
      async handle({ params }, { person }) {
        if (!(await removeView(person.id, params.id))) throw notFound(`view ${params.id}`);
        return { status: 204 };
      },
    }),
  ];
}
