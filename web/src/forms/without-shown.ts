/** A form with nothing but what is to be filled in: what a component only shows belongs to one instance. */
interface Component {
  readonly?: unknown;
  type?: string;
  components?: Component[];
}

const onlyShow: ReadonlySet<string> = new Set(['text', 'html', 'image', 'iframe', 'table', 'expression', 'separator']);

const isFilledIn = ({ readonly, type = '' }: Component): boolean => readonly !== true && !onlyShow.has(type);

export function withoutShown<Form extends object>(form: Form): Form {
  const { components } = form as Component;
  if (!components) return form;
  return { ...form, components: components.filter(isFilledIn).map(withoutShown) };
}
