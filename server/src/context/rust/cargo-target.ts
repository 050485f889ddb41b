/** Whether a target or a condition such as `cfg(windows)` is for another system than Linux, in a table of Cargo's files. */
export function isOtherSystem(target: string): boolean {
  const isCondition = target.startsWith('cfg(');
  return otherSystems.test(target) && !(isCondition && /linux|unix|\bnot\(|\bany\(/.test(target));
}

const otherSystems = /windows|apple|macos|darwin|wasm|android|ios|freebsd|-none/;
