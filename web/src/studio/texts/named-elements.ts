/** What of a diagram has a name that people read: the process, its elements, and the flows that are named. */
const model = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const named = /^(?:process|sequenceFlow|callActivity|transaction|.*(?:[tT]ask|[gG]ateway|Event|[sS]ubProcess))$/;

export interface NamedElement {
  id: string;
  name: string;
}

/** In the order of the file; ids that begin by another definition of the file come once. */
export function namedElements(xml: string): NamedElement[] {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  return [...document.getElementsByTagNameNS(model, '*')].flatMap((one) => {
    const [id, name] = [one.getAttribute('id'), one.getAttribute('name')];
    return named.test(one.localName) && id && name ? [{ id, name }] : [];
  });
}
