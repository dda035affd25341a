/**
 * The date picker that form-js opens, in the language of the console: form-js leaves its words in English and takes the order of year,
 * month and day from the browser. The build puts this in the place of `flatpickr` (vite.config.ts).
 */
import flatpickr from 'flatpickr/dist/esm/index.js';
import { Mandarin } from 'flatpickr/dist/esm/l10n/zh.js';
import { dateFormat, isChinese } from './form-language.ts';

type Settings = Parameters<typeof flatpickr>[1];

// biome-ignore lint/style/noDefaultExport: form-js imports the default of flatpickr
export default function datePicker(input: Node, settings: Settings): ReturnType<typeof flatpickr> {
  return flatpickr(input, { ...settings, dateFormat: dateFormat(), ...(isChinese() && { locale: Mandarin }) });
}
