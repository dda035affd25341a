/** bpmn-js does not handle touch: one finger moves the diagram, two zoom it. */

interface Canvas {
  scroll(by: { dx: number; dy: number }): void;
  zoom(scale?: number | string, at?: Point): number;
  getContainer(): HTMLElement;
}

interface EventBus {
  on(name: string, listener: () => void): void;
}

interface Point {
  x: number;
  y: number;
}

const smallest = 0.1;
const largest = 4;

class Touch {
  static $inject = ['canvas', 'eventBus'];
  constructor(canvas: Canvas, eventBus: EventBus) {
    const container = canvas.getContainer();
    container.style.touchAction = 'none';
    const down = new Map<number, Point>();
    const listening = new AbortController();
    const { signal } = listening;
    const press = (event: PointerEvent) => {
      if (event.pointerType === 'touch') down.set(event.pointerId, { x: event.clientX, y: event.clientY });
    };
    const move = (event: PointerEvent) => {
      const before = down.get(event.pointerId);
      if (!before) return;
      const now = { x: event.clientX, y: event.clientY };
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
      down.set(event.pointerId, now);
      if (!other) {
        canvas.scroll({ dx: now.x - before.x, dy: now.y - before.y });
        return;
      }
      const distance = (point: Point) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
      const { left, top } = container.getBoundingClientRect();
      const scale = Math.min(largest, Math.max(smallest, (canvas.zoom() * distance(now)) / distance(before)));
      canvas.zoom(scale, { x: (now.x + other.x) / 2 - left, y: (now.y + other.y) / 2 - top });
    };
    const lift = (event: PointerEvent) => {
      down.delete(event.pointerId);
    };
    container.addEventListener('pointerdown', press, { signal });
    container.addEventListener('pointermove', move, { signal });
    for (const name of ['pointerup', 'pointercancel'] as const) container.addEventListener(name, lift, { signal });
    eventBus.on('diagram.destroy', () => listening.abort());
  }
}

export const touchModule = { __init__: ['touch'], touch: ['type', Touch] };
