/** Compares versions by their numbers; false when one of them is not known. */
export function isOlder(version: string | null, other: string | null): boolean {
  if (version === null || other === null) return false;
  const [a, b] = [version, other].map((text) => text.split('.').map(Number));
  for (let index = 0; index < Math.max(a?.length ?? 0, b?.length ?? 0); index++) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Whether two versions agree in their first parts, as far as both are written: `24` and `24.3` do in one part. */
export function sameLine(one: string | null, other: string | null, parts: number): boolean {
  if (one === null || other === null) return false;
  const [a, b] = [one, other].map((version) => version.split('.').slice(0, parts));
  const length = Math.min(a?.length ?? 0, b?.length ?? 0);
  return a?.slice(0, length).join('.') === b?.slice(0, length).join('.');
}
