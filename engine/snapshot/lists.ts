/**
 * The lists that multi-instances go through and those they collect, written once: usually a variable has the very same list, and then only
 * where it stands is written. Read again, both share one list, as they did before.
 */
import { ownValue } from '../model/own-property.ts';
import type { Fields, Value } from './defaults.ts';
import type { EncodedWaits } from './waits.ts';

/** Where the list stands: the key of a wait, then names of fields. */
type Place = string[];

/** Fields with a list, and what is written in place of each. */
const placed = { items: 'itemsAt', outputs: 'outputsAt' } as const;
type Listed = keyof typeof placed;
const listed = Object.keys(placed) as Listed[];

/** Letters as JSON; a shorter list is as short as its place. */
const shortest = 100;

const isFields = (value: Value): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function encodeLists(waits: EncodedWaits): EncodedWaits {
  if (!Object.values(waits).some((wait) => listed.some((field) => hasList(wait, field)))) return waits;
  const places = placesOf(waits);
  const written: EncodedWaits = {};
  for (const [key, wait] of Object.entries(waits)) {
    written[key] = wait;
    for (const field of listed) {
      if (!hasList(wait, field)) continue;
      const text = JSON.stringify(wait[field]);
      const place = places.get(text);
      if (place) written[key] = replaced(written[key]!, field, placed[field], place);
      else if (text.length >= shortest) places.set(text, [key, field]);
    }
  }
  return written;
}

function replaced(wait: Fields, from: string, to: string, value: Value): Fields {
  const { [from]: _, ...rest } = wait;
  return { ...rest, [to]: value };
}

export function decodeLists(written: EncodedWaits): EncodedWaits {
  const waits: EncodedWaits = {};
  for (const [key, wait] of Object.entries(written)) {
    let read = wait;
    for (const field of listed) {
      const place = wait[placed[field]];
      if (wait['kind'] === 'multi' && Array.isArray(place))
        read = replaced(read, placed[field], field, valueAt(written, place as Place));
    }
    waits[key] = read;
  }
  return waits;
}

const hasList = (wait: Fields, field: Listed): boolean => wait['kind'] === 'multi' && Array.isArray(wait[field]);

/** Every list of the variables, by its text; the first place of several. */
function placesOf(waits: EncodedWaits): Map<string, Place> {
  const places = new Map<string, Place>();
  const look = (value: Value, place: Place): void => {
    if (Array.isArray(value)) {
      const text = JSON.stringify(value);
      if (text.length >= shortest && !places.has(text)) places.set(text, place);
    } else if (isFields(value)) for (const [name, one] of Object.entries(value)) look(one, [...place, name]);
  };
  for (const [key, { variables }] of Object.entries(waits)) look(variables, [key, 'variables']);
  return places;
}

function valueAt(waits: EncodedWaits, place: Place): Value {
  let value: Value = waits;
  for (const name of place) value = isFields(value) ? ownValue(value, name) : undefined;
  return value;
}
