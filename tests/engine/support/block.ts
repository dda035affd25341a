/** Blocks of random models as data, and what draws them. */
import type { ElementId } from '../../../engine/model/plan.ts';
import type { PlanBuilder } from './plan.ts';

/** A block as data: fast-check shrinks it, `draw` makes elements of it. */
export interface Block {
  /** One of `blockKinds`. */
  kind: string;
  inner: Block[];
  /** Which of the forms that the kind has: event types, interrupting or not, orders and conditions. */
  variant?: number;
  /** Of the outermost one: how the process begins, and what hangs on it as a whole. */
  begin?: number;
}

export interface Definition {
  builder: PlanBuilder;
  /** A fresh id. */
  id(kind: string): ElementId;
  /** Draws a block where `builder` draws. */
  draw(block: Block, builder?: PlanBuilder): Ends;
}

/** First and last element of what was drawn. */
export type Ends = [ElementId, ElementId];

export type Drawer = (inner: Block[], definition: Definition, variant: number) => Ends;
