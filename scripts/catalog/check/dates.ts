import type { ReleaseData, RepositoryData, VendorData } from '../../../server/src/catalog/data-model.js';
import type { CatalogFiles, Problem } from './problem.js';

/** Days exist, nothing was read in the future, and what has ended did not end before it began. */
export function checkDates(
  { vendors, distributions, families, packages, others }: CatalogFiles,
  today: string,
): Problem[] {
  const files = [
    ...vendors,
    { file: 'distributions.json', data: distributions },
    { file: 'families.json', data: families },
    { file: 'packages.json', data: packages },
    ...others,
  ];
  return [
    ...files.flatMap(({ file, data }) => checkRead(file, data.read, today)),
    ...vendors.flatMap(({ file, data }) => [
      ...Object.keys(data.removed?.days ?? {}).flatMap((day) => pastDay({ file, key: 'removed', day, today })),
      ...Object.entries(data.repositories).flatMap(([key, repository]) =>
        ofRepository({ file, key, data, repository }),
      ),
    ]),
    ...distributions.releases.flatMap(ofRelease),
  ];
}

/** Whether the text is a day of the calendar, YYYY-MM-DD. */
function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

type Place = { readonly file: string; readonly key: string };

function checkRead(file: string, read: unknown, today: string): Problem[] {
  if (read === undefined) return [{ file, key: 'read', message: 'The day of reading is missing.' }];
  return pastDay({ file, key: 'read', day: String(read), today });
}

function pastDay({ file, key, day, today }: Place & { day: string; today: string }): Problem[] {
  if (!isDay(day)) return [noDay({ file, key }, day)];
  return day > today ? [{ file, key, message: `${day} is in the future.` }] : [];
}

function noDay(place: Place, text: string): Problem {
  return { ...place, message: `'${text}' is no day (YYYY-MM-DD).` };
}

type RepositoryPlace = Place & { readonly data: VendorData; readonly repository: RepositoryData };

function ofRepository({ file, key, data, repository }: RepositoryPlace): Problem[] {
  const place = { file, key };
  const images = [repository.shared, ...repository.images];
  const days = [...images.flatMap(({ eol }) => eol ?? []), ...Object.values(repository.lines ?? {})];
  const past = [
    ...Object.keys(repository.history?.tags ?? {}).map((group) => group.split(' ')[1] ?? ''),
    ...Object.values(repository.history?.since ?? {}),
    ...images.flatMap(({ size }) => (size ? [size[1].length === 7 ? `${size[1]}-01` : size[1]] : [])),
  ];
  return [
    ...days.filter((day) => !isDay(day)).map((day) => noDay(place, day)),
    ...past.flatMap((day) => pastDay({ ...place, day, today: data.read })),
  ];
}

function ofRelease({ id, version, released, eol, ltsEol }: ReleaseData): Problem[] {
  const place = { file: 'distributions.json', key: `${id}:${version}` };
  const days = [released, eol, ltsEol].filter((day) => day !== undefined);
  const wrong = days.filter((day) => !isDay(day)).map((day) => noDay(place, day));
  if (wrong.length > 0) return wrong;
  return days.every((day, index) => index === 0 || (days[index - 1] ?? '') <= day)
    ? []
    : [{ ...place, message: `The dates are out of order: ${days.join(', ')}.` }];
}
