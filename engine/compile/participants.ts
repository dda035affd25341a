/**
 * The ends of a participant association are child elements in the schema (BPMN20.xsd, tParticipantAssociation) and attributes to moddle,
 * which cannot read the file then. The children are rewritten as the attributes.
 */
export function withEndsAsAttributes(xml: string): string {
  return xml.replace(
    /<((?:[\w.-]+:)?)participantAssociation\b([^>]*[^/>])?>([\s\S]*?)<\/\1participantAssociation\s*>/g,
    (_, prefix: string, attributes: string | undefined, inside: string) => {
      const ends: string[] = [];
      const rest = inside.replace(
        new RegExp(`<${prefix}(innerParticipantRef|outerParticipantRef)\\s*>([^<]*)</${prefix}\\1\\s*>`, 'g'),
        (_, end: string, id: string) => {
          ends.push(` ${end}="${id.trim().replace(/^.*:/, '')}"`);
          return '';
        },
      );
      return `<${prefix}participantAssociation${attributes ?? ''}${ends.join('')}>${rest}</${prefix}participantAssociation>`;
    },
  );
}
