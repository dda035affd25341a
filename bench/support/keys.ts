/** Both sides of a comparison seal their payloads with the same codec. */
import { actingConverter } from '../../temporal/sealing/converter.ts';
import { testKeys } from '../../tests/support/keys.ts';

export const dataConverter = actingConverter(testKeys);
