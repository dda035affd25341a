/** The shipped definitions as they are deployed: diagram, forms, tables, message texts. */
import type { Runtime } from './runtime.ts';
import { diagramOf, planOf } from './shipped.ts';

export async function deployShipped(runtime: Runtime, process: string): Promise<void> {
  await runtime.deployPlan(await planOf(process), diagramOf(process), 'declared');
}
