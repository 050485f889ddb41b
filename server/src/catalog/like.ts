import { known, unknown, type Evidence, type Fact } from '../fact.js';
import type { ImageData } from './data-model.js';
import type { Account, ImageFacts } from './model.js';

type Written = { readonly image: ImageData; readonly say: (note: string) => Evidence };

const shellWords: readonly string[] = 'sh bash ash dash zsh ksh mksh csh fish busybox'.split(' ');
const managerWords: readonly string[] = 'apt apt-get apt-cache dpkg apk dnf microdnf yum rpm tdnf zypper pacman'.split(
  ' ',
);

/**
 * The facts of `own`, and where it says nothing those of `model`. What its publisher promises (status, support, access,
 * signatures, size) is not taken over. With `closed: false` nothing is known to be missing because it is in `model`.
 */
export function alike(own: ImageFacts, model: ImageFacts, { image, say }: Written): ImageFacts {
  const title = `'${model.name}:${model.tag}'`;
  const by = say(`is like ${title}`);
  const isOpen = image.closed === false;
  const or = <T>(fact: Fact<T>, other: Fact<T>): Fact<T> => (fact.known ? fact : because(other, by));
  const unlessOpen = <T>(fact: Fact<T>, isAbsent: (value: T) => boolean): Fact<T> =>
    isOpen && fact.known && isAbsent(fact.value) ? unknown(by) : fact;
  const isOnOwnSystem = own.os.known;
  return {
    ...own,
    purpose: image.purpose === undefined ? model.purpose : own.purpose,
    flavor: own.flavor ?? model.flavor,
    isFips: own.isFips || (image.isFips === undefined && model.isFips),
    isWindows: own.isWindows || model.isWindows,
    os: or(own.os, model.os),
    libc: isOnOwnSystem ? own.libc : or(own.libc, model.libc),
    osEol: isOnOwnSystem ? own.osEol : model.osEol,
    osLtsEol: isOnOwnSystem ? own.osLtsEol : model.osLtsEol,
    shells: or(
      own.shells,
      unlessOpen(model.shells, (paths) => paths.length === 0),
    ),
    packageManager: or(
      own.packageManager,
      unlessOpen(model.packageManager, (manager) => manager === null),
    ),
    user: or(own.user, model.user),
    ...accountsOf(own, model, by),
    workdir: or(own.workdir, model.workdir),
    env: envOf(own.env, model.env, by),
    entrypoint: or(own.entrypoint, model.entrypoint),
    cmd: or(own.cmd, model.cmd),
    runtime: or(own.runtime, model.runtime),
    ...contentsOf(own, model, { by, isOpen }),
    closed: isOpen ? unknown(by) : or(own.closed, model.closed),
    architectures: own.architectures ?? model.architectures,
    note: own.note ?? `Like ${title}, but for what '${own.source}' says`,
  };
}

function because<T>(fact: Fact<T>, by: Evidence): Fact<T> {
  return { ...fact, because: [by, ...fact.because] };
}

/** The user an image runs as by name has an account in it. */
function accountsOf(own: ImageFacts, model: ImageFacts, by: Evidence): Pick<ImageFacts, 'accounts' | 'namedUsers'> {
  if (own.accounts.known) return own;
  const { user } = own;
  const isListed =
    !user.known || user.value.name === null || own.namedUsers.some(({ name }) => name === user.value.name);
  const added = isListed ? own.namedUsers : [...own.namedUsers, { name: user.value.name ?? '', uid: user.value.uid }];
  const merge = (list: readonly Account[]) => [
    ...list.filter(({ name }) => !added.some((account) => account.name === name)),
    ...added,
  ];
  return {
    namedUsers: merge(model.namedUsers),
    accounts: model.accounts.known
      ? known<readonly Account[]>(merge(model.accounts.value), by, ...model.accounts.because)
      : because(model.accounts, by),
  };
}

/** What is written is added to the variables of the model, so that all are known only where those are. */
function envOf(own: ImageFacts['env'], model: ImageFacts['env'], by: Evidence): ImageFacts['env'] {
  if (!own.known || !model.known) return because(model, by);
  return known({ ...model.value, ...own.value }, ...own.because, by, ...model.because);
}

/** Shells and package managers of the model are forgotten where it is written which ones the image has. */
function contentsOf(
  own: ImageFacts,
  model: ImageFacts,
  { by, isOpen }: { by: Evidence; isOpen: boolean },
): Pick<ImageFacts, 'contents' | 'files'> {
  const forgotten = new Set([
    ...(own.shells.known ? shellWords : []),
    ...(own.packageManager.known ? managerWords : []),
    ...[...own.contents].filter(([, fact]) => fact.known && !fact.value).map(([word]) => word),
  ]);
  const taken = [...model.contents].filter(
    ([word, fact]) => !forgotten.has(word) && (!isOpen || (fact.known && fact.value)),
  );
  return {
    contents: new Map([...taken.map(([word, fact]) => [word, because(fact, by)] as const), ...own.contents]),
    files: [
      ...model.files.filter((path) => !forgotten.has(path.slice(path.lastIndexOf('/') + 1))),
      ...own.files.filter((path) => !model.files.includes(path)),
    ],
  };
}
