import { mkdirSync } from 'node:fs';
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
  readonly #buildah: readonly string[];
  readonly #isolation: readonly string[];
  readonly #env: Readonly<Record<string, string>>;
  readonly runcState: string;

  constructor(folder: string) {
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

  build(file: string, context: string): Ran {
    const options = [...this.#isolation, '--network', 'none', '--pull-never', '--format', 'docker', '--layers=false'];
    const words = ['bud', ...options, '-t', caseTag, '-f', file, context];
    return run([...this.#buildah, ...words], { env: this.#env, seconds: 120 });
  }

  /** Runs a command in a container and waits for its end. */
  runIn(container: string, argv: readonly string[]): Ran {
    const words = ['run', ...this.#isolation, '--network', 'none', container, '--', ...argv];
    return run([...this.#buildah, ...words], { env: this.#env, seconds: 30 });
  }

  config(image: string): ImageConfig | null {
    const { code, output } = run([...this.#buildah, 'inspect', '--type', 'image', image], { env: this.#env });
    if (code !== 0) return null;
    const { Docker } = JSON.parse(output) as { Docker: { config?: ImageConfig } };
    return Docker.config ?? {};
  }

  /** Takes away every container, every image of a case, and whatever runc still runs for the lab. */
  clean(): void {
    const running = run(['runc', '--root', this.runcState, 'list', '-q']).output.split('\n').filter(Boolean);
    for (const id of running) run(['runc', '--root', this.runcState, 'delete', '--force', id]);
    for (const words of [
      ['umount', '--all'],
      ['rm', '--all'],
      ['rmi', caseTag],
      ['rmi', '--prune'],
    ]) {
      run([...this.#buildah, ...words], { env: this.#env });
    }
  }
}

function buildahIn(folder: string, driver: string): string[] {
  const places = ['--root', join(folder, `storage-${driver}`), '--runroot', join(folder, `run-${driver}`)];
  return ['buildah', ...places, '--storage-driver', driver];
}
