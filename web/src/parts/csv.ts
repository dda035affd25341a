/** A table as a CSV file that Excel opens with Chinese intact (UTF-8 with byte order mark, RFC 4180). */

/** Cells that a spreadsheet would take for formulas begin with an apostrophe. */
export function csvOf(rows: string[][]): string {
  const cell = (text: string): string => {
    const safe = /^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

export function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
