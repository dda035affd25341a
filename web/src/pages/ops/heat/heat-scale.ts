/** What a diagram is coloured by, and how numbers become colours: by their order of magnitude, for a few elements hold most of everything. */
import type { components } from '../../../../generated/api.d.ts';
import type { HeatLevel } from '../../../bpmn/diagram.tsx';

export type ElementNumbers = components['schemas']['ElementStatistics'];

export const measures = ['active', 'incidents', 'median', 'breaches', 'done'] as const;
export type Measure = (typeof measures)[number];

export function valueAt(numbers: ElementNumbers, measure: Measure): number {
  switch (measure) {
    case 'active':
    case 'incidents':
    case 'done':
      return numbers[measure];
    case 'median':
      return numbers.medianMs ?? 0;
    case 'breaches':
      return numbers.breached + numbers.late + numbers.overdue;
  }
}

const levels = [1, 2, 3, 4, 5] as const;

export function heatOf(items: ElementNumbers[], measure: Measure): Record<string, HeatLevel> {
  const most = Math.max(0, ...items.map((one) => valueAt(one, measure)));
  return Object.fromEntries(
    items.flatMap((one) => {
      const level = levelOf(valueAt(one, measure), most);
      return level === undefined ? [] : [[one.element, level]];
    }),
  );
}

function levelOf(value: number, most: number): HeatLevel | undefined {
  if (value <= 0) return undefined;
  const share = Math.log1p(value) / Math.log1p(most);
  return levels[Math.min(4, Math.floor(share * 5))];
}
