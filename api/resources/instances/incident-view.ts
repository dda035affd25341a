/** Incidents of a row with their words in both languages. */
import type { z } from 'zod';
import { incidentHint, incidentMessage, incidentTitle } from '../../../engine/messages/incidents.ts';
import type { Incident } from '../../../engine/model/types.ts';
import type { InstanceRow } from '../../../store/runtime/rows.ts';
import type { incidentSchema } from '../../http/common-schemas.ts';

export function incidentView(row: InstanceRow['incidents'][number]): z.infer<typeof incidentSchema> {
  // The store knows neither codes nor parameters; the runtime wrote them from an incident of the engine.
  const { code, params } = row as Pick<Incident, 'code' | 'params'>;
  return {
    ...row,
    params: { ...row.params },
    title: incidentTitle(code),
    message: incidentMessage(params),
    hint: incidentHint(code),
  };
}
