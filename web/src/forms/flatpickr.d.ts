/** The package has types for its other builds only. */
declare module 'flatpickr/dist/esm/index.js' {
  export { default } from 'flatpickr';
}
declare module 'flatpickr/dist/esm/l10n/zh.js' {
  export { Mandarin } from 'flatpickr/dist/l10n/zh';
}
