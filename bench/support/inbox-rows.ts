/** Tasks of a hospital group as the inbox finds them: facilities, roles, people, dates and texts spread as they are in a busy week. */
import { taskSearchKeys } from '../../activities/runtime/search-keys.ts';
import type { ProcessColumn } from '../../engine/model/plan.ts';
import type { TaskRow } from '../../store/runtime/rows.ts';
import { storedTask, TaskModel } from '../../store/runtime/tasks.ts';

/** Twenty hospitals: BJ, SH, CD and those that follow. */
export const facilities = [
  'BJ',
  'SH',
  'CD',
  ...Array.from({ length: 17 }, (_, n) => `Q${String.fromCharCode(65 + n)}`),
];
const roles = ['intake', 'consultant', 'handler', 'cs-director', 'department-head', 'president', 'medical-affairs'];
const people = ['王芳', '李伟', '张三', '刘洋', '陈静', '杨光', '赵敏', '黄磊', '周杰', '吴迪'];
const subjects = ['退款', '等候过久', '术后护理', '收费争议', '服务态度', '预约改期'];
const processes = [
  {
    key: 'complaint',
    elements: ['受理投诉', '联系患者', '定性', '提出方案'],
    stages: ['accept', 'investigate', 'plan'],
  },
  { key: 'refund', elements: ['科室主任审批', '院长审批', '出纳付款'], stages: ['approve', 'pay'] },
  { key: 'leave', elements: ['批准请假', '销假'], stages: ['approve'] },
];

const hourMs = 3_600_000;

/** Numbers that look random and are the same in each run. */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

const anyOf = <T>(all: readonly T[], next: (below: number) => number): T => all[next(all.length)] as T;

/** Where all tasks are, and whose; default: spread. */
interface Place {
  facility?: string;
  group?: string;
}

function taskRow(
  n: number,
  now: number,
  next: (below: number) => number,
  status: TaskRow['status'],
  place: Place,
): TaskRow {
  const process = anyOf(processes, next);
  const facility = place.facility ?? anyOf(facilities, next);
  const group = place.group ?? anyOf(roles, next);
  const businessKey = `${facility}202611${String(n).padStart(6, '0')}`;
  const createdAt = new Date(now - next(20 * 24) * hourMs).toISOString();
  const colleague = `${group}-${facility.toLowerCase()}-${next(5)}`;
  return {
    _id: `${process.key}.${businessKey}.7`,
    seq: 1,
    instance: `${process.key}/${businessKey}`,
    process: process.key,
    businessKey,
    key: '7',
    element: 'Task',
    name: anyOf(process.elements, next),
    facility,
    stage: anyOf(process.stages, next),
    title: `${anyOf(people, next)}：${anyOf(subjects, next)}`,
    status,
    assignee: next(2) === 0 ? null : colleague,
    candidateGroups: [group],
    leaderGroups: ['cs-director'],
    candidateUsers: [],
    excludedUsers: [],
    priority: next(20) === 0 ? 90 : 50,
    createdAt,
    ...(next(10) > 0 && {
      dueAt: new Date(now + (next(40 * 24) - 5 * 24) * hourMs).toISOString(),
      dueKind: 'working-days',
    }),
    formId: 'form',
    ...(status === 'completed' && { closedAt: createdAt, closedBy: colleague }),
    columns: { kind: anyOf(['annual', 'sick'], next), amountCents: next(500) * 100 },
    updatedAt: createdAt,
  };
}

const none: ProcessColumn[] = [];
const atOnce = 200;

/**
 * With the indexes in place: the stand-in does not finish one over so many rows, it begins it anew for ever.
 * @param columnKeys of a row, as its process declares them
 */
export async function fillTasks(
  count: number,
  status: TaskRow['status'],
  columnKeys: (row: TaskRow) => string[],
  place: Place = {},
): Promise<void> {
  const next = sequence(count);
  const now = Date.now();
  for (let from = 0; from < count; from += atOnce) {
    const rows = Array.from({ length: Math.min(atOnce, count - from) }, (_, n) => {
      const row = taskRow(from + n + (status === 'open' ? 0 : 500_000), now, next, status, place);
      return storedTask({ ...row, columnKeys: columnKeys(row), searchKeys: taskSearchKeys(row, none) });
    });
    await TaskModel.collection.insertMany(rows as never[], { ordered: false });
  }
}
