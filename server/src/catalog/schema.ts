import type { ImageData, RepositoryData, VendorData } from './data-model.js';

/** What is wrong with a vendor file, one sentence each; empty when it can be loaded. */
export function checkVendor(vendor: VendorData): readonly string[] {
  const head = ['family', 'vendor']
    .filter((key) => !isText(vendor[key as 'family']))
    .map((key) => `'${key}' is missing.`);
  const date = isDate(vendor.read) ? [] : [`'read' is no date in '${vendor.vendor}'.`];
  const rows = Object.entries(vendor.repositories).flatMap(([name, repository]) =>
    checkRepository(vendor, name, repository),
  );
  const repeated = repeatedTags(vendor);
  return [
    ...head,
    ...date,
    ...vendor.sources.flatMap(checkSource),
    ...vendor.contents.flatMap((text) => checkContents(vendor, text)),
    ...rows,
    ...repeated,
  ];
}

const purposes = ['static', 'base', 'runtime', 'build', 'application'];
const statuses = ['supported', 'deprecated', 'retired'];
const accesses = ['public', 'free-login', 'subscription', 'organisation'];
const libcs = /^(?:none|(?:glibc|musl|uclibc)(?::\d+(?:\.\d+)*)?)$/;
const managers = ['apt', 'apk', 'dnf', 'microdnf', 'yum', 'tdnf', 'zypper', 'pacman'];

/** A test of one field; an absent field is always in order. */
const fields: { readonly [K in keyof ImageData]?: (value: NonNullable<ImageData[K]>, vendor: VendorData) => boolean } =
  {
    tags: (tags) => tags.split(' ').every((tag) => /^[\w][\w.-]{0,127}$/.test(tag)),
    os: (os) => /^[a-z-]+(?::[\w.]+)?$/.test(os),
    libc: (libc) => libcs.test(libc),
    shells: (shells) => areEmptyOrPaths(shells),
    packageManager: (manager) => managers.includes(manager),
    user: (user) => /^(?:\d+|[\w.-]+:\d*)$/.test(user),
    accounts: (accounts) => accounts === '' || accounts.split(' ').every(isAccount),
    users: (users) => users.split(' ').every(isAccount),
    workdir: (path) => path.startsWith('/'),
    env: (index, { environments }) => index in environments,
    contents: (index, { contents }) => index in contents,
    files: (files) => areEmptyOrPaths(files),
    note: (index, { notes }) => index in notes,
    source: (index, { sources }) => index in sources,
    architectures: (index, { architectures }) => index in architectures,
    runtime: (runtime) => runtime.split(' ').length === 3,
    status: (status) => statuses.includes(status),
    eol: isDate,
    access: (access) => accesses.includes(access),
    purpose: (purpose) => purposes.includes(purpose),
    packageCount: (count) => Number.isInteger(count) && count >= 0,
    signing: isText,
    attestations: isText,
    lasting: (facts) => facts.split(' ').every((fact) => /^(?:user|start|shells)(?::\d+(?:\.\d+)*)?$/.test(fact)),
    size: ([megabytes, date]) => megabytes > 0 && /^\d{4}-\d\d(?:-\d\d)?$/.test(date),
  };

function checkRepository(vendor: VendorData, name: string, repository: RepositoryData): string[] {
  const problems: string[] = [];
  for (const each of [name, ...(repository.names ?? [])]) {
    if (!/^[a-z0-9.-]+(?::\d+)?\/(?:[a-z0-9._/-]+|(?:[a-z0-9._-]+\/)*\*\*?)$/.test(each))
      problems.push(`'${each}' is no full name in lower case.`);
  }
  if (!purposes.includes(repository.purpose)) problems.push(`'${name}' has no purpose.`);
  for (const row of repository.images) {
    const image: ImageData = { ...repository.shared, ...row };
    if (image.source === undefined) problems.push(`'${name}' has an image without a source (${image.tags ?? ''}).`);
    if (image.os === undefined && image.ofRelease)
      problems.push(`'${name}' takes facts from a release it does not name.`);
    problems.push(...checkImage(vendor, name, image));
  }
  const lines = Object.entries(repository.lines ?? {}).filter(([, date]) => !isDate(date));
  return [...problems, ...lines.map(([line]) => `'${name}' has no date for the end of ${line}.`)];
}

function checkImage(vendor: VendorData, name: string, image: ImageData): string[] {
  return Object.entries(fields).flatMap(([key, check]) => {
    const value = image[key as keyof ImageData];
    if (value === undefined || value === null) return [];
    const isFine = (check as (value: unknown, vendor: VendorData) => boolean)(value, vendor);
    return isFine ? [] : [`'${name}' has a wrong '${key}': ${JSON.stringify(value)}.`];
  });
}

/** A tag that two images claim is a fault of the importer: a Windows twin, or two rows for one image. */
function repeatedTags({ repositories }: VendorData): string[] {
  return Object.entries(repositories).flatMap(([name, { images }]) => {
    const all = images.flatMap(({ tags }) => tags?.split(' ') ?? []);
    return all.filter((tag, index) => all.indexOf(tag) !== index).map((tag) => `'${name}:${tag}' is described twice.`);
  });
}

function checkContents({ groups }: VendorData, text: string): string[] {
  const words = text.split(' ').filter(Boolean);
  const unknownGroups = words.filter((word) => word.startsWith('@') && !(word.slice(1) in groups));
  const both = words.filter((word) => word.startsWith('-') && words.includes(word.slice(1)));
  return [
    ...unknownGroups.map((word) => `'${word}' is no group.`),
    ...both.map((word) => `'${word}' is both present and absent.`),
  ];
}

function checkSource(source: string): string[] {
  return isText(source) && source.length < 200 ? [] : [`'${source}' is no source.`];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0;
}

function isDate(value: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
}

function isAccount(text: string): boolean {
  return /^[\w.-]+:\d*$/.test(text);
}

function areEmptyOrPaths(text: string): boolean {
  return text === '' || text.split(' ').every((path) => path.startsWith('/'));
}
