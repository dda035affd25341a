/** From DMN files to a plan: what the definition says, as plain JSON. Runs at deployment only. */
import { normalName } from '../feel/names.ts';
import { Unreadable } from '../files/decode.ts';
import { refuseHostile } from '../files/hostile.ts';
import type { Problem } from '../model/plan.ts';
import { boxed, functionLogic } from './boxed.ts';
import { check } from './check.ts';
import { child, children, type DmnElement, flag, isDmn, named, plainType, text } from './element.ts';
import { otherKindThanDmn, readDmn } from './moddle.ts';
import type { DataType, DecisionNode, DecisionPlan, NodeKey, Requirement } from './plan.ts';
import { plainTypes, rewriteTypes } from './type-names.ts';

export interface DmnOptions {
  /** Texts of the other files of the deployment, for those that this one imports. */
  imports?: string[];
}

interface Model {
  root: DmnElement;
  namespace: string;
}

const error = (code: string, message: string, more: Partial<Problem> = {}): Problem => ({
  severity: 'error',
  code,
  message,
  ...more,
});

const exportHint = 'Open it in a DMN modeler and export it as DMN XML.';

async function read(xml: string, problems: Problem[]): Promise<Model | undefined> {
  try {
    refuseHostile(xml);
    const other = otherKindThanDmn(xml);
    if (other !== undefined) {
      problems.push(error('unparsable', `The file holds no DMN decisions: ${other}`, { hint: exportHint }));
      return undefined;
    }
    const { root, warnings } = await readDmn(xml);
    for (const { message } of warnings)
      if (/duplicate ID/.test(message)) problems.push(error('duplicate-id', message.split('\n')[0] ?? message));
    if (isDmn(root) && root.$type === 'dmn:Definitions') {
      const namespace = text(root, 'namespace') ?? '';
      const imports = children(root, 'import').map(
        (one) => [text(one, 'namespace') ?? '', text(one, 'name') ?? ''] as const,
      );
      rewriteTypes(root, plainTypes(xml, namespace, new Map(imports)));
      return { root, namespace };
    }
    problems.push(error('unparsable', 'The file holds no DMN definitions.'));
  } catch (failure) {
    const message = failure instanceof Error ? failure.message.split('\n')[0] : String(failure);
    if (failure instanceof Unreadable)
      problems.push(error(failure.code, `The DMN file cannot be read: ${message}`, { hint: failure.hint }));
    else
      problems.push(error('unparsable', `The file is no DMN file that can be read: ${message}`, { hint: exportHint }));
  }
  return undefined;
}

/** The file and what it imports, directly or by others; each once. */
async function readAll(xml: string, options: DmnOptions, problems: Problem[]): Promise<Model[]> {
  const main = await read(xml, problems);
  if (!main) return [];
  const others: Model[] = [];
  for (const other of options.imports ?? []) {
    const model = await read(other, []);
    if (model) others.push(model);
  }
  const models = [main];
  for (const model of models)
    for (const wanted of children(model.root, 'import')) {
      const namespace = text(wanted, 'namespace') ?? '';
      const type = text(wanted, 'importType') ?? '';
      if (models.some((known) => known.namespace === namespace) || (type && !/DMN/i.test(type))) continue;
      const found = others.find((other) => other.namespace === namespace);
      if (found) models.push(found);
      else
        problems.push(
          error('missing-import', `It imports "${text(wanted, 'name') ?? namespace}", which is not among the files.`, {
            hint: 'Deploy the imported file together with this one.',
          }),
        );
    }
  return models;
}

function dataType(element: DmnElement): DataType {
  const components = children(element, 'itemComponent');
  const type = text(element, 'typeRef');
  const allowed = child(element, 'allowedValues');
  const constraint = child(element, 'typeConstraint');
  const fn = child(element, 'functionItem');
  const made: DataType = { isCollection: flag(element, 'isCollection') };
  if (type) made.type = plainType(type);
  if (components.length > 0)
    made.components = components.map((component) => ({
      name: normalName(text(component, 'name') ?? ''),
      type: dataType(component),
    }));
  const allowedValues = allowed && text(allowed, 'text');
  if (allowedValues) made.allowedValues = allowedValues;
  const typeConstraint = constraint && text(constraint, 'text');
  if (typeConstraint) made.typeConstraint = typeConstraint;
  if (fn) {
    const result = text(fn, 'outputTypeRef');
    made.function = {
      parameters: children(fn, 'parameters').map((parameter) => named(parameter)),
      ...(result && { result: plainType(result) }),
    };
  }
  return made;
}

export async function compileDmn(
  xml: string,
  options: DmnOptions = {},
): Promise<{ decisions: DecisionPlan; problems: Problem[] }> {
  const problems: Problem[] = [];
  const models = await readAll(xml, options, problems);
  const main = models[0];
  const plan: DecisionPlan = {
    format: 1,
    id: (main && text(main.root, 'id')) ?? '',
    name: (main && text(main.root, 'name')) ?? '',
    namespace: main?.namespace ?? '',
    nodes: {},
    types: {},
    imports: {},
  };
  const keyIn = (namespace: string, id: string): NodeKey => (namespace === plan.namespace ? id : `${namespace}#${id}`);
  for (const { root, namespace } of models) {
    plan.imports[namespace] = Object.fromEntries(
      children(root, 'import').map((wanted) => [
        normalName(text(wanted, 'name') ?? ''),
        text(wanted, 'namespace') ?? '',
      ]),
    );
    plan.types[namespace] = Object.fromEntries(
      children(root, 'itemDefinition').map((item) => [normalName(text(item, 'name') ?? ''), dataType(item)]),
    );
  }
  const elements = models.flatMap(({ root, namespace }) =>
    children(root, 'drgElement').flatMap((element) => {
      // The standard does not demand ids.
      const id = text(element, 'id') ?? text(element, 'name');
      return id ? [{ element, namespace, id, key: keyIn(namespace, id) }] : [];
    }),
  );
  const nameOf = (element: DmnElement): string =>
    normalName(text(child(element, 'variable') ?? element, 'name') ?? text(element, 'name') ?? '');

  for (const { element, namespace, id, key } of elements) {
    const refer = (href: string | undefined, at: DmnElement): Requirement[] => {
      const [space = '', target = ''] = (href ?? '').split('#');
      const wanted = keyIn(space === '' ? namespace : space, target);
      const found = elements.find((other) => other.key === wanted);
      if (!found) {
        problems.push(
          error('unresolved-reference', `It refers to "${href}", which is not there.`, {
            element: id,
            elementName: text(at, 'name') ?? '',
          }),
        );
        return [];
      }
      const scope = Object.entries(plan.imports[namespace] ?? {}).find(([, other]) => other === found.namespace)?.[0];
      const name = nameOf(found.element);
      const imported = found.namespace !== namespace && scope !== undefined && scope !== '';
      return [imported ? { key: wanted, name, scope } : { key: wanted, name }];
    };
    const references = (name: string): Requirement[] =>
      children(element, name).flatMap((reference) => refer(text(reference, 'href'), element));
    const requires = (): Requirement[] =>
      [...children(element, 'informationRequirement'), ...children(element, 'knowledgeRequirement')].flatMap(
        (required) =>
          ['requiredDecision', 'requiredInput', 'requiredKnowledge'].flatMap((kind) => {
            const reference = child(required, kind);
            return reference ? refer(text(reference, 'href'), element) : [];
          }),
      );
    const variable = child(element, 'variable');
    const type = variable && text(variable, 'typeRef');
    const name = nameOf(element);
    const label = text(element, 'name');
    const versionTag = versionTagOf(element);
    const base = {
      key,
      id,
      name,
      ...(label && label !== name && { label }),
      namespace,
      ...(type && { type: plainType(type) }),
      ...(versionTag && { versionTag }),
    };
    const node = nodeOf(element, base, requires, references);
    if (node) plan.nodes[key] = node;
  }
  if (main) problems.push(...check(plan));
  return { decisions: plan, problems };
}

/** The modeler writes it among the extension elements, which no descriptor of DMN knows. */
function versionTagOf(element: DmnElement): string | undefined {
  const extensions = child(element, 'extensionElements');
  const tag = extensions && children(extensions, 'values').find(({ $type }) => $type === 'zeebe:versionTag');
  return tag && text(tag, 'value');
}

function nodeOf(
  element: DmnElement,
  base: Pick<DecisionNode, 'key' | 'id' | 'name' | 'label' | 'namespace' | 'type' | 'versionTag'>,
  requires: () => Requirement[],
  references: (name: string) => Requirement[],
): DecisionNode | undefined {
  switch (element.$type) {
    case 'dmn:InputData':
      return { kind: 'input', ...base };
    case 'dmn:Decision': {
      const logic = boxed(child(element, 'decisionLogic'));
      return { kind: 'decision', ...base, requires: requires(), ...(logic && { logic }) };
    }
    case 'dmn:BusinessKnowledgeModel': {
      const logic = functionLogic(child(element, 'encapsulatedLogic'));
      return { kind: 'knowledge', ...base, requires: requires(), ...(logic && { logic }) };
    }
    case 'dmn:DecisionService':
      return {
        kind: 'service',
        ...base,
        outputs: references('outputDecision'),
        encapsulated: references('encapsulatedDecision'),
        parameters: [...references('inputData'), ...references('inputDecision')],
      };
    default:
      return undefined;
  }
}
