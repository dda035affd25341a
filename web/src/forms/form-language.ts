/** The language of forms opened from now on: form-js has no setting for it. */
let chinese = false;

export function speakChinese(on: boolean): void {
  chinese = on;
}

export const isChinese = (): boolean => chinese;

/** As flatpickr writes and reads a date: the year first in either language, since the order of the others differs between countries. */
export const dateFormat = (): string => (chinese ? 'Y/m/d' : 'Y-m-d');

/** The same for people. */
export const datePlaceholder = (): string => (chinese ? '年/月/日' : 'yyyy-mm-dd');
