/** Files that are handed in with a form: whether they are there, are the person's to hand in, and what the form asks for; then they are attached. */
import type { FormField, Json, PlanForm, Variables } from '../../../engine/model/plan.ts';
import { isObject, valueAt } from '../../../engine/tasks/form-scope.ts';
import { attachFiles, type FileRow, findFiles, releaseFiles } from '../../../store/files/files.ts';
import { isAccepted } from '../../files/file-types.ts';
import type { Person } from '../../http/policy.ts';
import { type FieldError, ProblemError } from '../../http/problem.ts';

interface Named {
  id: string;
  /** Within the request: `body.variables.photos.0`. */
  path: string;
  field: FormField;
}

/** Values that are no lists of texts are told by the check of the form. */
function namedIn(fields: FormField[], given: { [key: string]: Json }, at = 'body.variables.'): Named[] {
  return fields.flatMap((field): Named[] => {
    const value = valueAt(given, field.key);
    if (!Array.isArray(value)) return [];
    if (field.type === 'files')
      return value.flatMap((id, index) =>
        typeof id === 'string' ? [{ id, path: `${at}${field.key}.${index}`, field }] : [],
      );
    return value.flatMap((row, index) =>
      isObject(row) ? namedIn(field.fields ?? [], row, `${at}${field.key}.${index}.`) : [],
    );
  });
}

export interface HandingIn {
  person: Person;
  facility: string;
  /** Whose form it is, if it is there already: its own files may be handed in again. */
  instance?: string;
  /** Digest of the request that starts one: a repeat finds its files attached. */
  request?: string;
}

/** @throws ProblemError 422 with each wrong one */
export async function filesHandedIn(
  form: PlanForm | undefined,
  given: Variables,
  handing: HandingIn,
): Promise<string[]> {
  return checked(form ? namedIn(form.fields, given) : [], handing);
}

/** The same for a request that names them itself, as `files`. */
export async function requireFiles(ids: string[], handing: HandingIn): Promise<void> {
  const label = '附件';
  const field: FormField = { key: 'files', type: 'files', label, required: false };
  await checked(
    ids.map((id, index) => ({ id, path: `body.files.${index}`, field })),
    handing,
  );
}

async function checked(named: Named[], { person, facility, instance, request }: HandingIn): Promise<string[]> {
  if (named.length === 0) return [];
  const rows = new Map((await findFiles(named.map(({ id }) => id))).map((row) => [row._id, row]));
  const mayHandIn = (row: FileRow): boolean =>
    row.facility === facility &&
    (row.waiting
      ? row.uploadedBy === person.id
      : (instance !== undefined && row.instance === instance) ||
        (request !== undefined && row.beginning?.request === request));
  const errors = named.flatMap(({ id, path, field }): FieldError[] => {
    const row = rows.get(id);
    if (!row || !mayHandIn(row)) return [unknownFile(path, field)];
    return isAccepted(field.accept, row.type) ? [] : [otherKind(path, field, row)];
  });
  if (errors.length > 0) throw formInvalid(errors);
  return [...new Set(named.map(({ id }) => id))];
}

/**
 * They belong to the instance before the act begins, so that what is cut off between the two loses none.
 * @throws what the act throws; where it was refused, they wait again
 */
export async function attachedWhile<T>(
  ids: string[],
  to: { instance: string; element: string },
  act: () => Promise<T>,
): Promise<T> {
  if (ids.length === 0) return act();
  const attached = await attachFiles(ids, { ...to, at: new Date().toISOString() });
  try {
    return await act();
  } catch (error) {
    // Of an outage it is not known whether the act was done.
    if (error instanceof ProblemError && error.fields.status < 500) await releaseFiles(attached, to.instance);
    throw error;
  }
}

const unknownFile = (path: string, { label }: FormField): FieldError =>
  fieldError(path, 'unknown-file', {
    zh: `“${label}”中的一个文件不存在，或不是您为此上传的。请移除后重新上传。`,
    en: `"${label}": there is no such file, or you have not uploaded it for this. Remove it and upload it again.`,
  });

const otherKind = (path: string, { label, accept = '' }: FormField, { name }: FileRow): FieldError =>
  fieldError(path, 'file-type', {
    zh: `“${label}”不接受“${name}”，只接受 ${accept}。`,
    en: `"${label}" does not take "${name}", only ${accept}.`,
  });

const fieldError = (path: string, code: string, words: { zh: string; en: string }): FieldError => ({
  path,
  code,
  message: words.en,
  words,
});

const formInvalid = (errors: FieldError[]): ProblemError =>
  new ProblemError({
    status: 422,
    code: 'form-invalid',
    detail: `${errors.length === 1 ? 'One file' : `${errors.length} files`} cannot be handed in.`,
    hint: 'Correct the fields listed in "errors".',
    errors,
  });
