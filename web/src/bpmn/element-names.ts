/** Elements of a diagram that can hold a token, read from its XML. */

const model = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const places = /(?:[tT]ask|[gG]ateway|Event|callActivity|subProcess|SubProcess|transaction)$/;

export interface DrawnElement {
  id: string;
  /** The id where it has none. */
  name: string;
  /** As in the file: `userTask`. */
  type: string;
  /** Ids of the elements whose flows lead here, and to which flows lead from here. */
  before: string[];
  after: string[];
}

/** In the order of the file. */
export function drawnElements(xml: string): DrawnElement[] {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  const all = [...document.getElementsByTagNameNS(model, '*')];
  const flows = all.flatMap((one) =>
    one.localName === 'sequenceFlow'
      ? [{ from: one.getAttribute('sourceRef') ?? '', to: one.getAttribute('targetRef') ?? '' }]
      : [],
  );
  return all
    .filter((one) => places.test(one.localName) && one.hasAttribute('id'))
    .map((one) => {
      const id = one.getAttribute('id') ?? '';
      return {
        id,
        name: one.getAttribute('name') || id,
        type: one.localName,
        before: flows.filter(({ to }) => to === id).map(({ from }) => from),
        after: flows.filter(({ from }) => from === id).map(({ to }) => to),
      };
    });
}

export const elementNames = (xml: string): Map<string, string> =>
  new Map(drawnElements(xml).map(({ id, name }) => [id, name]));
