/** Both sides of a comparison seal their payloads with the same codec. */
import { createActingCodec } from '../../temporal/sealing/codec.ts';
import { testKeys } from '../../tests/support/keys.ts';

export const dataConverter = { payloadCodecs: [createActingCodec(testKeys)] };
