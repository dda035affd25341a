/** A diagram with other names for its elements, for those who read another language. */
export function withNames(xml: string, names: Readonly<Record<string, string>>): string {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  for (const element of document.querySelectorAll('[id][name]')) {
    const name = names[element.getAttribute('id') ?? ''];
    if (name !== undefined) element.setAttribute('name', name);
  }
  return new XMLSerializer().serializeToString(document);
}
