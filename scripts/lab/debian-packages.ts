import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, run } from './process.js';
import type { Root } from './roots.js';

/** Downloads and unpacks Debian's packages. `folder` keeps what was downloaded. */
export class DebianPackages {
  readonly #folder: string;
  readonly #options: readonly string[];

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
      'APT::Install-Recommends=false',
      'APT::Sandbox::User=root',
      'Acquire::Retries=3',
    ].flatMap((option) => ['-o', option]);
  }

  get debs(): string {
    return join(this.#folder, 'debs');
  }

  /** The files of the packages, and of all they depend on where the root is complete. Throws when one is missing. */
  fetch({ packages, isComplete = false }: Pick<Root, 'packages' | 'isComplete'>): string[] {
    const names = isComplete ? this.#withDependencies(packages) : packages;
    const missing = names.filter((name) => !this.#file(name));
    if (missing.length > 0) this.#download(missing);
    return names.map((name) => {
      const file = this.#file(name);
      if (!file) throw new Error(`apt-get did not download ${name}.`);
      return join(this.debs, file);
    });
  }

  /** Unpacks files of packages into a directory, whose /bin, /sbin and /lib lead to those of /usr. */
  unpack(files: readonly string[], target: string): void {
    for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
      mkdirSync(join(target, 'usr', name), { recursive: true });
      must(['ln', '-sfn', `usr/${name}`, join(target, name)]);
    }
    for (const file of files) {
      must(['sh', '-eu', '-c', 'dpkg-deb --fsys-tarfile "$0" | tar -x --keep-directory-symlink -C "$1"', file, target]);
    }
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

  #download(names: readonly string[]): void {
    this.#apt(['download', ...names], this.debs);
  }

  #file(name: string): string | undefined {
    return readdirSync(this.debs).find((file) => file.startsWith(`${name}_`) && file.endsWith('.deb'));
  }

  /** The lists of packages may be missing or old: then they are brought up to date, once. */
  #apt(words: readonly string[], cwd = this.#folder): string {
    const first = run(['apt-get', ...this.#options, ...words], { cwd, seconds: 300 });
    if (first.code === 0) return first.output;
    run(['apt-get', 'update', '-q'], { seconds: 300 });
    return must(['apt-get', ...this.#options, ...words], { cwd, seconds: 300 });
  }
}
