/** Functions of the usual desktop modeler that are not run here, and what to do instead (docs/feel.md). */
export const refusedFunctions: ReadonlyMap<string, string> = new Map([
  [
    'uuid',
    'uuid() gives another value each time it is evaluated, so a process could not be replayed. Let a service task give the id, or use businessKey.',
  ],
  [
    'random number',
    'random number() gives another value each time it is evaluated, so a process could not be replayed. Let a service task give the number.',
  ],
  ['put', 'put() is written context put(context, key, value).'],
  ['put all', 'put all() is written context merge(contexts), with the contexts as a list.'],
]);
