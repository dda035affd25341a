/** Reads the lists of diagrams beside this file: `== name`, `> why`, `? variables => outcome` once or more, then the diagram's lines. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Json } from '../../../engine/model/plan.ts';
import type { Case } from '../cases.ts';
import { written } from './text-to-bpmn.ts';

export interface Neighbour {
  name: string;
  says: string;
  xml: string;
  cases: Case[];
}

const given = (text: string): Json => (/^-?\d+$/.test(text) ? Number(text) : text);

/** `test=a wait=5000 also=P => 1 2 ERROR_runtime`: numbers are tasks that log. */
function caseOf(line: string): Case {
  const [input = '', outcome = ''] = line.slice(1).split('=>');
  const words = input.split(' ').filter((word) => word !== '');
  const read: Case = { variables: { integerVariable: 0 }, expect: [] };
  for (const word of words) {
    const [name = '', value = ''] = word.split('=');
    if (name === 'wait') read.waitMs = Number(value);
    else if (name === 'also') read.alsoStarts = value;
    else read.variables[name] = given(value);
  }
  const logged = outcome.split(' ').filter((word) => word !== '');
  read.expect = logged.map((word) => (/^\d+$/.test(word) ? `SCRIPT_task${word}` : word));
  return read;
}

function neighbourOf(block: string): Neighbour {
  const [name = '', ...lines] = block.split('\n');
  const drawn = lines.filter((line) => !/^[>?]/.test(line));
  return {
    name: name.trim(),
    says: lines.filter((line) => line.startsWith('>')).join(' '),
    xml: written(name.trim(), drawn.join('\n')),
    cases: lines.filter((line) => line.startsWith('?')).map(caseOf),
  };
}

/** Family (the file's name) and its diagrams. */
export function neighbours(): [family: string, Neighbour[]][] {
  const folder = new URL('.', import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith('.txt'));
  return files.map((file) => {
    const blocks = readFileSync(new URL(file, folder), 'utf8').split(/^== /m).slice(1);
    return [file.replace('.txt', ''), blocks.map(neighbourOf)];
  });
}
