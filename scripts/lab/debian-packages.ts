import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, run } from './process.js';
import type { Root } from './roots.js';

/** What no case looks at, and much of what would be written: documentation, Go's own sources and tests, gcc's extras. */
export const leftOut: readonly string[] = [
  ...['bug', 'doc', 'info', 'lintian', 'locale', 'man'].map((name) => `./usr/share/${name}`),
  ...['api', 'test', 'src/cmd'].map((name) => `./usr/share/go-*/${name}`),
  './usr/lib/go-*/pkg/linux_amd64/cmd',
  './usr/lib/gcc/*/*/lto1',
  './usr/lib/gcc/*/*/lib*san.a',
];

/** Downloads and unpacks Debian's packages. `folder` keeps what was downloaded. */
export class DebianPackages {
  readonly #folder: string;
  readonly #options: readonly string[];
  readonly #plans = new Map<string, readonly string[]>();

  constructor(folder: string) {
    this.#folder = folder;
    for (const name of ['debs/partial', 'empty']) mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, 'empty', 'status'), '');
    writeFileSync(join(folder, 'pin'), 'Package: *\nPin: release o=Debian\nPin-Priority: 1001\n');
    // Other sources of the machine are left alone, and nothing counts as installed.
    this.#options = [
      `Dir::Etc::preferences=${join(folder, 'pin')}`,
      `Dir::State::status=${join(folder, 'empty', 'status')}`,
      `Dir::Cache::archives=${join(folder, 'debs')}`,
      `Dir::Cache::pkgcache=${join(folder, 'pkgcache.bin')}`,
      `Dir::Cache::srcpkgcache=${join(folder, 'srcpkgcache.bin')}`,
      'APT::Install-Recommends=false',
      'APT::Sandbox::User=root',
      'Acquire::Retries=3',
    ].flatMap((option) => ['-o', option]);
  }

  get debs(): string {
    return join(this.#folder, 'debs');
  }

  /** The packages that a chain of roots holds, with all they depend on where the last one is complete. */
  plan(chain: readonly Root[]): readonly string[] {
    const packages = chain.flatMap((root) => root.packages);
    if (!chain.some(({ isComplete }) => isComplete)) return packages;
    const key = packages.join(' ');
    const planned = this.#plans.get(key) ?? this.#withDependencies(packages);
    this.#plans.set(key, planned);
    return planned;
  }

  /** Downloads what is not there yet, all at once. Throws when a package cannot be had. */
  download(names: readonly string[]): void {
    const missing = [...new Set(names)].filter((name) => !this.#file(name));
    if (missing.length > 0) this.#apt(['download', ...missing], this.debs);
    const [lacking] = missing.filter((name) => !this.#file(name));
    if (lacking) throw new Error(`apt-get did not download ${lacking}.`);
  }

  /** The downloaded files of packages. */
  files(names: readonly string[]): string[] {
    return names.map((name) => join(this.debs, this.#file(name) ?? `${name}.deb`));
  }

  /** Unpacks files of packages into a directory, whose /bin, /sbin and /lib lead to those of /usr. */
  unpack(files: readonly string[], target: string): void {
    for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
      mkdirSync(join(target, 'usr', name), { recursive: true });
      must(['ln', '-sfn', `usr/${name}`, join(target, name)]);
    }
    const exclude = leftOut.map((pattern) => `--exclude=${pattern}`);
    must(['sh', '-eu', '-c', unpackEach, target, ...files], { env: { EXCLUDE: exclude.join(' ') }, seconds: 300 });
  }

  /** The first two numbers of the version of each downloaded package, after the name that people know it by. */
  versions(names: Readonly<Record<string, string>>): string[] {
    return Object.entries(names).flatMap(([name, title]) => {
      const version = /_(?:\d+%3a)?(\d+\.\d+)/.exec(this.#file(name) ?? '')?.[1];
      return version ? [`${title} ${version}`] : [];
    });
  }

  #withDependencies(packages: readonly string[]): string[] {
    const plan = this.#apt(['install', '--simulate', ...packages]);
    return [...plan.matchAll(/^Inst (\S+)/gm)].map(([, name = '']) => name.replace(/:.*/, '')).sort();
  }

  #file(name: string): string | undefined {
    return readdirSync(this.debs).find((file) => file.startsWith(`${name}_`) && file.endsWith('.deb'));
  }

  /** The lists of packages may be missing or old: then they are brought up to date, once. */
  #apt(words: readonly string[], cwd = this.#folder): string {
    const first = run(['apt-get', ...this.#options, ...words], { cwd, seconds: 300 });
    if (first.code === 0) return first.stdout;
    must(['apt-get', 'update', '-q', '-o', 'APT::Update::Error-Mode=any'], { seconds: 300 });
    return must(['apt-get', ...this.#options, ...words], { cwd, seconds: 300 });
  }
}

/** The patterns are for tar, not for the shell. */
const unpackEach = `
set -f
for file in "$@"; do
  dpkg-deb --fsys-tarfile "$file" | tar -x --keep-directory-symlink --anchored --wildcards --no-wildcards-match-slash \\
    $EXCLUDE -C "$0"
done
`;
