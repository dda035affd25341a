/** The definitions themselves: they parse without a complaint, everything is drawn, named and in its place, every expression parses. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';
import { describe, expect, it } from 'vitest';
import { lintDefinition } from '../../api/resources/definitions/lint-definition.ts';
import { checkExpression } from '../../engine/feel/check.ts';
import { formTexts, inEnglish } from '../../engine/model/form-texts.ts';
import type { Plan } from '../../engine/model/plan.ts';
import { readDefinition } from '../../scripts/definition-files.ts';
import { diagrams } from '../../tools/diagrams/draw-diagrams.ts';
import { diagramOf, englishNamesOf, formsOf, planOf, ruleSets, shippedFile, shippedKeys } from '../support/shipped.ts';

interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}
interface Element {
  $type: string;
  id: string;
  name?: string;
  $parent?: Element;
  flowElements?: Element[];
  outgoing?: Element[];
  sourceRef?: Element;
  targetRef?: Element;
  attachedToRef?: Element;
}
interface Drawn {
  $type: string;
  bpmnElement: Element;
  bounds?: Bounds;
  label?: { bounds?: Bounds };
  waypoint?: { x: number; y: number }[];
}
interface File {
  rootElements: Element[];
  diagrams: { plane: { planeElement: Drawn[] } }[];
}

const require = createRequire(import.meta.url);
const zeebe: unknown = require('zeebe-bpmn-moddle/resources/zeebe.json');
const careloop: unknown = JSON.parse(
  readFileSync(new URL('../../engine/compile/careloop-moddle.json', import.meta.url), 'utf8'),
);

async function parsed(key: string) {
  const { rootElement, warnings } = await new BpmnModdle({ zeebe, careloop }).fromXML(diagramOf(key));
  const file = rootElement as unknown as File;
  const inside = (element: Element): Element[] => [element, ...(element.flowElements ?? []).flatMap(inside)];
  const process = file.rootElements.find((element) => element.$type === 'bpmn:Process');
  const elements = (process?.flowElements ?? []).flatMap(inside);
  const drawn = file.diagrams[0]?.plane.planeElement ?? [];
  return { file, warnings, elements, drawn };
}

const overlap = (a: Bounds, b: Bounds): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const contains = (a: Bounds, b: Bounds): boolean =>
  a.x <= b.x && a.y <= b.y && a.x + a.width >= b.x + b.width && a.y + a.height >= b.y + b.height;
const onBorder = (b: Bounds, p: { x: number; y: number }): boolean => {
  const inX = p.x >= b.x - 1 && p.x <= b.x + b.width + 1;
  const inY = p.y >= b.y - 1 && p.y <= b.y + b.height + 1;
  const atX = Math.abs(p.x - b.x) <= 1 || Math.abs(p.x - b.x - b.width) <= 1;
  const atY = Math.abs(p.y - b.y) <= 1 || Math.abs(p.y - b.y - b.height) <= 1;
  return (atX && inY) || (atY && inX);
};

/** Every FEEL source of a plan. */
function expressionsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(expressionsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    (key === 'feel' || key === 'hiddenWhen') && typeof inner === 'string' ? [inner] : expressionsOf(inner),
  );
}

describe.each(shippedKeys)('definitions/%s', (key) => {
  it('parses without a warning and deploys without a problem', async () => {
    expect((await parsed(key)).warnings).toEqual([]);
    const { plans, problems } = await lintDefinition(await readDefinition(shippedFile(key)));
    expect(problems.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(plans.map((plan) => plan.key)).toEqual([key]);
  });

  it('draws every element once', async () => {
    const { elements, drawn } = await parsed(key);
    expect(drawn.map((di) => di.bpmnElement.id).sort()).toEqual(elements.map((element) => element.id).sort());
  });

  it('names every element in Chinese and in English, joining gateways aside, and labels the flows of every question', async () => {
    const { elements } = await parsed(key);
    const english = englishNamesOf(key);
    const joins = (element: Element) => element.$type.endsWith('Gateway') && (element.outgoing ?? []).length < 2;
    const asked = (element: Element) =>
      element.$type === 'bpmn:SequenceFlow' &&
      (element.sourceRef?.outgoing ?? []).length > 1 &&
      // All its flows are taken, or what they lead to says which.
      !/:(Parallel|EventBased)Gateway$/.test(element.sourceRef?.$type ?? '');
    const toName = elements.filter((element) =>
      element.$type === 'bpmn:SequenceFlow' ? asked(element) : !joins(element),
    );
    expect(toName.filter((element) => !/\p{Script=Han}/u.test(element.name ?? ''))).toEqual([]);
    const idsWithNames = [key, ...elements.filter((element) => element.name).map((element) => element.id)];
    expect(Object.keys(english).sort()).toEqual(idsWithNames.sort());
    expect(Object.values(english).filter((name) => /\p{Script=Han}/u.test(name))).toEqual([]);
    const limits = [...(await diagramOf(key)).matchAll(/<careloop:limit [^>]*>/g)].map(([limit]) => limit);
    expect(limits.filter((limit) => !/ nameEn="[ -~]+"/.test(limit))).toEqual([]);
  });

  it('has every text of its forms in English', async () => {
    const { forms = {} } = await readDefinition(shippedFile(key));
    const missing = Object.values(forms).flatMap((form) =>
      formTexts(inEnglish(form as object)).filter((text) => /\p{Script=Han}/u.test(text)),
    );
    expect(missing).toEqual([]);
  });

  it('gives ids in PascalCase and asks questions at its gateways', async () => {
    const { elements } = await parsed(key);
    expect(elements.filter((element) => !/^([A-Z][a-z0-9]*)+$/.test(element.id))).toEqual([]);
    const questions = elements.filter((element) => element.$type.endsWith('Gateway') && element.name);
    expect(questions.filter((element) => !element.name?.endsWith('？'))).toEqual([]);
  });

  it('lays no shape over another, and keeps what belongs to a subprocess inside it', async () => {
    const { drawn } = await parsed(key);
    const shapes = drawn.flatMap((di) => (di.bounds ? [{ element: di.bpmnElement, bounds: di.bounds }] : []));
    const parents = new Map(shapes.map(({ element, bounds }) => [element.id, bounds]));
    const clashes = shapes.flatMap((a, i) =>
      shapes.slice(i + 1).flatMap((b) => {
        const nested = contains(a.bounds, b.bounds) || contains(b.bounds, a.bounds);
        const attached = a.element.attachedToRef === b.element || b.element.attachedToRef === a.element;
        return overlap(a.bounds, b.bounds) && !nested && !attached ? [`${a.element.id} ${b.element.id}`] : [];
      }),
    );
    expect(clashes).toEqual([]);
    for (const { element, bounds } of shapes) {
      const parent = element.$parent && parents.get(element.$parent.id);
      if (parent) expect(contains(parent, bounds), element.id).toBe(true);
    }
  });

  it('draws flows along the grid, from border to border', async () => {
    const { drawn } = await parsed(key);
    const bounds = new Map(drawn.flatMap((di) => (di.bounds ? [[di.bpmnElement.id, di.bounds] as const] : [])));
    for (const { bpmnElement: flow, waypoint } of drawn) {
      if (!waypoint) continue;
      const slanted = waypoint.some((p, i) => {
        const next = waypoint[i + 1];
        return next !== undefined && p.x !== next.x && p.y !== next.y;
      });
      expect(slanted, flow.id).toBe(false);
      const source = bounds.get(flow.sourceRef?.id ?? '');
      const target = bounds.get(flow.targetRef?.id ?? '');
      const [first, last] = [waypoint[0], waypoint.at(-1)];
      expect(source && first && onBorder(source, first), `${flow.id} begins at its source`).toBe(true);
      expect(target && last && onBorder(target, last), `${flow.id} ends at its target`).toBe(true);
    }
  });

  it('lets no two flows cross', async () => {
    const { drawn } = await parsed(key);
    const pieces = drawn.flatMap(({ bpmnElement: flow, waypoint = [] }) =>
      waypoint.slice(1).map((to, i) => ({ flow, from: waypoint[i] ?? to, to })),
    );
    const between = (a: number, b: number, x: number) => x > Math.min(a, b) && x < Math.max(a, b);
    const crossing = pieces.flatMap((h) =>
      pieces.flatMap((v) =>
        h.flow !== v.flow &&
        h.from.y === h.to.y &&
        v.from.x === v.to.x &&
        between(h.from.x, h.to.x, v.from.x) &&
        between(v.from.y, v.to.y, h.from.y)
          ? [`${h.flow.id} × ${v.flow.id}`]
          : [],
      ),
    );
    expect(crossing).toEqual([]);
  });

  it('lays no label over a shape or another label', async () => {
    const { drawn } = await parsed(key);
    const plain = drawn.filter((di) => di.bounds && di.bpmnElement.$type !== 'bpmn:SubProcess');
    const labels = drawn.flatMap((di) =>
      di.label?.bounds ? [{ id: di.bpmnElement.id, bounds: di.label.bounds }] : [],
    );
    const shapes = plain.map((di) => ({ id: di.bpmnElement.id, bounds: di.bounds as Bounds }));
    const clashes = labels.flatMap((label, i) =>
      [...shapes, ...labels.slice(i + 1)].flatMap((other) =>
        other.id !== label.id && overlap(label.bounds, other.bounds) ? [`${label.id} ${other.id}`] : [],
      ),
    );
    expect(clashes).toEqual([]);
  });

  it('has only expressions that parse', async () => {
    const plan = await planOf(key);
    const expressions = expressionsOf(plan);
    expect(expressions.length).toBeGreaterThan(0);
    expect(expressions.filter((source) => checkExpression(source).problem)).toEqual([]);
  });

  it('gives every user task a role, a due date and a form that is there', async () => {
    const plan = await planOf(key);
    const tasks = userTasks(plan);
    const forms = formsOf(key);
    for (const { id, user } of tasks) {
      expect(user.candidateGroups, id).toBeDefined();
      expect(user.dueDate, id).toBeDefined();
      expect(Object.keys(forms), id).toContain(user.formId);
    }
    const used = [plan.profile?.startForm, ...tasks.map(({ user }) => user.formId)].filter((id) => id !== undefined);
    expect(new Set(used)).toEqual(new Set(Object.keys(forms)));
  });

  it('reads rules that every rule set has', async () => {
    const rules = expressionsOf(await planOf(key)).flatMap((source) => source.match(/rules(\.\w+)+/g) ?? []);
    for (const set of ruleSets())
      for (const path of rules) {
        const value = path
          .split('.')
          .slice(1)
          .reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], set.rules);
        expect(value, `${path} in ${set.key}`).toBeDefined();
      }
  });
});

describe('the page of a process', () => {
  it.each([
    ['complaint', 'complaint-process.md'],
    ['refund', 'complaint-process.md'],
    ['followUp', 'follow-up-process.md'],
  ])('tells every task of %s with its roles and what it must bring', async (key, file) => {
    const plan = await planOf(key);
    const page = readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');
    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    for (const { id, name, user } of userTasks(plan)) {
      const row = rows.find((line) => line.startsWith(`| \`${id}\` | ${name}`));
      expect(row, id).toBeDefined();
      if (user.candidateGroups && 'literal' in user.candidateGroups)
        for (const role of user.candidateGroups.literal.split(',')) expect(row, id).toContain(role);
      if (/the same|as `/i.test(row ?? '')) continue;
      for (const field of plan.forms[user.formId ?? '']?.fields ?? []) {
        expect(row, id).toContain(field.required ? `**\`${field.key}\`**` : `\`${field.key}\``);
        for (const option of field.options ?? []) expect(row, id).toContain(`\`${String(option.value)}\``);
      }
    }
  });
});

const userTasks = (plan: Plan) =>
  Object.values(plan.elements).flatMap((element) => (element.kind === 'userTask' ? [element] : []));

describe('the pictures in docs/diagrams', () => {
  it('are up to date (npm run diagrams)', async () => {
    for (const { file, svg } of await diagrams()) expect(readFileSync(file, 'utf8') === svg, file).toBe(true);
  });
});
