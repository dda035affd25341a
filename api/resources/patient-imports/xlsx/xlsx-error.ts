/** A workbook that cannot be read, in words. */
export class XlsxError extends Error {
  readonly zh: string;
  constructor(zh: string, en: string) {
    super(en);
    this.zh = zh;
  }
}

export const tooMuch = (): XlsxError =>
  new XlsxError(
    '文件展开后过大，请只保留要导入的工作表。',
    'The file unpacks to more than is taken: keep only the sheet that is to be imported.',
  );
