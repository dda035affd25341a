/** Brings a whole diagram into sight, beside the palette that lies over the canvas. */
interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface FittedCanvas {
  viewbox(): { inner: Box; outer: { width: number; height: number } };
  viewbox(shown: Box): void;
  getContainer(): HTMLElement;
}

const margin = 16;

export function fitBesidePalette(canvas: FittedCanvas): void {
  const { inner, outer } = canvas.viewbox();
  if (inner.width === 0 || outer.width === 0) return;
  const palette = canvas.getContainer().querySelector<HTMLElement>('.djs-palette');
  const left = palette ? palette.offsetLeft + palette.offsetWidth : 0;
  const free = { width: outer.width - left - 2 * margin, height: outer.height - 2 * margin };
  const scale = Math.min(1, free.width / inner.width, free.height / inner.height);
  canvas.viewbox({
    x: inner.x - (left + margin + (free.width - inner.width * scale) / 2) / scale,
    y: inner.y - (margin + (free.height - inner.height * scale) / 2) / scale,
    width: outer.width / scale,
    height: outer.height / scale,
  });
}
