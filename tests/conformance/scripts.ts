/** What the script texts of the public suite mean (README of the cases). */
import type { Json, PlanElement, Variables } from '../../engine/model/plan.ts';

export interface ScriptResult {
  /** What is logged when the script is done. */
  log: string[];
  variables: Variables;
  /** How long it takes on the virtual clock. */
  takesMs: number;
  /** It leaves the marker that is logged once at the end of the case. */
  marks?: true;
  /** It notes its start and end. */
  timed?: true;
  fails?: { errorCode: string };
}

/** The code the suite's own models give to the error of `THROW_ERROR`. */
const thrownCode = 'ERR_CODE';
const tenSeconds = 10_000;

/** What the task itself writes or reads: its data output or input, which associations join to the data object; else the property. */
function dataName(element: PlanElement, process: PlanElement | undefined): string {
  const [output] = ('dataOutputs' in element && element.dataOutputs) || [];
  const [input] = ('dataInputs' in element && element.dataInputs) || [];
  const [declared] = (process && 'data' in process && process.data) || [];
  return output?.source ?? input?.target ?? declared?.name ?? 'data';
}

/**
 * @param read the value of a variable as the task sees it
 * @throws Error on a text that is not in the vocabulary
 */
export function runScript(
  script: string,
  element: PlanElement,
  process: PlanElement | undefined,
  read: (name: string) => Json | undefined,
): ScriptResult {
  const nothing: ScriptResult = { log: [], variables: {}, takesMs: 0 };
  const counted = { integerVariable: Number(read('integerVariable') ?? 0) + 1 };
  if (/^SCRIPT_task\w+$/.test(script)) return { ...nothing, log: [script] };
  switch (script) {
    case 'CREATE_LOG_FILE':
      return nothing;
    case 'CREATE_MARKER_FILE':
      return { ...nothing, marks: true };
    case 'INCREMENT_INTEGER_VARIABLE':
      return { ...nothing, variables: counted };
    case 'INCREMENT_INTEGER_VARIABLE_AND_LOG':
      return { ...nothing, variables: counted, log: ['INCREMENT_correct'] };
    case 'SET_STRING_DATA':
      return { ...nothing, variables: { [dataName(element, process)]: 'String' } };
    case 'LOG_DATA':
      return read(dataName(element, process)) === 'String' ? { ...nothing, log: ['DATA_correct'] } : nothing;
    case 'THROW_ERROR':
      return { ...nothing, fails: { errorCode: thrownCode } };
    case 'WAIT_TEN_SECONDS':
      return { ...nothing, takesMs: tenSeconds };
    case 'CREATE_TIMESTAMP_LOG_1':
    case 'CREATE_TIMESTAMP_LOG_2':
      return { ...nothing, takesMs: tenSeconds, timed: true };
    default:
      throw new Error(`The script "${script}" is not in the vocabulary of the suite.`);
  }
}
