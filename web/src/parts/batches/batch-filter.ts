/** Which instances an act on many is about: the filter of a list, carried from page to page in the address. */
import { filtersAsText, type InstanceFilters, instanceFiltersOf } from '../instance-filters.ts';
import type { BatchFilter } from './batch-queries.ts';

/** The filter of a list, as a batch takes it: batches are for running instances. */
export function batchFilterOf(filters: InstanceFilters): BatchFilter {
  const { status: _, startedByMe: __, sort: ___, limit: ____, ...filter } = filters;
  return filter as BatchFilter;
}

/** Parameters of the page that acts on them; the process stands in its path. */
export function filterAddress({ process: _, ids = [], ...filter }: BatchFilter): string {
  const parameters = new URLSearchParams(filtersAsText(filter));
  for (const id of ids) parameters.append('id', id);
  return parameters.toString();
}

/** What such an address says. */
export function filterInAddress(search: URLSearchParams): BatchFilter {
  const ids = search.getAll('id');
  return { ...batchFilterOf(instanceFiltersOf(search)), ...(ids.length > 0 && { ids }) };
}
