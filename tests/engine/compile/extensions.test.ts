/** Every extension of the usual modeler has a fate: executed, harmless, or refused with a sentence. */
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { extensionRegistry } from '../../../engine/compile/extension-registry.ts';
import { around, diagramXml, errorsOf, extensions, problemsOf } from './builders.ts';

interface Descriptor {
  types: { name: string; superClass?: string[]; properties?: { name: string }[]; extends?: string[] }[];
}
const { types } = createRequire(import.meta.url)('zeebe-bpmn-moddle/resources/zeebe.json') as Descriptor;
const attributesOf = (name: string): string[] =>
  types.flatMap((type) => (type.name === name ? (type.properties ?? []).map((property) => property.name) : []));

describe('the registry of extensions', () => {
  it('knows every type and attribute that the modeler can write, and no other', () => {
    const written = types.flatMap(({ name, superClass }) => {
      // What extends other types of Zeebe is listed with each of them.
      if (name === 'BindingTypeSupported') return [];
      const own = attributesOf(name).map((attribute) => `${name}.${attribute}`);
      const supported = types.find((type) => type.name === 'BindingTypeSupported')?.extends?.includes(`zeebe:${name}`);
      const bound = supported ? ['bindingType', 'versionTag'].map((attribute) => `${name}.${attribute}`) : [];
      const inherited = superClass?.includes('InputOutputParameter') ? [] : undefined;
      return own.length + bound.length > 0 ? [...own, ...bound] : (inherited ?? [name]);
    });
    expect(Object.keys(extensionRegistry).sort()).toEqual([...new Set(written)].sort());
  });
});

const service = (inside: string): string =>
  diagramXml(
    around(`<bpmn:serviceTask id="A">${extensions(`<zeebe:taskDefinition type="x"/>${inside}`)}</bpmn:serviceTask>`),
  );

describe('what is refused says why', () => {
  it.each([
    ['linked resources', '<zeebe:linkedResources><zeebe:linkedResource resourceId="r"/></zeebe:linkedResources>'],
    ['agents', '<zeebe:agentDefinition agentType="a"/>'],
  ])('%s', async (_, inside) => {
    const [problem] = await problemsOf(service(inside));
    expect(problem).toMatchObject({ severity: 'error', code: 'unsupported-extension', element: 'A' });
    expect(problem?.message).toMatch(/are not executed/);
  });

  it('half of what collects the results of an ad-hoc subprocess', async () => {
    for (const half of ['outputCollection="all"', 'outputElement="=one"']) {
      const inside = `${extensions(`<zeebe:adHoc ${half}/>`)}<bpmn:task id="T"/>`;
      const xml = diagramXml(around(`<bpmn:adHocSubProcess id="A">${inside}</bpmn:adHocSubProcess>`));
      expect(await errorsOf(xml)).toEqual(['incomplete-collection A']);
    }
  });

  const conditional = (filter: string): string =>
    diagramXml(
      around(
        `<bpmn:intermediateCatchEvent id="A"><bpmn:conditionalEventDefinition>${extensions(filter)}<bpmn:condition>=a &gt; b</bpmn:condition></bpmn:conditionalEventDefinition></bpmn:intermediateCatchEvent>`,
      ),
    );
  it('a filter of a condition that would let it occur less often', async () => {
    expect(await errorsOf(conditional('<zeebe:conditionalFilter variableNames="a"/>'))).toEqual([
      'unsupported-extension A',
    ]);
    expect(await errorsOf(conditional('<zeebe:conditionalFilter variableEvents="create"/>'))).toEqual([
      'unsupported-extension A',
    ]);
    expect(
      await errorsOf(conditional('<zeebe:conditionalFilter variableNames="a, b" variableEvents="create, update"/>')),
    ).toEqual([]);
  });
});

it('what is harmless is said as a warning', async () => {
  const problems = await problemsOf(service('<zeebe:jobPriorityDefinition priority="5"/>'));
  expect(problems).toMatchObject([{ severity: 'warning', code: 'ignored-extension', element: 'A' }]);
  expect(problems[0]?.message).toContain('queue');
});
