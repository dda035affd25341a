/** docs/process-diagrams.md lists what the compiler reads, and all of it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { careloopExtensions } from '../../engine/compile/careloop-extensions.ts';
import moddle from '../../engine/compile/careloop-moddle.json' with { type: 'json' };
import { processDiagramsPage } from '../../tools/process-diagrams-page.ts';

describe('docs/process-diagrams.md', () => {
  it('is up to date (npx tsx tools/process-diagrams-page.ts writes it)', () => {
    const page = readFileSync(new URL('../../docs/process-diagrams.md', import.meta.url), 'utf8');
    expect(page === processDiagramsPage()).toBe(true);
  });

  it('tells every extension that files are read with', () => {
    // bpmn-moddle writes its prefix into the names of descriptors that it reads.
    const described = moddle.types.flatMap(({ name, properties }) =>
      properties.map((property) => `${name}.${property.name}`.replaceAll('careloop:', '')),
    );
    expect(careloopExtensions.map(({ key }) => key).sort()).toEqual(described.sort());
  });

  it('leaves no cell empty but where there is no example', () => {
    const rows = processDiagramsPage()
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(rows.filter((row) => /\|\s*\|\s*\S/.test(row))).toEqual([]);
    expect(careloopExtensions.filter(({ meaning }) => meaning === '')).toEqual([]);
  });
});
