/** Words in a picture: numbers and text as SVG, labels broken into even lines. */
import type { Point } from './diagram-model.ts';

export const fonts =
  "'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC',sans-serif";

export const escapeXml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
export const n = (value: number): string => String(Math.round(value * 100) / 100);

/** Width of a character in units of the font size: Chinese characters are square, Latin ones about half of that. */
const charWidth = (char: string): number => ((char.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.55);
export const textWidth = (text: string): number => [...text].reduce((sum, char) => sum + charWidth(char), 0);

/** Breaks a label into even lines no wider than `max` (in font sizes); Latin words stay whole, closing punctuation starts no line. */
function wrapLabel(text: string, max: number): string[] {
  const lines = fill(text, max);
  for (let width = textWidth(text) / lines.length; width < max; width += 0.5) {
    const even = fill(text, width);
    if (even.length === lines.length) return even;
  }
  return lines;
}

function fill(text: string, max: number): string[] {
  const parts = text.match(/[\u2e80-\uffff][，。？！）：、]*|[^\s\u2e80-\uffff]+|\s+/gu) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line !== '' && textWidth(line + part) > max) {
      lines.push(line.trim());
      line = part.trim();
    } else line += part;
  }
  if (line.trim() !== '') lines.push(line.trim());
  return lines;
}

/** Height of a label of this width at the usual size. */
export const labelHeight = (label: string, width: number): number => wrapLabel(label, width / 12).length * 14;

export function text(label: string, centre: Point, options: { width: number; size?: number; bold?: boolean }): string {
  const size = options.size ?? 12;
  const lines = wrapLabel(label, options.width / size);
  const top = centre.y - ((lines.length - 1) * (size + 2)) / 2 + size * 0.36;
  const spans = lines.map(
    (line, i) => `<tspan x="${n(centre.x)}" y="${n(top + i * (size + 2))}">${escapeXml(line)}</tspan>`,
  );
  const weight = options.bold ? ' font-weight="600"' : '';
  return `<text text-anchor="middle" font-size="${size}"${weight}>${spans.join('')}</text>`;
}
