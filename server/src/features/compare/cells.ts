import { familyPage, findFamily } from '../../catalog/families.js';
import type { ImageFacts } from '../../catalog/model.js';
import { runtimeCycleOf } from '../../catalog/runtimes.js';
import type { Fact } from '../../fact.js';
import { contentsFor } from './contents.js';

/** The facts of an image as short texts; null where they are not known. See `ComparisonRow` of the protocol. */
export type Cells = {
  readonly family: string;
  readonly libc: string | null;
  readonly shell: string | null;
  readonly packageManager: string | null;
  readonly user: string | null;
  readonly entrypoint: string | null;
  readonly contains: readonly string[];
  readonly lacks: readonly string[];
  readonly size: ImageFacts['size'];
  readonly packageCount: number | null;
  readonly eol: string | null;
  readonly access: string | null;
  readonly signing: string | null;
  readonly attestations: string | null;
  readonly architectures: readonly string[] | null;
  readonly source: string;
  /** YYYY-MM-DD; null for what the user wrote down in `source`. */
  readonly read: string | null;
  readonly page: string | null;
};

export function cellsOf(facts: ImageFacts): Cells {
  const { packageManager, libc, size, packageCount, architectures, source, read } = facts;
  return {
    family: findFamily(facts.family)?.title ?? facts.vendor,
    libc: libc.known ? [libc.value.kind, libc.value.version].filter((part) => part !== null).join(' ') : null,
    shell: shellCell(facts.shells),
    packageManager: packageManager.known ? (packageManager.value ?? 'none') : null,
    user: userCell(facts),
    entrypoint: commandCell(facts.entrypoint),
    ...contentsFor(facts),
    size,
    packageCount,
    eol: endOf(facts),
    access: accessWords(facts),
    signing: signingWords(facts),
    attestations: facts.attestations,
    architectures,
    source,
    read,
    page: familyPage(facts.family),
  };
}

/** The end of the image's own support, else the earlier end of its runtime and its distribution. */
function endOf(facts: ImageFacts): string | null {
  if (facts.eol !== null) return facts.eol;
  const ends = [runtimeCycleOf(facts)?.eol ?? null, facts.osEol].filter((day) => day !== null);
  return ends.sort()[0] ?? null;
}

const accessTitles: Readonly<Record<NonNullable<ImageFacts['access']>, string>> = {
  public: 'public',
  'free-login': 'free account',
  subscription: 'subscription',
  organisation: 'your organisation',
};

/** Who may pull, in a word or two. */
function accessWords({ access }: ImageFacts): string | null {
  return access && accessTitles[access];
}

function signingWords({ signing }: ImageFacts): string | null {
  return signing === 'unknown' ? null : (signing?.replace(/, key$/, ', with a key') ?? null);
}

function shellCell(shells: Fact<readonly string[]>): string | null {
  if (!shells.known) return null;
  const usual = ['/bin/sh', '/usr/bin/sh', '/bin/bash', '/busybox/sh'].find((path) => shells.value.includes(path));
  return usual ?? shells.value[0] ?? 'none';
}

/** `65532 (nonroot)`, `root`; the number first, as it is what counts. */
function userCell({ user }: ImageFacts): string | null {
  if (!user.known) return null;
  const { name, uid } = user.value;
  if (uid === 0) return 'root';
  if (uid === null) return name;
  return name === null ? String(uid) : `${uid} (${name})`;
}

function commandCell(command: Fact<readonly string[] | null>): string | null {
  if (!command.known) return null;
  const words = command.value ?? [];
  return words.length === 0
    ? 'none'
    : words.map((word) => (/^[^\s"'\\]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
}
