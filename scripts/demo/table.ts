/** The table at the end: what runs where. Chinese characters take two columns. */

import { resolve } from 'node:path';
import { lintDefinition } from '../../api/resources/definitions/lint-definition.ts';
import { localTimeText } from '../../workflows/runtime/display-names.ts';
import { pad, width } from '../cli/help-texts.ts';
import { readDefinition } from '../definition-files.ts';
import { readRoles } from '../seed/organisation-files.ts';
import type { CaseView, Play } from './play.ts';

/** What people call a stage of a complaint, and a role. */
export interface Names {
  stages: Map<string, string>;
  roles: Map<string, string>;
}

export async function readNames(): Promise<Names> {
  const file = resolve(import.meta.dirname, '../../definitions/complaint/complaint.bpmn');
  const [{ plans }, roles] = await Promise.all([
    readDefinition(file).then((definition) => lintDefinition(definition)),
    readRoles(),
  ]);
  const stages = plans.flatMap(({ profile }) => profile?.stages ?? []);
  return {
    stages: new Map(stages.map(({ id, name }) => [id, name])),
    roles: new Map(roles.map(({ id, name }) => [id, name])),
  };
}

interface InstanceView {
  waits: CaseView['waits'];
  incidents: CaseView['incidents'];
  overdue: boolean;
  dueAt?: string;
}

export interface Row {
  facility: string;
  caseNumber: string;
  stage: string;
  waitsFor: string;
  due: string;
  overdue: string;
  incident: string;
}

const heads: Row = {
  facility: '院区',
  caseNumber: '案号',
  stage: '阶段',
  waitsFor: '等待',
  due: '期限',
  overdue: '超期',
  incident: '异常',
};
const widest: Partial<Record<keyof Row, number>> = { waitsFor: 46, incident: 44 };
const zone = 'Asia/Shanghai';

/** The case as it stands now, with what its refund waits for. */
export async function rowOf(play: Play, names: Names): Promise<Row> {
  const view = await play.view();
  const refund = view.waits.some((wait) => wait.kind === 'call') ? view.refunds.at(-1) : undefined;
  const inner = refund && (await refundOf(play, refund.id));
  const waits = [...view.waits.filter((wait) => wait.kind !== 'call' || !inner), ...(inner?.waits ?? [])];
  const incidents = [...view.incidents, ...(inner?.incidents ?? [])];
  const due = [view.dueAt, inner?.dueAt].filter((at) => at !== undefined).sort()[0];
  const ended = view.status !== 'active';
  return {
    facility: view.facility,
    caseNumber: view.caseNumber,
    stage: ended ? (view.outcome === 'withdrawn' ? '已撤诉' : '已办结') : (names.stages.get(view.stage) ?? view.stage),
    waitsFor: waits.map((wait) => waitInWords(wait, names)).join('；'),
    due: due ? localTimeText(due, zone) : '',
    overdue: view.overdue || inner?.overdue ? '是' : '',
    incident: incidents.map((one) => `${one.elementName}：${one.code}`).join('；'),
  };
}

async function refundOf(play: Play, id: string): Promise<InstanceView> {
  const session = await play.person('cs-general-director');
  return session.get<InstanceView>(`/api/instances/${encodeURIComponent(`refund/${id}`)}`);
}

function waitInWords({ elementName, waitingFor }: CaseView['waits'][number], { roles }: Names): string {
  const who = waitingFor.map((one) => roles.get(one) ?? one).join('、');
  return who ? `${elementName}（${who}）` : elementName;
}

export function tableOf(rows: Row[]): string[] {
  const columns = Object.keys(heads) as (keyof Row)[];
  const cells = (row: Row): string[] => columns.map((column) => cut(row[column], widest[column] ?? 24));
  return linesOf(cells(heads), rows.map(cells));
}

export function linesOf(head: string[], rows: string[][]): string[] {
  const shown = [head, ...rows];
  const widths = head.map((_, index) => Math.max(...shown.map((cells) => width(cells[index] ?? ''))));
  const lines = shown.map((cells) =>
    cells
      .map((cell, index) => pad(cell, widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((columns) => '─'.repeat(columns)).join('  ');
  return [lines[0] ?? '', rule, ...lines.slice(1)];
}

export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let kept = '';
  for (const character of text) {
    if (width(kept + character) > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
