/** Priorities of user tasks: whole numbers of the range that the usual modeler has, so that tasks of all processes sort together. */

export const highestPriority = 100;

export const defaultPriority = 50;

export const isPriority = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= highestPriority;
