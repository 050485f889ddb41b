import { groupByRepository } from './common-schema.js';
import { readUnreadImage, type RawUnreadFile } from './unread-image.js';
import { createVendorFile, type VendorFile } from './vendor-file.js';

/** Vendors of whom little more than the names can be read without an account. */
export function importFurther({ compiled, images }: RawUnreadFile): Readonly<Record<string, VendorFile>> {
  return {
    echo: echo(compiled, images),
    rapidfort: rapidfort(compiled),
    'iron-bank': ironBank(compiled),
  };
}

/** Echo Linux is made from Debian: same package manager, other packages. Who may pull was not read. */
function echo(read: string, images: RawUnreadFile['images']): VendorFile {
  const file = createVendorFile({ family: 'echo', vendor: 'Echo', read, access: null, signing: null });
  const registry = 'reg.echohq.com';
  const unlisted = { os: 'echo', packageManager: 'apt', source: file.source('https://docs.echohq.com') };
  const own = images.filter(({ repository }) => repository.startsWith(`${registry}/`));
  for (const [name, rows] of groupByRepository(own)) {
    const [first] = rows;
    if (!first) continue;
    file.add(name, {
      title: `Echo ${name.slice(registry.length + 1)}`,
      purpose: first.purpose,
      ...(first.runtime && first.purpose !== 'app' ? { language: first.runtime.name } : {}),
      docs: 'https://docs.echohq.com',
      scheme: 'any',
      unlisted,
      images: rows.map((raw) => readUnreadImage(file, raw)),
    });
  }
  file.add(`${registry}/**`, {
    title: 'Echo image',
    purpose: 'application',
    docs: 'https://docs.echohq.com',
    scheme: 'any',
    unlisted: { source: unlisted.source },
    images: [],
  });
  return file;
}

function rapidfort(read: string): VendorFile {
  const file = createVendorFile({ family: 'rapidfort', vendor: 'RapidFort', read, access: null, signing: null });
  const community = 'https://github.com/rapidfort/community-images';
  file.add('docker.io/rapidfort/*', {
    title: 'RapidFort community image',
    purpose: 'application',
    docs: community,
    scheme: 'any',
    unlisted: {
      access: 'public',
      source: file.source('rapidfort/community-images@80bc7562:README.md'),
      note: file.note(
        'An image of another publisher with its unused parts taken out: user and entrypoint are those of the original.',
      ),
    },
    images: [],
  });
  file.add('quay.io/rfcurated/*', {
    title: 'RapidFort curated image',
    purpose: 'application',
    docs: 'https://hub.rapidfort.com',
    scheme: 'any',
    unlisted: { source: file.source('https://hub.rapidfort.com') },
    images: [],
  });
  return file;
}

function ironBank(read: string): VendorFile {
  const file = createVendorFile({
    family: 'iron-bank',
    vendor: 'Iron Bank',
    read,
    access: 'free-login',
    signing: null,
  });
  file.add('registry1.dso.mil/ironbank/**', {
    title: 'Iron Bank image',
    purpose: 'application',
    docs: 'https://repo1.dso.mil/',
    scheme: 'any',
    unlisted: {
      source: file.source('rapidfort/community-images@80bc7562:README.md'),
      note: file.note('Pulling needs an account with the registry of the US Department of Defense.'),
    },
    images: [],
  });
  return file;
}
