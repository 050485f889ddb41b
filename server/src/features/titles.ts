import type { Libc, UserId } from '../catalog/model.js';
import type { Fact } from '../fact.js';
import { libcTitle as nameOfLibc } from './hover/words.js';

/** `glibc 2.41`, `musl`, `no libc`; null when not known. */
export function libcTitle(libc: Fact<Libc>): string | null {
  return libc.known ? nameOfLibc(libc.value) : null;
}

/** `/bin/sh`, `no shell`; null when not known. */
export function shellTitle(shell: Fact<string | null>): string | null {
  return shell.known ? (shell.value ?? 'no shell') : null;
}

/** `root`, `65532`, `nonroot (65532)`; null when not known. */
export function userTitle(user: Fact<UserId>): string | null {
  if (!user.known) return null;
  const { name, uid } = user.value;
  if (uid === 0) return 'root';
  if (name === null) return uid === null ? null : String(uid);
  return uid === null ? name : `${name} (${uid})`;
}
