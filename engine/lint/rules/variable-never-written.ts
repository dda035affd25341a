/**
 * An expression reads a name that nothing in the diagram writes. It may come with the start, from a job or with a message; so it is told
 * where it is all but a name that is written, or that is read more often, which makes it most probably a slip of the pen; and everywhere,
 * when the diagram says itself what comes from outside: a form at its start, and what each job, message and call brings.
 */
import { isA, type ModdleElement } from '../../compile/element.ts';
import { analyse } from '../../feel/analyse.ts';
import { checkExpression } from '../../feel/check.ts';
import { isFeelFunction } from '../../feel/compiled.ts';
import { nearest } from '../../feel/nearest-name.ts';
import { positionIn } from '../../feel/syntax.ts';
import { bringsUnnamed } from '../outside-variables.ts';
import { readIn } from '../read-variables.ts';
import { called, type Finding, type LintRule, type Scene } from '../rule.ts';
import { isSlip } from '../slips.ts';
import { profileSourcesOf, type Source, sourcesOf } from '../sources.ts';
import { writtenIn } from '../written-variables.ts';

export const variableNeverWritten: LintRule = {
  code: 'variable-never-written',
  severity: 'warning',
  hint: 'Correct the name, unless it comes from outside: with the start, from a job or with a message.',
  of: 'bpmn:BaseElement',
  find(node, scene) {
    if (isA(node, 'bpmn:Process')) return profileSourcesOf(node).flatMap((source) => inProfile(source, node, scene));
    if (!isA(node, 'bpmn:FlowNode') && !isA(node, 'bpmn:SequenceFlow')) return [];
    return sourcesOf(node).flatMap((source) => inFlow(source, node, scene));
  },
};

function inFlow({ what, source, results }: Source, node: ModdleElement, scene: Scene): Finding[] {
  if (results) return [];
  const { freeVariables, problem } = checkExpression(source);
  if (problem) return [];
  const written = writtenIn(scene);
  const { reads } = analyse(source);
  return freeVariables.flatMap((name): Finding[] => {
    if (written.has(name)) return [];
    const from = reads.find((read) => read.name === name)?.from ?? 0;
    const say = (rest: string, hint?: string): Finding[] => [
      {
        message: `${what} of ${called(node)} reads "${name}", which nothing here writes${rest}.`,
        position: positionIn(source, from),
        ...(hint !== undefined && { hint }),
      },
    ];
    const meant = [...written].find((one) => isSlip(name, one));
    if (meant !== undefined) return say(`; "${meant}" is written`);
    const usual = oftener(name, scene);
    if (usual !== undefined) return say(`; elsewhere "${usual}" is read`);
    if (bringsUnnamed(scene)) return [];
    const near = nearest(name, written);
    return say(
      '',
      near === undefined
        ? 'Correct the name, or let a form, a mapping or a result write it.'
        : `Write "${near}", if that is meant.`,
    );
  });
}

/** A name that is nowhere written either, but read in more places, and of which this one is most probably a slip. */
function oftener(name: string, scene: Scene): string | undefined {
  const read = readIn(scene);
  const times = read.get(name) ?? 0;
  return [...read].find(([other, more]) => more > times && isSlip(name, other))?.[0];
}

/** Columns and the title must read something that is there; whatever an element reads as well comes from somewhere. */
function inProfile({ what, source }: Source, process: ModdleElement, scene: Scene): Finding[] {
  if (checkExpression(source).problem) return [];
  const known = new Set([...writtenIn(scene), ...readIn(scene).keys()]);
  return analyse(source).reads.flatMap(({ name, from, filterOnly }): Finding[] => {
    if (filterOnly || isFeelFunction(name) || known.has(name)) return [];
    const near = nearest(name, known);
    return [
      {
        message: `${what} of ${called(process)} reads "${name}", which nothing here writes or reads.`,
        position: positionIn(source, from),
        ...(near !== undefined && { hint: `Write "${near}", if that is meant.` }),
      },
    ];
  });
}
