/** `./careloop bundle FILE`: a definition as one JSON text, as `POST /api/definitions` takes it. */
import { asUtf8 } from '../../engine/files/decode.ts';
import { failure } from './failure.ts';
import { readNamedDefinition } from './read-definition.ts';
import type { Screen } from './screen.ts';

export async function bundleFile(files: string[], note: string | undefined, screen: Screen): Promise<number> {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0)
    throw failure(
      'no-file',
      'Which definition? Name one .bpmn file.',
      './careloop bundle definitions/leave/leave.bpmn',
    );
  const { xml, decisions, ...beside } = await readNamedDefinition(file);
  const bundle = {
    xml: asUtf8(xml),
    ...(decisions && { decisions: decisions.map(asUtf8) }),
    ...beside,
    ...(note !== undefined && { note }),
  };
  screen.line(JSON.stringify(bundle));
  return 0;
}
