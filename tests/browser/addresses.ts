/** Every address of the console, from its table of routes: a page that is added is visited by the tests of all pages. */
import { z } from 'zod';

interface Route {
  path?: string | undefined;
  index?: boolean | undefined;
  children?: Route[] | undefined;
}
const route: z.ZodType<Route> = z.lazy(() =>
  z.object({ path: z.string().optional(), index: z.boolean().optional(), children: z.array(route).optional() }),
);
const tables = z.object({ framedRoutes: z.array(route), openRoutes: z.array(route) });

/** The table belongs to the console, whose types need a browser. */
const consoleRoutes: string = '../../web/src/routes.ts';

/** As the table says them: `/ops/batches/:id`. */
export async function addressPatterns(): Promise<string[]> {
  const { framedRoutes, openRoutes } = tables.parse(await import(consoleRoutes));
  return [...framedRoutes, ...openRoutes].flatMap((one) => patterns(one, '')).concat('/studio/:key?');
}

function patterns({ path = '', index = false, children }: Route, before: string): string[] {
  const whole = path.startsWith('/') ? path : [before, path].filter(Boolean).join('/');
  if (children) return children.flatMap((one) => patterns(one, whole));
  return [index ? before : whole];
}

/**
 * What to open for a pattern: without its optional parameters, and with those that an example gives.
 * @throws when a parameter must be given and no example is
 */
export function addressesOf(pattern: string, examples: Readonly<Record<string, string[]>>): string[] {
  const given = examples[pattern] ?? [];
  if (/:\w+\?$/.test(pattern)) return [pattern.replace(/\/:\w+\?$/, ''), ...given];
  if (!/[:*]/.test(pattern)) return [pattern, ...given];
  if (given.length === 0) throw new Error(`Give an example of the address ${pattern}.`);
  return given;
}
