/** bpmnlint's recommended rules hold for every definition, warnings included. */
import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';
import { expect, it } from 'vitest';
import { diagramOf, shippedKeys } from '../support/shipped.ts';

interface Linter {
  lint(root: unknown): Promise<Record<string, { id: string; message: string; category: string }[]>>;
}
const require = createRequire(import.meta.url);
const { Linter } = require('bpmnlint') as { Linter: new (options: object) => Linter };
const NodeResolver = require('bpmnlint/lib/resolver/node-resolver') as new () => object;

it.each(shippedKeys)('%s passes bpmnlint:recommended', async (key) => {
  const { rootElement } = await new BpmnModdle().fromXML(diagramOf(key));
  const linter = new Linter({ config: { extends: 'bpmnlint:recommended' }, resolver: new NodeResolver() });
  expect(await linter.lint(rootElement)).toEqual({});
});
