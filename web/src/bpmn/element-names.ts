/** Names of what an instance can stand at, read off a diagram. */

const model = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const places = /(?:[tT]ask|[gG]ateway|Event|callActivity|subProcess|SubProcess|transaction)$/;

/** @returns name by id, in the order of the file; without a name the id itself */
export function elementNames(xml: string): Map<string, string> {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  const found = [...document.getElementsByTagNameNS(model, '*')].filter(
    (one) => places.test(one.localName) && one.hasAttribute('id'),
  );
  return new Map(
    found.map((one) => [one.getAttribute('id') ?? '', one.getAttribute('name') || (one.getAttribute('id') ?? '')]),
  );
}
