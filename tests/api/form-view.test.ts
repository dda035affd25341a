/** What `GET /api/tasks/{id}` tells of a form. */
import { describe, expect, it } from 'vitest';
import { formView, variablesShown } from '../../api/resources/forms/form-view.ts';
import { formSchema } from '../../api/resources/forms/schemas.ts';
import type { Variables } from '../../engine/model/plan.ts';
import { type Component, contextOf, formOf } from '../engine/forms/support.ts';

const components: Component[] = [
  { type: 'text', id: 'Intro', text: '="For " + applicant' },
  { type: 'textfield', key: 'applicant', label: '申请人', readonly: true, description: '工号' },
  { type: 'select', key: 'bed', label: '床位', valuesExpression: '=beds[free].id' },
  { type: 'taglist', key: 'wards', label: '病区', valuesKey: 'allWards' },
  { type: 'number', key: 'days', label: '天数', defaultValue: 1, validate: { required: true, max: '=most' } },
  { type: 'textarea', key: 'reason', label: '理由', conditional: { hide: '=days < 3' }, readonly: '=closed' },
  { type: 'group', path: 'address', label: '地址', components: [{ type: 'textfield', key: 'city', label: '城市' }] },
  {
    type: 'dynamiclist',
    path: 'items',
    label: '物品',
    components: [{ type: 'textfield', key: 'name', label: '名称', conditional: { hide: '=this.gone' } }],
  },
  { type: 'table', id: 'Past', dataSource: '=earlier', columns: [] },
  { type: 'html', id: 'Note', content: 'Since {{since}}' },
  { type: 'separator', id: 'Line' },
];
const schema = { type: 'default', id: 'f', components };
const variables: Variables = {
  applicant: 'hr-bj',
  beds: [
    { id: 'A1', free: true },
    { id: 'A2', free: false },
  ],
  allWards: [{ value: 'w1', label: '一病区' }],
  most: 9,
  closed: true,
  address: { city: '北京' },
  items: [{ name: '表' }],
  earlier: [],
  since: '2026-11-01',
  salary: 1,
};

const viewOf = async () => {
  const form = await formOf(...components);
  return { form, view: formView(form, schema, contextOf(form, variables)) };
};

describe('a form', () => {
  it('is described with every component in its order, values, defaults, options and what is read-only or hidden now', async () => {
    const { view } = await viewOf();
    expect(view.fields).toMatchObject([
      { component: 'text', text: 'For hr-bj', hidden: false },
      { key: 'applicant', readonly: true, value: 'hr-bj', label: '申请人', description: '工号' },
      { key: 'bed', type: 'choice', options: [{ value: 'A1', label: 'A1' }] },
      { key: 'wards', type: 'choices', options: [{ value: 'w1', label: '一病区' }] },
      { key: 'days', required: true, default: 1, max: 9, readonly: false },
      { key: 'reason', hidden: true, hiddenWhen: 'days < 3', readonly: true, readonlyWhen: 'closed' },
      { component: 'group', label: '地址', fields: [{ key: 'address.city', value: '北京' }] },
      {
        key: 'items',
        value: [{ name: '表' }],
        rowsCanChange: false,
        fields: [{ key: 'name', hiddenWhen: 'this.gone' }],
      },
      { component: 'table' },
      { component: 'html', content: 'Since 2026-11-01' },
      { component: 'separator' },
    ]);
    expect(formSchema.parse(view)).toEqual(view);
  });

  it('comes with the schema as it was deployed', async () => {
    expect((await viewOf()).view.schema).toBe(schema);
  });

  it('shows the variables of its fields and those it reads, and no others', async () => {
    const { form } = await viewOf();
    const { salary: _, ...shown } = variables;
    expect(variablesShown(form, schema, variables)).toEqual(shown);
  });

  it('is told as far as the plan knows it where nothing runs', async () => {
    const { form } = await viewOf();
    const { fields, ...rest } = formView(form, undefined);
    expect(rest).toEqual({ id: 'f' });
    expect(fields.map(({ key }) => key)).toContain('address.city');
    expect(fields.find(({ key }) => key === 'bed')?.options).toBeUndefined();
  });
});
