/** Facilities in requests and responses. */
import { facilityCode } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

const text = z.string().trim().min(1).max(100);

export const facilityParams = z.object({ code: facilityCode });

export const facilityBody = z
  .strictObject({
    name: text,
    englishName: text,
    region: text.describe('Selects the rule set.'),
    zone: text.describe('IANA zone.'),
    calendar: text.describe('Id of its working calendar.'),
  })
  .openapi('FacilityChange', {
    example: {
      name: '北京',
      englishName: 'Beijing',
      region: 'beijing',
      zone: 'Asia/Singapore',
      calendar: 'china',
    },
  });
export const newFacilityBody = z.strictObject({ code: facilityCode, ...facilityBody.shape }).openapi('NewFacility', {
  example: {
    code: 'SZ',
    name: '深圳',
    englishName: 'Shenzhen',
    region: 'elsewhere',
    zone: 'Asia/Singapore',
    calendar: 'china',
  },
});
export type FacilityBody = z.infer<typeof facilityBody>;

export const facilitySchema = z
  .object({
    code: z.string(),
    name: z.string(),
    englishName: z.string(),
    region: z.string(),
    zone: z.string(),
    calendar: z.string(),
    ruleSet: z
      .object({ key: z.string(), name: z.string(), version: z.number().int() })
      .nullable()
      .describe('The version in force today; null: none.'),
  })
  .openapi('Facility');
export const facilityList = z.object({ items: z.array(facilitySchema) }).openapi('Facilities');
