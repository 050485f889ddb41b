import { allFindings } from './checks.js';
import type { MemoryFiles } from './memory-tree.js';

/** A Dockerfile with the files of its build context. */
export type Project = { readonly dockerfile: string; readonly files?: MemoryFiles };

const rules = new Set([
  'host-node-modules-copied',
  'node-abi-skew',
  'node-gyp-toolchain-missing',
  'node-modules-libc-mismatch',
  'npm-lock-lacks-target-libc',
  'package-runner-missing',
  'prisma-engine-target-missing',
  'python-no-musllinux-wheel',
  'python-version-skew',
  'ruby-gem-glibc-on-musl',
]);

/** The errors and warnings of the rules that read lock files and their like: `error node-abi-skew`. */
export function complaints({ dockerfile, files = {} }: Project): string[] {
  return allFindings(dockerfile.trimStart(), { files })
    .filter(({ rule, severity }) => rules.has(rule.meta.id) && severity !== 'information')
    .map(({ rule, severity }) => `${severity} ${rule.meta.id}`);
}

/** A package-lock.json of npm; `packages` by their paths, `dependencies` are those of the project. */
export function npmLock(packages: Readonly<Record<string, object>>, dependencies: object = {}): string {
  return JSON.stringify({ lockfileVersion: 3, packages: { '': { dependencies }, ...packages } }, null, 2);
}

/** An entry of an npm lock file for a package whose native code comes in packages of its own, for glibc and for musl. */
export function chosenPackage(name: string): Record<string, object> {
  const platform = (libc: string) => ({ version: '1.0.0', cpu: ['x64'], libc: [libc], os: ['linux'], optional: true });
  const [gnu, musl] = [`${name}-linux-x64-gnu`, `${name}-linux-x64-musl`];
  return {
    [`node_modules/${name}`]: { version: '1.0.0', optionalDependencies: { [gnu]: '1.0.0', [musl]: '1.0.0' } },
    [`node_modules/${gnu}`]: platform('glibc'),
    [`node_modules/${musl}`]: platform('musl'),
  };
}

/** A uv.lock of a project that needs `onnxruntime`; the wheels are for glibc unless given. */
export function uvLock(root: string, tags = ['manylinux_2_28_x86_64', 'manylinux_2_28_aarch64']): string {
  const wheels = tags.map((tag) => {
    const wheel = /^cp/.test(tag) ? tag : `cp313-cp313-${tag}`;
    return `    { url = "https://example.org/onnxruntime-1.0.0-${wheel}.whl", hash = "sha256:a" },`;
  });
  const project = ['[[package]]', 'name = "app"', 'version = "0.1.0"', 'source = { virtual = "." }', root];
  const source = 'source = { registry = "https://example.org/simple" }';
  const wheeled = ['[[package]]', 'name = "onnxruntime"', 'version = "1.0.0"', source, 'wheels = [', ...wheels, ']'];
  return ['version = 1', 'requires-python = ">=3.13"', '', ...project, '', ...wheeled, ''].join('\n');
}
