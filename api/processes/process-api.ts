/** What the API must know of a process with requests of its own. */
import type { Deps } from '../http/deps.ts';
import type { Route } from '../http/route.ts';

export interface ProcessApi {
  /** Key of its definition. */
  process: string;
  routes(deps: Deps): Route[];
  /** It is not started by `POST /api/instances`: how instead, in a sentence. */
  startedElsewhere?: string;
}
