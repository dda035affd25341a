import { expect, test } from 'vitest';
import { rolesIn, withPeople } from '../src/forms/form-people.ts';

const form = {
  type: 'default',
  components: [
    { type: 'textfield', key: 'owner', label: '负责人', properties: { people: '*' } },
    {
      type: 'group',
      components: [
        { type: 'textfield', key: 'carrier', properties: { people: 'porter,nurse' } },
        { type: 'textfield', key: 'note' },
      ],
    },
  ],
};

test('a text that holds a staff id is a choice among colleagues, wherever it stands in the form', () => {
  expect(rolesIn(form)).toEqual(['*', 'porter,nurse']);
  const shown = withPeople(form, new Map([['porter,nurse', [{ id: 'he', name: '何静怡' }]]]));
  expect(shown).toMatchObject({
    components: [
      { type: 'textfield', key: 'owner' },
      {
        components: [
          { type: 'select', searchable: true, key: 'carrier', values: [{ value: 'he', label: '何静怡' }] },
          { type: 'textfield', key: 'note' },
        ],
      },
    ],
  });
});
