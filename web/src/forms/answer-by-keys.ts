/** Groups of choices by keyboard: the first character of a choice's label chooses it, and goes on to the next question. */

/** @returns takes the listener away */
export function answerByKeys(box: HTMLElement): () => void {
  const listener = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
    const { target } = event;
    if (!(target instanceof HTMLInputElement) || target.type !== 'radio') return;
    const question = target.closest('.fjs-form-field');
    const chosen = [...(question?.querySelectorAll<HTMLInputElement>('input[type="radio"]') ?? [])].find((choice) =>
      choice.labels?.[0]?.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()),
    );
    if (!question || !chosen) return;
    event.preventDefault();
    chosen.click();
    // Questions that depend on the answer are there after the form has drawn itself.
    setTimeout(() => nextField(box, chosen)?.focus());
  };
  box.addEventListener('keydown', listener);
  return () => box.removeEventListener('keydown', listener);
}

function nextField(box: HTMLElement, from: HTMLElement): HTMLElement | undefined {
  const own = from.closest('.fjs-form-field');
  return [...box.querySelectorAll<HTMLElement>('input:not([disabled]), textarea:not([disabled])')].find(
    (field) =>
      field.closest('.fjs-form-field') !== own &&
      (from.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  );
}
