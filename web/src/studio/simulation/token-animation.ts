/** A token that runs along the connections of a diagram, one after the other. */
const svg = 'http://www.w3.org/2000/svg';
/** Of one flow, whatever its length. */
const flowMs = 450;

/** @param connections as they are drawn @returns what stops it */
export function runToken(connections: readonly SVGElement[]): () => void {
  if (connections.length === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return () => undefined;
  const token = document.createElementNS(svg, 'circle');
  token.setAttribute('r', '8');
  token.setAttribute('class', 'token');
  let frame = 0;
  let place = 0;
  let since: number | undefined;
  const move = (now: number) => {
    const connection = connections[place];
    const path = connection?.querySelector<SVGGeometryElement>('.djs-visual > path, .djs-visual > polyline');
    if (!connection || !path) {
      token.remove();
      return;
    }
    since ??= now;
    if (token.parentNode !== connection) connection.append(token);
    const part = Math.min(1, (now - since) / flowMs);
    const { x, y } = path.getPointAtLength(path.getTotalLength() * part);
    token.setAttribute('cx', String(x));
    token.setAttribute('cy', String(y));
    if (part === 1) {
      place += 1;
      since = undefined;
    }
    frame = requestAnimationFrame(move);
  };
  frame = requestAnimationFrame(move);
  return () => {
    cancelAnimationFrame(frame);
    token.remove();
  };
}
