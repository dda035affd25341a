/** A workbook that cannot be read, in words. */
export class XlsxError extends Error {
  readonly zh: string;
  constructor(zh: string, en: string) {
    super(en);
    this.zh = zh;
  }
}
