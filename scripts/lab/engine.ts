import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, run, type Ran } from './process.js';

/** What a container is started with, as the image states it. Texts as in the configuration of Docker. */
export type ImageConfig = {
  readonly User?: string;
  readonly WorkingDir?: string;
  readonly Env?: readonly string[] | null;
  readonly Entrypoint?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  readonly Shell?: readonly string[] | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly Healthcheck?: { readonly Test?: readonly string[] } | null;
};

/** The name of the image of the case that is being staged. */
export const caseTag = 'localhost/lab/case:latest';

/** buildah with a storage of its own, and runc under it. */
export class Engine {
  readonly #folder: string;
  readonly #buildah: readonly string[];
  readonly #isolation: readonly string[];
  readonly #env: Readonly<Record<string, string>>;
  /** What was asked before of images that stay, and which image has which further name. */
  readonly #configs = new Map<string, ImageConfig>();
  readonly #named = new Map<string, string>();
  readonly runcState: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.runcState = join(folder, 'runc');
    for (const name of ['runc', 'tmp']) mkdirSync(join(folder, name), { recursive: true });
    this.#env = { TMPDIR: join(folder, 'tmp'), BUILDAH_FORMAT: 'docker' };
    const overlay = buildahIn(folder, 'overlay');
    // Overlay saves most of the copying, and not every machine allows it.
    this.#buildah = run([...overlay, 'info'], { env: this.#env }).code === 0 ? overlay : buildahIn(folder, 'vfs');
    this.#isolation = ['--isolation', 'oci', '--runtime', 'runc', '--runtime-flag', `root=${this.runcState}`];
  }

  /** Throws with the output when buildah fails. */
  call(...words: readonly string[]): string {
    return must([...this.#buildah, ...words], { env: this.#env, seconds: 300 });
  }

  /** `volumes` are words such as `/host:/container`. */
  build({ file, context, volumes }: { file: string; context: string; volumes: readonly string[] }): Ran {
    const options = [...this.#isolation, '--network', 'none', '--pull-never', '--format', 'docker', '--layers=false'];
    const mounts = volumes.flatMap((volume) => ['--volume', volume]);
    const words = ['bud', ...options, ...mounts, '-t', caseTag, '-f', file, context];
    return run([...this.#buildah, ...words], { env: this.#env, seconds: 300 });
  }

  /** Runs a command in a container and waits for its end. */
  runIn(container: string, argv: readonly string[]): Ran {
    const words = ['run', ...this.#isolation, '--network', 'none', container, '--', ...argv];
    return run([...this.#buildah, ...words], { env: this.#env, seconds: 120 });
  }

  config(image: string): ImageConfig | null {
    const known = this.#configs.get(image);
    if (known) return known;
    const { code, stdout } = run([...this.#buildah, 'inspect', '--type', 'image', image], { env: this.#env });
    if (code !== 0) return null;
    const { Docker } = JSON.parse(stdout) as { Docker: { config?: ImageConfig } };
    const config = Docker.config ?? {};
    if (image !== caseTag) this.#configs.set(image, config);
    return config;
  }

  /** Makes an image of a container, which goes. */
  commit(container: string, image: string): void {
    this.call('commit', '--format', 'docker', '--rm', container, image);
    this.#configs.delete(image);
  }

  /** Gives an image one more name, which another image may have had. */
  tag(image: string, name: string): void {
    if (this.#named.get(name) !== image) this.call('tag', image, name);
    this.#named.set(name, image);
  }

  /** Leaves nothing behind but images: no container, no process, no mount. */
  close(): void {
    this.clean();
    for (const mount of this.#mounts()) run(['umount', mount]);
  }

  /** The storage mounts its own folder, and leaves that to the machine's restart. */
  #mounts(): string[] {
    const lines = readFileSync('/proc/self/mounts', 'utf8').split('\n');
    const paths = lines.map((line) => line.split(' ')[1] ?? '');
    return paths.filter((path) => path.startsWith(`${this.#folder}/`)).reverse();
  }

  /** Takes away the images that the given function chooses by name. */
  removeImages(isUnwanted: (name: string) => boolean): void {
    const { stdout } = run([...this.#buildah, 'images', '--format', '{{.Name}}:{{.Tag}}'], { env: this.#env });
    const names = stdout.split('\n').filter((name) => name.includes(':') && isUnwanted(name));
    if (names.length > 0) run([...this.#buildah, 'rmi', '--force', ...names], { env: this.#env });
    this.#configs.clear();
    this.#named.clear();
  }

  /** Takes away every container and the image of a case. */
  clear(): void {
    for (const words of [
      ['rm', '--all'],
      ['rmi', '--force', caseTag],
    ]) {
      run([...this.#buildah, ...words], { env: this.#env });
    }
  }

  /** Takes away what an earlier lab may have left, but for its images. */
  clean(): void {
    const running = run(['runc', '--root', this.runcState, 'list', '-q']).stdout.split('\n').filter(Boolean);
    for (const id of running) run(['runc', '--root', this.runcState, 'delete', '--force', id]);
    this.clear();
    run([...this.#buildah, 'rmi', '--prune'], { env: this.#env });
  }
}

function buildahIn(folder: string, driver: string): string[] {
  const places = ['--root', join(folder, `storage-${driver}`), '--runroot', join(folder, `run-${driver}`)];
  return ['buildah', ...places, '--storage-driver', driver];
}
