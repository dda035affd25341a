/** All entries that match, page by page, as a CSV file. */
import { type AuditFilters, auditPage } from '../../../api/settings-queries.ts';
import { csvOf, download } from '../../../parts/csv.ts';

const atMost = 20_000;
const pageSize = 200;

/** @returns how many rows; `cut`: there are more */
export async function exportAudit(filters: AuditFilters, head: string[]): Promise<{ rows: number; cut: boolean }> {
  const rows: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await auditPage({ ...filters, limit: pageSize }, cursor);
    for (const { at, who, result, act, what, facility, from, details } of page.items)
      rows.push([at, who ?? '', result, act, what.kind, what.id ?? '', facility ?? '', from, JSON.stringify(details)]);
    cursor = page.nextCursor;
  } while (cursor !== undefined && rows.length < atMost);
  download(`audit-${new Date().toISOString().slice(0, 10)}.csv`, csvOf([head, ...rows]));
  return { rows: rows.length, cut: cursor !== undefined };
}
