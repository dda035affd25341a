/** POST /api/patient-imports: imports patients, visits or purchases from a file. */
import type { Facility } from '../../../store/organisation/facilities.ts';
import { noteDetails, noteSubject } from '../../http/audit.ts';
import type { Deps } from '../../http/deps.ts';
import { type Route, route } from '../../http/route.ts';
import { suppliers } from '../../http/route-policy.ts';
import { eventsOfOthers, receiveAgain, suppliedFacility } from '../hospital-events/receive-event.ts';
import { type PackedRow, shownErrors, unpackedEvents } from './import-task.ts';
import type { CellError } from './read-file.ts';
import { importBody, importSchema } from './schemas.ts';

/** Other requests are answered between them. */
const rowsAtATime = 200;

/** Rows whose episode, or whose own number, was told of another patient before. */
async function rowsOfOthers(rows: PackedRow[], facility: Facility): Promise<CellError[]> {
  const found: CellError[] = [];
  for (let from = 0; from < rows.length; from += rowsAtATime) {
    const unpacked = rows.slice(from, from + rowsAtATime).map((row) => ({ ...row, events: unpackedEvents(row) }));
    const ofOthers = await eventsOfOthers(
      unpacked.flatMap(({ events }) => events),
      facility,
    );
    for (const { line, number, events } of unpacked)
      if (events.some((event) => ofOthers.has(event)))
        found.push({
          line,
          zh: `编号 ${number} 或其疗程属于另一位患者，请核对病案号。`,
          en: `The number ${number}, or its episode, belongs to another patient: check the number of the record.`,
        });
  }
  return found;
}

export function patientImportRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'POST /api/patient-imports',
      access: suppliers,
      tag: 'Patients',
      summary: 'Import patients, visits or purchases from a file',
      description:
        'All rows or none: with any error nothing is written. With dryRun nothing is written in any case. ' +
        'A row is identified by its number: importing it again replaces its content.',
      body: { schema: importBody, limit: '3mb' },
      idempotency: 'optional',
      dryRun: 'body',
      answers: { 200: { description: 'The result, or all invalid cells.', schema: importSchema } },
      async handle({ body }, asked) {
        const facility = await suppliedFacility(body.facility, asked.reach);
        noteSubject({ kind: 'patient-imports', id: body.kind }, facility._id);
        const { kind, format, content } = body;
        const { rows, errors, errorCount } = await deps.imports.read({
          kind,
          format,
          content,
          facility: { _id: facility._id, zone: facility.zone },
        });
        const ofOthers = await rowsOfOthers(rows, facility);
        const isWritten = !body.dryRun && errorCount + ofOthers.length === 0;
        let parked = 0;
        if (isWritten)
          for (const row of rows) {
            const states = [];
            for (const event of unpackedEvents(row))
              states.push((await receiveAgain(deps, event, facility, asked)).state);
            if (states.includes('parked')) parked += 1;
          }
        const imported = isWritten ? rows.length : 0;
        noteDetails({ rows: rows.length, imported, errors: errorCount + ofOthers.length });
        const shown = [...errors, ...ofOthers].slice(0, shownErrors);
        return { body: { dryRun: body.dryRun, rows: rows.length, imported, parked, errors: shown } };
      },
    }),
  ];
}
