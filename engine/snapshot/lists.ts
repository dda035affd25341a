/**
 * The lists that multi-instances go through, written once: usually a variable has the very same list, and then only where it stands is
 * written. Read again, both share one list, as they did before.
 */
import type { Fields, Value } from './defaults.ts';
import type { EncodedWaits } from './waits.ts';

/** Where the list stands: the key of a wait, then names of fields. */
type Place = string[];

/** In place of `items`. */
const placed = 'itemsAt';

/** Letters as JSON; a shorter list is as short as its place. */
const shortest = 100;

const isFields = (value: Value): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function encodeLists(waits: EncodedWaits): EncodedWaits {
  if (!Object.values(waits).some(isOverList)) return waits;
  const places = placesOf(waits);
  const written: EncodedWaits = {};
  for (const [key, wait] of Object.entries(waits)) {
    const { items, ...rest } = wait;
    const text = isOverList(wait) ? JSON.stringify(items) : '';
    const place = places.get(text);
    written[key] = place ? { ...rest, [placed]: place } : wait;
    if (!place && text.length >= shortest) places.set(text, [key, 'items']);
  }
  return written;
}

export function decodeLists(written: EncodedWaits): EncodedWaits {
  const waits: EncodedWaits = {};
  for (const [key, wait] of Object.entries(written)) {
    const { [placed]: place, ...rest } = wait;
    waits[key] = isOverPlacedList(wait) ? { ...rest, items: valueAt(written, place as Place) } : wait;
  }
  return waits;
}

const isOverList = (wait: Fields): boolean => wait['kind'] === 'multi' && Array.isArray(wait['items']);

const isOverPlacedList = (wait: Fields): boolean => wait['kind'] === 'multi' && Array.isArray(wait[placed]);

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
  for (const name of place) value = isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}
