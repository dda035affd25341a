/** Parses the bytes or text of a file to BPMN definitions. Syntax errors become problems, never exceptions. */
import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import { decode, Unreadable } from '../files/decode.ts';
import { refuseHostile } from '../files/hostile.ts';
import { restore, type Spelled, spelled } from '../files/xml-letters.ts';
import { careloopHint } from './careloop-extensions.ts';
import careloop from './careloop-moddle.json' with { type: 'json' };
import { isElement, type ModdleElement } from './element.ts';
import { takeOutMisplaced } from './misplaced.ts';
import { normalised } from './normalise.ts';
import { codeOf, constraintsOf, noId, otherKind, readable, sentence } from './parse-messages.ts';
import type { Report } from './report.ts';
import type { Unresolved } from './rules/rule.ts';

/** One set of descriptors only: combined with the Camunda 7 descriptors no file can be read. */
const moddle = new BpmnModdle({ zeebe, careloop });

export interface Parsed {
  definitions: ModdleElement;
  /** The text it was read from. */
  xml: string;
  /** References that lead nowhere. */
  unresolved: Unresolved[];
}

const plainName = (property = ''): string => property.replace(/^.*:/, '');

export async function parseFile(file: string | Uint8Array, report: Report): Promise<Parsed | undefined> {
  let xml = '';
  let read: Spelled | undefined;
  try {
    xml = decode(file);
    refuseHostile(xml);
    xml = normalised(xml);
    read = spelled(xml);
    const { rootElement, warnings } = await moddle.fromXML(read.xml);
    for (const id of read.xml === xml ? [] : restore(rootElement, read.back))
      report.error(undefined, 'unparsable', noId(id));
    // Several lists may reference the same missing flow: reported once.
    const unresolved: (Unresolved & { target: string })[] = [];
    for (const warning of warnings) {
      const { text, position } = readable(warning.message, read);
      const at = isElement(warning.element) ? warning.element : undefined;
      const code = codeOf(warning.message);
      const target = /^unresolved reference <(.*)>/.exec(warning.message)?.[1];
      if (target !== undefined && at && unresolved.some((known) => known.element === at && known.target === target)) {
        unresolved.push({ element: at, property: plainName(warning.property), target });
        continue;
      }
      if (target !== undefined && at && warning.property)
        unresolved.push({ element: at, property: plainName(warning.property), target });
      // The diagram part is not executed: a shape without an element is harmless. Types of data and extensions may be
      // defined elsewhere.
      const typing =
        code === 'unresolved-reference' &&
        /(structureRef|evaluatesToTypeRef|bpmn:type|bpmn:definition)$/.test(warning.property ?? '');
      const drawn = typing || (at !== undefined && /^(bpmndi|di|dc):/.test(at.$type));
      const where = warning.property ? ` in ${warning.property}` : '';
      const say = drawn ? report.warning : report.error;
      const constraint = constraintsOf[code];
      const hint = careloopHint(
        /^(?:unknown attribute|.*unknown type) <(.*?)>/s.exec(warning.message)?.[1] ?? '',
        at?.$type,
      );
      say(at, code, `${sentence(text)}${code === 'unresolved-reference' ? where : ''}`, {
        ...(hint !== undefined && { hint }),
        ...(position && { position }),
        ...(constraint && { constraint }),
      });
    }
    if (isElement(rootElement) && rootElement.$type === 'bpmn:Definitions') {
      for (const { element, name } of takeOutMisplaced(rootElement))
        report.error(
          element,
          'unknown-attribute',
          `"${name}" is written as an attribute; the standard knows it as an element only.`,
          {
            hint: `Write it as <${name}> inside the element.`,
          },
        );
      return { definitions: rootElement, xml, unresolved };
    }
    report.error(undefined, 'unparsable', 'The file holds no BPMN definitions.');
  } catch (error) {
    if (error instanceof Unreadable) {
      report.error(undefined, error.code, `The file cannot be read: ${error.message}`, { hint: error.hint });
      return undefined;
    }
    const message = error instanceof Error ? error.message : String(error);
    const { text, position } = readable(message, read);
    const said = otherKind(xml) ?? text;
    report.error(undefined, 'unparsable', `The file is no BPMN 2.0 file that can be read: ${said}`, {
      hint: 'Open it in a BPMN modeler and export it as BPMN 2.0 XML.',
      ...(position && { position }),
    });
  }
  return undefined;
}
