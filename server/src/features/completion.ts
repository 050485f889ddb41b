import type { Analysis } from '../interpret/state.js';
import { bases } from './completion/bases.js';
import type { Completion } from './completion/model.js';
import { placeAt } from './completion/place.js';
import { sources } from './completion/sources.js';
import { users } from './completion/users.js';

export type { Completion, Suggestion } from './completion/model.js';
export { describeImage } from './completion/describe.js';

/** What may stand at the cursor, from the catalog and the file alone; null where nothing is to be completed. */
export function complete(analysis: Analysis, offset: number): Completion | null {
  const place = placeAt(analysis, offset);
  if (!place) return null;
  if (place.kind === 'base') return bases(analysis, place);
  return place.kind === 'source' ? sources(analysis, place) : users(place);
}
