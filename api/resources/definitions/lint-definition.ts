/** Lints a definition against the built-in job types, without storing or looking up anything. */
import { jobCatalogue } from '../../../activities/jobs/catalogue.ts';
import {
  type LintContext as AnyLintContext,
  type DefinitionSource,
  drawDefinition as drawAnywhere,
  lintDefinition as lintAnywhere,
} from '../../../engine/lint/lint-definition.ts';

export type { DefinitionSource } from '../../../engine/lint/lint-definition.ts';

export type LintContext = Omit<AnyLintContext, 'jobSignatures'>;

export const lintDefinition = (definition: DefinitionSource, context: LintContext = {}) =>
  lintAnywhere(definition, { ...context, jobSignatures: jobCatalogue });

export const drawDefinition = (definition: DefinitionSource, context: LintContext) =>
  drawAnywhere(definition, { ...context, jobSignatures: jobCatalogue });
