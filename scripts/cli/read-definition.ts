/** A definition that a command was given by the path of its diagram, with what lies beside it. */
import { readFile } from 'node:fs/promises';
import type { DefinitionSource } from '../../api/resources/definitions/lint-definition.ts';
import { isMissing, readDefinition } from '../definition-files.ts';
import { failure, messageOf } from './failure.ts';

/** @throws Failure when it cannot be read, or what lies beside it is no JSON of its kind */
export async function readNamedDefinition(file: string): Promise<DefinitionSource & { xml: Uint8Array }> {
  try {
    return await readDefinition(file);
  } catch (error) {
    if (isMissing(error)) throw failure('no-such-file', `There is no file "${file}".`);
    await readFile(file).catch((cause: unknown) => {
      throw failure('unreadable-file', `"${file}" cannot be read: ${messageOf(cause)}`);
    });
    throw failure(
      'unreadable-file',
      messageOf(error),
      'Forms are form-js JSON with an id; English names and message texts are JSON.',
    );
  }
}
