/** Which pages of the settings somebody is offered. What a page may show and do is decided by the API. */
import type { Staff } from '../../api/client.ts';
import { hasDuty } from '../../person.ts';

const dutiesOf = {
  staff: ['administer'],
  facilities: ['operate', 'oversee', 'administer', 'audit'],
  calendar: ['operate', 'oversee', 'administer', 'audit'],
  rules: ['operate', 'oversee', 'administer', 'audit'],
  'job-types': ['operate'],
  audit: ['audit'],
  proposals: ['operate'],
} as const;

export type SettingsPage = keyof typeof dutiesOf;

export const settingsPages = (person: Staff): SettingsPage[] =>
  (Object.keys(dutiesOf) as SettingsPage[]).filter((page) => dutiesOf[page].some((duty) => hasDuty(person, duty)));
