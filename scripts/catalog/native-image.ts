import type { ImageData } from '../../server/src/catalog/data-model.js';
import { createVendorFile, type VendorFile } from './vendor-file.js';

const quarkus = 'quarkusio/quarkus-images@e800dcb1';
const graal = 'graalvm/container@6a7c4954';
const bashShells = '/bin/sh /bin/bash';

/** Images for Java compiled ahead of time. Every tag is made the same way; the rest of what is in it was not read. */
export function importNativeImage(read: string): VendorFile {
  const file = createVendorFile({
    family: 'verified-publisher',
    vendor: 'Verified publishers',
    read,
    access: 'public',
    signing: null,
  });
  addQuarkus(file);
  addGraal(file);
  addOracleLinux(file);
  return file;
}

function addQuarkus(file: VendorFile): void {
  const holds = file.contents('libc libgcc libstdc++ zlib');
  const add = (name: string, purpose: string, unlisted: ImageData): void =>
    file.add(`quay.io/quarkus/${name}`, {
      title: `Quarkus ${name}`,
      publisher: 'Quarkus',
      purpose,
      docs: `https://quay.io/repository/quarkus/${name}`,
      scheme: 'any',
      unlisted: { libc: 'glibc', ...unlisted },
      images: [],
    });
  add('quarkus-distroless-image', 'base', {
    os: 'debian',
    shells: '',
    packageManager: null,
    user: '0',
    contents: file.contents('libc libgcc libstdc++ zlib -sh -bash'),
    source: file.source(`${quarkus}:quarkus-distroless-base-image`),
  });
  const micro = { packageManager: null, contents: holds, source: file.source(`${quarkus}:quarkus-micro-base-image`) };
  add('quarkus-micro-image', 'base', { ...micro, os: 'rhel:8', libc: 'glibc:2.28' });
  add('ubi9-quarkus-micro-image', 'base', { ...micro, os: 'rhel:9', libc: 'glibc:2.34' });
  for (const builder of ['mandrel', 'graalvmce']) {
    const shared = {
      shells: bashShells,
      packageManager: 'microdnf',
      user: '1001',
      workdir: '/project',
      entrypoint: ['native-image'],
      flavor: 'dev' as const,
      contents: file.contents('libc sh bash gcc g++ tar gzip unzip find native-image'),
      source: file.source(`${quarkus}:quarkus-${builder.replace('ce', '')}-builder-image`),
    };
    add(`ubi-quarkus-${builder}-builder-image`, 'build', { ...shared, os: 'rhel:8' });
    add(`ubi9-quarkus-${builder}-builder-image`, 'build', { ...shared, os: 'rhel:9' });
  }
}

function addGraal(file: VendorFile): void {
  const shared = { os: 'oraclelinux', libc: 'glibc', shells: bashShells, packageManager: 'microdnf', user: '0' };
  const add = (name: string, unlisted: ImageData): void =>
    file.add(`ghcr.io/graalvm/${name}`, {
      title: `GraalVM ${name}`,
      publisher: 'GraalVM',
      purpose: 'build',
      language: 'java',
      docs: 'https://github.com/graalvm/container',
      scheme: 'any',
      unlisted: { ...shared, source: file.source(graal), ...unlisted },
      images: [],
    });
  add('graalvm-community', { contents: file.contents('libc sh bash java javac native-image') });
  add('jdk-community', { contents: file.contents('libc sh bash java javac') });
  add('native-image-community', {
    entrypoint: ['native-image'],
    workdir: '/app',
    contents: file.contents('libc sh bash native-image'),
  });
}

/** The base of the GraalVM images, which install with microdnf on it. */
function addOracleLinux(file: VendorFile): void {
  file.add('container-registry.oracle.com/os/oraclelinux', {
    title: 'Oracle Linux',
    publisher: 'Oracle',
    purpose: 'base',
    docs: 'https://container-registry.oracle.com/',
    scheme: 'strict',
    images: Object.entries({ 8: '2.28', 9: '2.34', 10: '2.39' }).map(([release, libc]) => ({
      tags: `${release}-slim`,
      os: `oraclelinux:${release}`,
      libc: `glibc:${libc}`,
      shells: bashShells,
      packageManager: 'microdnf',
      user: '0',
      source: file.source(`${graal}:graalvm-community`),
    })),
  });
}
