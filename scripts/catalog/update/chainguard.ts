import type { ImageData, VendorData } from '../../../server/src/catalog/data-model.js';
import { compareImages, missingRepositories, shellPackages, type StatedImage } from './compare-images.js';
import type { Reading, Upstream } from './difference.js';

type LockedConfig = {
  readonly accounts?: {
    readonly 'run-as'?: string;
    readonly users?: readonly { readonly username: string; readonly uid: number }[] | null;
  };
  readonly cmd?: string;
  readonly contents?: { readonly packages?: readonly string[] };
  readonly entrypoint?: { readonly command?: string; readonly type?: string; readonly 'shell-fragment'?: string };
  readonly 'work-dir'?: string;
};
type Lock = {
  readonly repo: string;
  readonly tags: readonly string[];
  readonly configs: Readonly<Record<string, string>>;
  readonly devConfigs?: Readonly<Record<string, string>> | null;
};

/** The images of a `locked_config.json`, which holds one configuration an architecture as a text; null when it is none. */
export function readLocks(text: string, path: string): readonly StatedImage[] | null {
  try {
    const { imageLocks } = JSON.parse(text) as { imageLocks: Readonly<Record<string, Lock>> };
    return Object.values(imageLocks).flatMap((lock) => [
      ...readLock(lock, { configs: lock.configs, suffix: '', path }),
      ...readLock(lock, { configs: lock.devConfigs ?? {}, suffix: '-dev', path }),
    ]);
  } catch {
    return null;
  }
}

export function compareChainguard(upstream: Upstream, vendor: VendorData): Reading {
  const unread = ['Of the packages only those that bring a shell are compared.'];
  const stated: StatedImage[] = [];
  for (const path of upstream.list('images').filter((each) => each.endsWith('/locked_config.json'))) {
    const images = readLocks(upstream.read(path) ?? '', path);
    if (images) stated.push(...images);
    else unread.push(`${path} cannot be read.`);
  }
  const missing = missingRepositories({ vendor, stated });
  if (missing.length > 0) unread.push(`${missing.length} repositories are not in the catalog: ${missing.join(' ')}.`);
  return { differences: compareImages({ vendor, stated, shownOnly: [] }), unread };
}

type Part = { readonly configs: Readonly<Record<string, string>>; readonly suffix: string; readonly path: string };

function readLock({ repo, tags }: Lock, { configs, suffix, path }: Part): StatedImage[] {
  const text = configs.amd64 ?? configs.index;
  if (text === undefined) return [];
  const { config } = JSON.parse(text) as { config: LockedConfig };
  const repository = `cgr.dev/chainguard/${repo.replace(/^public\//, '')}`;
  const shells = shellPackages(config.contents?.packages ?? []);
  return [{ repository, tags: tags.map((tag) => tag + suffix), facts: readFacts(config), eol: null, shells, path }];
}

function readFacts(config: LockedConfig): Partial<ImageData> {
  const { entrypoint, cmd, accounts } = config;
  const user = readUser(accounts);
  const isPlain = !entrypoint?.type && !entrypoint?.['shell-fragment'];
  return {
    ...(user === null ? {} : { user }),
    ...(isPlain ? { entrypoint: splitWords(entrypoint?.command) } : {}),
    cmd: splitWords(cmd),
    workdir: config['work-dir'] || '/',
  };
}

/** `run-as` is a number or a name; none means root. */
function readUser(accounts: LockedConfig['accounts']): string | null {
  const runAs = accounts?.['run-as'] ?? '';
  if (runAs === '' || runAs === '0' || runAs === 'root') return '0';
  const user = accounts?.users?.find(({ username, uid }) => username === runAs || String(uid) === runAs);
  return user ? `${user.username}:${user.uid}` : null;
}

/** Words as a shell splits them, with quotes and without expansion; null for none. */
function splitWords(text: string | undefined): readonly string[] | null {
  const words = text?.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.length > 0 ? words.map((word) => word.replace(/["']/g, '')) : null;
}
