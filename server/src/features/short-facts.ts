import type { ImageFacts, UserId } from '../catalog/model.js';
import type { Fact } from '../fact.js';
import { shellPath } from '../interpret/query.js';
import type { StageState } from '../interpret/state.js';
import { libcTitle } from './titles.js';

/** What decides whether a program runs in an image, in a word or two each; null for what is not known. */
export type ShortFacts = { readonly libc: string | null; readonly shell: string | null; readonly user: string | null };

/** `glibc 2.41`, `no shell`, `65532`. */
export function factsOfImage({ libc, shells, user, isWindows }: ImageFacts): ShortFacts {
  if (isWindows) return nothing;
  const shell = shells.known ? shellWord(shells.value.find((path) => path === '/bin/sh') ?? shells.value[0]) : null;
  return { libc: libcTitle(libc), shell, user: userWord(user) };
}

export function factsOfState(state: StageState): ShortFacts {
  const shell = shellPath(state);
  return {
    libc: libcTitle(state.libc),
    shell: shell.known ? shellWord(shell.value ?? undefined) : null,
    user: userWord(state.user),
  };
}

/** `glibc 2.41 · no shell · 65532`; empty when nothing is known. */
export function joinFacts(words: readonly (string | null)[]): string {
  return words.filter((word) => word !== null).join(' · ');
}

const nothing: ShortFacts = { libc: null, shell: null, user: null };

function shellWord(path: string | undefined): string {
  return path === undefined ? 'no shell' : path.slice(path.lastIndexOf('/') + 1);
}

/** A number says more than a name: Kubernetes and file owners go by it. */
function userWord(user: Fact<UserId>): string | null {
  if (!user.known) return null;
  const { name, uid } = user.value;
  if (uid === 0 || name === 'root') return 'root';
  return uid === null ? name : String(uid);
}
