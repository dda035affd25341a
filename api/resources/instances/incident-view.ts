/** Incidents of a row with their texts in both languages. */
import type { z } from 'zod';
import { incidentHint, incidentMessage, incidentTitle } from '../../../engine/messages/incidents.ts';
import type { Incident } from '../../../engine/model/types.ts';
import type { InstanceRow } from '../../../store/runtime/rows.ts';
import type { incidentSchema } from '../../http/common-schemas.ts';

export function incidentView(row: InstanceRow['incidents'][number]): z.infer<typeof incidentSchema> {
  // The store does not interpret codes and parameters; the runtime wrote them from an engine incident.
  const { code, params } = row as Pick<Incident, 'code' | 'params'>;
  return {
    ...row,
    params: { ...row.params },
    title: incidentTitle(code),
    message: incidentMessage(params),
    hint: incidentHint(code),
  };
}
