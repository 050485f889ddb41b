import type { ImageData } from '../../server/src/catalog/data-model.js';
import { createVendorFile, type VendorFile } from './vendor-file.js';

const bases =
  'MicrosoftDocs/Virtualization-Documentation@77e0742a:virtualization/windowscontainers/manage-containers/container-base-images.md';

/** Known to be Windows and nothing else, so that nobody is told about a shell that /bin/sh would be. */
export function importWindows(read: string): VendorFile {
  const file = createVendorFile({ family: 'windows', vendor: 'Microsoft', read, access: 'public', signing: null });
  file.source(bases);
  const add = (name: string, title: string): void =>
    file.add(name, {
      title,
      purpose: 'base',
      docs: 'https://learn.microsoft.com/en-us/virtualization/windowscontainers/manage-containers/container-base-images',
      scheme: 'windows',
      images: [],
    });
  add('mcr.microsoft.com/windows', 'Windows');
  add('mcr.microsoft.com/windows/**', 'Windows');
  add('mcr.microsoft.com/nanoserver-insider', 'Nano Server Insider');
  add('mcr.microsoft.com/windowsservercore-insider', 'Windows Server Core Insider');
  add('mcr.microsoft.com/dotnet/framework/*', '.NET Framework');
  for (const name of ['windowsservercore', 'nanoserver', 'iis', 'mssql-server-windows-express', 'dotnet-framework'])
    add(`docker.io/microsoft/${name}`, `microsoft/${name}`);
  return file;
}

const rename = 'https://github.com/dotnet/dotnet-docker/issues/2375';
/** End of support by version. Source: endoflife-date/endoflife.date, products/dotnet.md. */
const lines = { '2.1': '2021-08-21', '2.2': '2019-12-23', '3.0': '2020-03-03', '3.1': '2022-12-13' };

/** The names of .NET before version 5. The images stayed, but nothing newer than 3.1 came to them. */
export function importOldDotnet(read: string): VendorFile {
  const file = createVendorFile({ family: 'dotnet', vendor: 'Microsoft', read, access: 'public', signing: null });
  const source = file.source(rename);
  for (const name of ['sdk', 'aspnet', 'runtime', 'runtime-deps']) {
    file.add(`mcr.microsoft.com/dotnet/core/${name}`, {
      title: `.NET Core ${name}`,
      purpose: { sdk: 'build', 'runtime-deps': 'base' }[name] ?? 'runtime',
      ...(name === 'runtime-deps' ? {} : { language: 'dotnet' }),
      docs: rename,
      scheme: 'any',
      lines,
      unlisted: {
        status: 'retired',
        replacement: `mcr.microsoft.com/dotnet/${name}`,
        ...(name === 'sdk' ? { flavor: 'dev' } : {}),
        source,
      },
      images: [],
    });
  }
  return file;
}

const openjdk = 'microsoft/openjdk-docker@fba53b44:docker';
const versions = [25, 21, 17, 11];
/** Source: endoflife-date/endoflife.date, products/microsoft-build-of-openjdk.md. */
const ends = { '25': '2030-09-30', '21': '2028-09-30', '17': '2027-09-30' };

/** Microsoft Build of OpenJDK. Source of the tags: scripts/validate-image.sh of the same repository. */
export function importMicrosoftJava(read: string): VendorFile {
  const file = createVendorFile({
    family: 'verified-publisher',
    vendor: 'Microsoft',
    read,
    access: 'public',
    signing: null,
  });
  file.add('mcr.microsoft.com/openjdk/jdk', {
    title: 'Microsoft Build of OpenJDK',
    purpose: 'build',
    language: 'java',
    docs: 'https://learn.microsoft.com/java/openjdk/containers',
    scheme: 'strict',
    lines: ends,
    images: [...fullJava(file), distrolessJava(file)],
  });
  return file;
}

function javaTags(distribution: string, extra: readonly number[]): string {
  return [...versions, ...extra].map((version) => `${version}-${distribution}`).join(' ');
}

function fullJava(file: VendorFile): ImageData[] {
  const shared = { user: '0', users: 'root:0 app:101', entrypoint: null };
  return [
    {
      ...shared,
      tags: javaTags('ubuntu', []),
      os: 'ubuntu:22.04',
      ofRelease: true,
      contents: file.contents('java javac libc sh bash ca-certificates tzdata fontconfig ld as strip -wget'),
      source: file.source(`${openjdk}/ubuntu`),
    },
    {
      ...shared,
      tags: javaTags('azurelinux', [8]),
      os: 'azurelinux:3.0',
      libc: 'glibc:2.38',
      packageManager: 'tdnf',
      cmd: ['bash'],
      contents: file.contents('java javac libc ca-certificates tzdata freetype useradd groupadd'),
      source: file.source(`${openjdk}/azurelinux`),
    },
  ];
}

function distrolessJava(file: VendorFile): ImageData {
  return {
    tags: javaTags('distroless', [8]),
    purpose: 'runtime',
    os: 'azurelinux:3.0',
    libc: 'glibc:2.38',
    shells: '',
    packageManager: null,
    user: '0',
    accounts: 'root:0 app:101',
    entrypoint: ['/usr/jdk/bin/java'],
    cmd: ['-version'],
    contents: file.contents(
      'java javac libc zlib ca-certificates tzdata openssl libssl libcrypto libgcc passwd -sh -bash',
    ),
    files: '/usr/jdk/bin/java',
    note: file.note("Holds the full JDK and starts as root: an account 'app' with uid 101 is there."),
    source: file.source(`${openjdk}/distroless`),
  };
}
