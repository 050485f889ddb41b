import { createVendorFile, type VendorFile } from './vendor-file.js';

const announcement = 'https://github.com/bitnami/containers/issues/83267';
const end = '2025-08-28';

/** Every image under these names shares one fate; what is in it differs from one to the next and is not told. */
export function importBitnami(read: string): VendorFile {
  const file = createVendorFile({ family: 'bitnami', vendor: 'Bitnami', read, access: 'public', signing: null });
  const source = file.source(announcement);
  const add = (name: string, title: string, unlisted: object): void => {
    file.add(name, { title, purpose: 'application', docs: announcement, scheme: 'any', unlisted, images: [] });
  };
  add('docker.io/bitnami/*', 'Bitnami', {
    status: 'deprecated',
    eol: end,
    source,
    note: file.note('No longer maintained here: versioned tags moved to bitnamilegacy, which gets no updates.'),
  });
  add('docker.io/bitnamilegacy/*', 'Bitnami Legacy', {
    status: 'retired',
    eol: end,
    source,
    note: file.note('An archive without updates.'),
  });
  file.add('docker.io/bitnamisecure/*', {
    title: 'Bitnami Secure Images',
    purpose: 'application',
    docs: announcement,
    scheme: 'any',
    unlisted: { source, note: file.note("Free for development, and only as 'latest'.") },
    images: [],
  });
  add('public.ecr.aws/bitnami/*', 'Bitnami on AWS', {
    status: 'retired',
    eol: '2026-06-10',
    source: file.source('https://github.com/bitnami/charts/issues/36537'),
    note: file.note('Taken from the public gallery of AWS on 10 June 2026.'),
  });
  addMinideb(file);
  return file;
}

/** The Debian base that stayed where it was. */
function addMinideb(file: VendorFile): void {
  file.add('docker.io/bitnami/minideb', {
    title: 'minideb',
    purpose: 'base',
    docs: 'https://github.com/bitnami/minideb',
    scheme: 'any',
    unlisted: {
      os: 'debian',
      libc: 'glibc',
      packageManager: 'apt',
      source: file.source('https://github.com/bitnami/minideb'),
    },
    images: [],
  });
}
