/** Files submitted with a form: checks that they exist, belong to the person and satisfy the form, then attaches them. */
import type { FormField, Json, PlanForm, Variables } from '../../../engine/model/plan.ts';
import { isObject, valueAt } from '../../../engine/tasks/form-scope.ts';
import { attachFiles, type FileRow, findFiles, releaseFiles } from '../../../store/files/files.ts';
import { isAccepted } from '../../files/file-types.ts';
import type { Person } from '../../http/policy.ts';
import { type FieldError, ProblemError } from '../../http/problem.ts';

interface Named {
  id: string;
  /** Path in the request: `body.variables.photos.0`. */
  path: string;
  field: FormField;
}

/** Values other than lists of strings are reported by the form check. */
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
  /** The existing instance of the form, whose own files may be submitted again. */
  instance?: string;
  /** Digest of the start request: a repeat finds its files attached. */
  request?: string;
}

/** @throws ProblemError 422 with each invalid file */
export async function filesHandedIn(
  form: PlanForm | undefined,
  given: Variables,
  handing: HandingIn,
): Promise<string[]> {
  return checked(form ? namedIn(form.fields, given) : [], handing);
}

/** The same for a request that lists files itself, as `files`. */
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
 * Attaches the files before the act, so that a failure in between loses none.
 * @throws what the act throws; if it was refused, the files are pending again
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
    // After an outage it is unknown whether the act took effect.
    if (error instanceof ProblemError && error.fields.status < 500) await releaseFiles(attached, to.instance);
    throw error;
  }
}

const unknownFile = (path: string, { label }: FormField): FieldError =>
  fieldError(path, 'unknown-file', {
    zh: `“${label}”中的一个文件不存在，或不是您为此上传的。请移除后重新上传。`,
    en: `"${label}": there is no such file, or you have not uploaded it for this form. Remove it and upload it again.`,
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
    detail: `${errors.length === 1 ? 'One file' : `${errors.length} files`} cannot be submitted.`,
    hint: 'Correct the fields listed in "errors".',
    errors,
  });
