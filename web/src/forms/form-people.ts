/** Text fields that hold a staff id (`properties.people` of the component): shown as a choice among colleagues at the facility. */

interface Component {
  type?: string;
  properties?: { people?: string };
  components?: Component[];
}

export interface Colleague {
  id: string;
  name: string;
}

/** The lists of roles that the fields of a form name, each once. */
export function rolesIn(schema: object): string[] {
  const found = new Set<string>();
  const walk = ({ type, properties, components }: Component): void => {
    if (type === 'textfield' && properties?.people) found.add(properties.people);
    for (const one of components ?? []) walk(one);
  };
  walk(schema as Component);
  return [...found];
}

/** The same form with those fields as choices. @param colleagues by the roles that a field names; where they are missing it stays a text */
export function withPeople(schema: object, colleagues: ReadonlyMap<string, readonly Colleague[]>): object {
  const convert = (component: Component): Component => {
    const people = component.type === 'textfield' ? component.properties?.people : undefined;
    const options = people === undefined ? undefined : colleagues.get(people);
    const inner = component.components && { components: component.components.map(convert) };
    if (!options) return { ...component, ...inner };
    const values = options.map(({ id, name }) => ({ value: id, label: name }));
    return { ...component, type: 'select', searchable: true, values } as Component;
  };
  return convert(schema as Component);
}
