import data from './data/families.json';

/** A line of images that share a publisher, a way of naming and a way of being built. */
export type Family = {
  readonly id: string;
  /** `Google Distroless`. */
  readonly title: string;
  readonly publisher: string;
};

const families: readonly Family[] = data.families;
const byId = new Map(families.map((family) => [family.id, family]));

export function findFamily(id: string): Family | null {
  return byId.get(id) ?? null;
}

export function listFamilies(): readonly Family[] {
  return families;
}

/** The family's page below docs/: `families/chainguard.md`. */
export function familyPage(id: string): string | null {
  return byId.has(id) ? `families/${id}.md` : null;
}
