import type { ImageData } from '../../server/src/catalog/data-model.js';
import { createVendorFile, type VendorFile } from './vendor-file.js';
import type { RawUnreadFile, RawUnreadImage } from './unread-image.js';

const samples = 'clnstrt/cleanstart-containers@ab3d08d3:containers/*';

/** Applications of which the sample projects pull both `latest` and `latest-dev`. */
const applications =
  'argo-workflow-exec argocd-extension-installer aws-cli cadvisor cortex kyverno-kyvernopre logstash-exporter ' +
  'memcached metallb-controller minio minio-operator-sidecar sqlite3 step-cli';

/**
 * The fact file takes from the documentation that `latest` has no shell and which account runs, but the vendor's own
 * samples run shell commands on `latest` and disagree about the account. Both are left out; the samples show a shell
 * and apk in `latest-dev`.
 */
export function importCleanstart({ compiled, images }: RawUnreadFile): VendorFile {
  const file = createVendorFile({
    family: 'cleanstart',
    vendor: 'CleanStart',
    read: compiled,
    access: 'public',
    signing: null,
  });
  const own = images.filter(({ repository, tags }) => repository.startsWith('cleanstart/') && tags.includes('latest'));
  for (const raw of own) addImage(file, raw.repository, raw);
  file.add('registry.cleanstart.com/*', {
    title: 'CleanStart image',
    purpose: 'application',
    docs: 'https://images.cleanstart.com',
    scheme: 'any',
    unlisted: { access: 'subscription', source: file.source('https://images.cleanstart.com') },
    images: [],
  });
  for (const name of applications.split(' ')) addImage(file, `cleanstart/${name}`, null);
  return file;
}

function addImage(file: VendorFile, name: string, raw: RawUnreadImage | null): void {
  const common: ImageData = {
    libc: 'glibc',
    architectures: file.architectures(['amd64', 'arm64']),
    source: file.source(samples),
  };
  const isDevelopment = raw?.purpose === 'build';
  const language = raw?.runtime && languages.has(raw.runtime.name) ? raw.runtime.name : null;
  file.add(`docker.io/${name}`, {
    title: name,
    purpose: raw?.purpose ?? 'application',
    ...(language ? { language } : {}),
    docs: `https://hub.docker.com/r/${name}`,
    scheme: 'strict',
    images: [
      { tags: 'latest', ...common, contents: file.contents(programs[name] ?? 'libc'), dev: `${name}:latest-dev` },
      {
        tags: 'latest-dev',
        ...common,
        packageManager: 'apk',
        files: '/bin/sh',
        contents: file.contents(`${programs[name] ?? 'libc'} sh apk`),
        flavor: 'dev',
        ...(isDevelopment ? {} : { purpose: 'build' }),
        production: `${name}:latest`,
      },
    ],
  });
}

const languages = new Set(['python', 'node', 'go', 'java']);

/** What the samples run in the images. */
const programs: Readonly<Record<string, string>> = {
  'cleanstart/python': 'libc python3',
  'cleanstart/node': 'libc node',
  'cleanstart/go': 'libc go',
  'cleanstart/jre': 'libc java',
  'cleanstart/jdk': 'libc java javac',
  'cleanstart/nginx': 'libc nginx',
  'cleanstart/curl': 'libc curl',
};
