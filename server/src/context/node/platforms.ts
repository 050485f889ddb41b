/** The platform that the name of a package ends in, as in `@rollup/rollup-linux-x64-musl` and `@img/sharp-linuxmusl-x64`. */
export type NamedPlatform = {
  /** The name without the platform: packages of one family take each other's place. */
  readonly family: string;
  /** As Node.js calls it. */
  readonly cpu: string;
  /** Null when the name does not tell. */
  readonly libc: 'glibc' | 'musl' | null;
};

/** Null for the names of other packages, and of those for other systems than Linux. */
export function linuxPlatform(name: string): NamedPlatform | null {
  const match =
    /^(.*?)[-/.]?linux-?(musl|gnu)?-(x64|64|x86_64|arm64|aarch64|arm|ia32|riscv64|s390x|ppc64)(?:-(\w+))?$/.exec(name);
  if (!match) return null;
  const [, family = '', inner, cpu = '', end] = match;
  const libc = libcs[inner ?? end ?? ''];
  if (end !== undefined && libc === undefined) return null;
  return { family, cpu: cpus[cpu] ?? cpu, libc: libc ?? null };
}

const libcs: Readonly<Record<string, 'glibc' | 'musl'>> = {
  musl: 'musl',
  musleabihf: 'musl',
  gnu: 'glibc',
  glibc: 'glibc',
  gnueabihf: 'glibc',
};

const cpus: Readonly<Record<string, string>> = { '64': 'x64', x86_64: 'x64', aarch64: 'arm64' };
