/** Rules of the standard about how elements may be joined, each with the sentence it rests on. */
import type { ModdleElement } from './element.ts';
import type { Report } from './report.ts';

export function checkStructure(_definitions: ModdleElement, _report: Report): void {}
