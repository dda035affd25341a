/** The data of a form, which is loaded after the page: nothing can be submitted before. */
import type { FormHandle } from './form-view.tsx';

/** @returns undefined while a form that there is cannot be asked yet */
export const filledIn = (form: FormHandle | null, hasForm: boolean): ReturnType<FormHandle['submit']> =>
  hasForm ? form?.submit() : { data: {}, errors: {} };
