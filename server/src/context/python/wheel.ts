/** The tags of a wheel, as its file name has them: https://packaging.python.org/en/latest/specifications/binary-distribution-format/ */
export type Wheel = {
  /** `cp313`, `py3`. */
  readonly pythons: readonly string[];
  /** `cp313`, `abi3`, `none`. */
  readonly abis: readonly string[];
  /** `manylinux_2_17_x86_64`, `musllinux_1_2_aarch64`, `any`. */
  readonly platforms: readonly string[];
};

export type Machine = 'x86_64' | 'aarch64';

/** What a wheel is to be installed on. `minor` is that of CPython 3; null when it is not known. */
export type WheelTarget = {
  readonly minor: number | null;
  readonly libc: 'glibc' | 'musl';
  readonly machine: Machine;
};

/** Null for a name that is not one of a wheel. */
export function readWheelName(name: string): Wheel | null {
  if (!name.endsWith('.whl') || name.length > longestName) return null;
  const parts = name.slice(0, -'.whl'.length).split('-');
  if (parts.length < 5 || parts.length > 6) return null;
  const [pythons = '', abis = '', platforms = ''] = parts.slice(-3).map((part) => part.toLowerCase());
  return { pythons: pythons.split('.'), abis: abis.split('.'), platforms: platforms.split('.') };
}

/** One that holds no compiled code for any system. */
export function isPureWheel({ platforms }: Wheel): boolean {
  return platforms.includes('any');
}

/** Whether a wheel may be installed there: with a minor version that is not known, by some version at least. */
export function fitsTarget(wheel: Wheel, target: WheelTarget): boolean {
  return fitsSystem(wheel, target) && fitsPython(wheel, target.minor);
}

/** Whether its platform is that system, whatever the version of Python. */
export function fitsSystem({ platforms }: Wheel, { libc, machine }: Pick<WheelTarget, 'libc' | 'machine'>): boolean {
  return platforms.some((platform) => {
    if (platform === 'any') return true;
    if (!platform.endsWith(`_${machine}`)) return false;
    // A plain `linux` tag names no libc.
    if (platform === `linux_${machine}`) return true;
    return platform.startsWith(libc === 'musl' ? 'musllinux_' : 'manylinux');
  });
}

const longestName = 500;

function fitsPython({ pythons, abis }: Wheel, minor: number | null): boolean {
  return pythons.some((python) => abis.some((abi) => fitsTags(python, abi, minor)));
}

/** As `cpython_tags` and `compatible_tags` of https://packaging.pypa.io/en/stable/tags.html have it. */
function fitsTags(python: string, abi: string, minor: number | null): boolean {
  const generic = /^py3(\d*)$/.exec(python);
  if (generic) return abi === 'none' && (minor === null || generic[1] === '' || Number(generic[1]) <= minor);
  const own = /^cp3(\d+)$/.exec(python)?.[1];
  if (own === undefined) return false;
  if (abi === 'abi3') return minor === null || Number(own) <= minor;
  const isOrdinary = abi === 'none' || /^cp3\d+m?$/.test(abi);
  return isOrdinary && (minor === null || Number(own) === minor);
}
