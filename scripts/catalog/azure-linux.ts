import type { ImageData } from '../../server/src/catalog/data-model.js';
import { groupByRepository } from './common-schema.js';
import { hubName, readUnreadImage, type RawUnreadFile, type RawUnreadImage } from './unread-image.js';
import { createVendorFile, type VendorFile } from './vendor-file.js';

const prefix = 'mcr.microsoft.com/azurelinux/';

/** Images whose published tags were not read are left out; .NET on Azure Linux is in Microsoft's own file. */
export function importAzureLinux(raw: RawUnreadFile): VendorFile {
  const file = createVendorFile({
    family: 'azure-linux',
    vendor: 'Microsoft',
    read: raw.compiled,
    access: 'public',
    signing: null,
  });
  const own = raw.images.filter(({ repository, tags }) => repository.startsWith(prefix) && tags.length > 0);
  for (const [name, images] of groupByRepository(own)) {
    const [first] = images;
    if (!first) continue;
    file.add(hubName(name), {
      title: `Azure Linux ${name.slice(prefix.length)}`,
      purpose: first.purpose,
      ...(first.docs ? { docs: first.docs } : {}),
      scheme: 'strict',
      images: images.map((image) => ({ ...readUnreadImage(file, image), ...extras(file, image) })),
    });
  }
  addBeta(file);
  addMariner(file);
  return file;
}

/** Azure Linux before version 3.0: twins with `-nonroot` set USER. Source: branch 2.0, BuildBaseContainers.sh. */
function addMariner(file: VendorFile): void {
  const source = file.source('microsoft/azurelinux@a313d25a:.pipelines/containerSourceData');
  const add = (name: string, replacement: string, image: ImageData): void => {
    const row = { os: 'mariner:2.0', entrypoint: null, workdir: '/', replacement, source, ...image };
    file.add(`mcr.microsoft.com/cbl-mariner/${name}`, {
      title: `CBL-Mariner ${name}`,
      purpose: name.endsWith('minimal') ? 'static' : 'base',
      docs: 'https://github.com/microsoft/azurelinux',
      scheme: 'strict',
      images: [
        { tags: '2.0', ...row, user: '0' },
        { tags: '2.0-nonroot', ...row, user: name === 'base/core' ? 'nonroot:65532' : '65532', users: 'nonroot:65532' },
      ],
    });
  };
  add('base/core', `${prefix}base/core:3.0`, {
    libc: 'glibc:2.35',
    packageManager: 'tdnf',
    cmd: ['bash'],
    files: '/bin/bash',
  });
  const distroless = { shells: '', packageManager: null, cmd: null };
  const base = 'ca-certificates tzdata libc libssl libcrypto openssl netbase';
  add('distroless/minimal', `${prefix}distroless/minimal:3.0`, {
    ...distroless,
    libc: 'none',
    contents: file.contents('ca-certificates tzdata -libc -openssl -sh -bash'),
  });
  add('distroless/base', `${prefix}distroless/base:3.0`, {
    ...distroless,
    libc: 'glibc:2.35',
    contents: file.contents(`${base} -sh -bash`),
  });
  add('distroless/debug', `${prefix}distroless/debug:3.0`, {
    libc: 'glibc:2.35',
    packageManager: null,
    cmd: null,
    flavor: 'debug',
    contents: file.contents(`${base} busybox`),
  });
}

/** Azure Linux 4.0, as far as the Dockerfiles of .NET show it: dnf in place of tdnf. */
function addBeta(file: VendorFile): void {
  const shared = { os: 'azurelinux:4.0', source: file.source('dotnet/dotnet-docker@3ed00b61:src/runtime-deps/11.0') };
  const add = (name: string, image: ImageData): void =>
    file.add(`mcr.microsoft.com/azurelinux-beta/${name}`, {
      title: `Azure Linux ${name}, beta`,
      purpose: 'base',
      scheme: 'strict',
      images: [{ tags: '4.0', ...shared, ...image }],
    });
  add('base/core', { libc: 'glibc', packageManager: 'dnf', user: '0', files: '/bin/sh' });
  add('distroless/minimal', {});
}

/** Both templates end in FROM scratch and add the account `nonroot` without USER; only that of the base sets CMD. */
function extras(file: VendorFile, { repository }: RawUnreadImage): ImageData {
  const shared = { entrypoint: null, workdir: '/', users: 'root:0 nonroot:65532' };
  if (!repository.includes('/distroless/')) return shared;
  return {
    ...shared,
    cmd: null,
    note: file.note("Starts as root: an account 'nonroot' with uid 65532 is there, but no USER is set."),
    ...(repository.endsWith('/debug') ? { flavor: 'debug' } : { debug: `${prefix}distroless/debug:3.0` }),
  };
}
