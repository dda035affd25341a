/** What was filled in. A form comes after the page: until it is there nothing can be sent in its place. */
import type { FormHandle } from './form-view.tsx';

/** @returns undefined while a form that there is cannot be asked yet */
export const filledIn = (form: FormHandle | null, hasForm: boolean): ReturnType<FormHandle['submit']> =>
  hasForm ? form?.submit() : { data: {}, errors: {} };
