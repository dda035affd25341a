/** How names are compared, and what the parser must know of them. */

/** Names are the same whatever spaces stand in them (DMN 1.5, 10.3.1.2). */
export function normalName(name: string): string {
  if (!/[\s./\-'+*]/.test(name)) return name;
  return name
    .replace(/\s*(\*\*|[./\-'+*])\s*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What names there are, and what entries their values have: names may hold spaces and operators. */
export type Shape = { [name: string]: Shape } | null;
