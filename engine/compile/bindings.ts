/**
 * Version binding of called processes, decisions and forms (`bindingType`); a binding that could not be resolved at run time is refused at
 * deployment.
 */
import { boundToTag } from '../model/binding.ts';
import type { Expression } from '../model/plan.ts';
import type { Compilation } from './context.ts';
import { childrenOf, idOf, isA, type ModdleElement, text } from './element.ts';

export type Binding = { type: 'latest' | 'deployment' } | { type: 'versionTag'; tag: string };

/** @returns undefined after reporting an invalid binding */
function bindingOf(extension: ModdleElement | undefined, element: ModdleElement, c: Compilation): Binding | undefined {
  const type = (extension && text(extension, 'bindingType')) ?? 'latest';
  if (type === 'latest' || type === 'deployment') return { type };
  const tag = extension && text(extension, 'versionTag');
  if (type === 'versionTag' && tag) return { type, tag };
  c.report.error(
    element,
    'bad-binding',
    type === 'versionTag' ? 'It is bound to a version tag but names none.' : `"${type}" is no kind of binding.`,
    { hint: 'Choose latest, deployment or versionTag; versionTag needs the tag.' },
  );
  return undefined;
}

/** The binding of a call in the plan. */
export function callBinding(
  extension: ModdleElement | undefined,
  process: Expression,
  element: ModdleElement,
  c: Compilation,
): string {
  const binding = bindingOf(extension, element, c) ?? { type: 'latest' as const };
  if (binding.type === 'versionTag') return boundToTag(binding.tag);
  if (binding.type === 'deployment' && 'literal' in process && !isInFile(process.literal, c))
    c.report.error(
      element,
      'unresolved-binding',
      `It calls "${process.literal}" as deployed together with it, but the file has no such executable process.`,
      { hint: 'Put the process into the same file, or bind to latest or to a version tag.' },
    );
  return binding.type;
}

function isInFile(process: string, { definitions }: Compilation): boolean {
  return childrenOf(definitions, 'rootElements').some(
    (root) =>
      idOf(root) === process &&
      (isA(root, 'bpmn:GlobalTask') || (isA(root, 'bpmn:Process') && root.get?.('isExecutable') === true)),
  );
}

/** Decisions are pinned with the plan: those deployed with the diagram, or the one among them with the given version tag. */
export function decisionBinding(extension: ModdleElement, element: ModdleElement, c: Compilation): string {
  const binding = bindingOf(extension, element, c) ?? { type: 'latest' as const };
  return binding.type === 'versionTag' ? boundToTag(binding.tag) : binding.type;
}

/** @param schema the form deployed with the diagram, which contains its tag */
export function checkFormBinding(
  extension: ModdleElement,
  schema: unknown,
  id: string,
  element: ModdleElement,
  c: Compilation,
): void {
  const binding = bindingOf(extension, element, c);
  if (binding?.type !== 'versionTag' || schema === undefined) return;
  const tag = typeof schema === 'object' && schema !== null && 'versionTag' in schema ? schema.versionTag : undefined;
  if (tag !== binding.tag)
    c.report.error(
      element,
      'unresolved-binding',
      `It is bound to version "${binding.tag}" of the form "${id}", but the one deployed with it ${tag === undefined ? 'has no version tag' : `is "${tag}"`}.`,
      { hint: 'Deploy that version of the form with the diagram, or bind to deployment.' },
    );
}
