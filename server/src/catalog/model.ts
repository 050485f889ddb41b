import type { Fact } from '../fact.js';

export type LibcKind = 'glibc' | 'musl' | 'uclibc' | 'none';

/** `version` is the upstream version (`2.41`), null when there is no libc or its version is not known. */
export type Libc = { readonly kind: LibcKind; readonly version: string | null };

/** `id` as in /etc/os-release (debian, alpine, ubuntu, wolfi, rhel…); `version` null for rolling or unread ones. */
export type Os = { readonly id: string; readonly version: string | null; readonly codename: string | null };

export type PackageManager = 'apt' | 'apk' | 'dnf' | 'microdnf' | 'yum' | 'tdnf' | 'zypper' | 'pacman';

/** A user as the image configuration names it; a part that is not known is null. */
export type UserId = { readonly name: string | null; readonly uid: number | null };

/** A line of /etc/passwd. */
export type Account = { readonly name: string; readonly uid: number | null };

/** The language runtime an image exists for; `path` is its interpreter or tool (`/nodejs/bin/node`), null when unread. */
export type LanguageRuntime = {
  readonly name: string;
  readonly version: string | null;
  readonly path: string | null;
};

export type ImageStatus = 'supported' | 'deprecated' | 'retired';

/** Who may pull: anyone, anyone with a free account, paying customers, members of the organisation whose name it has. */
export type Access = 'public' | 'free-login' | 'subscription' | 'organisation';

/** Other references of the same family; each a full reference or null when there is none or it was not read. */
export type Variants = {
  readonly dev: string | null;
  readonly runtime: string | null;
  readonly debug: string | null;
  readonly nonroot: string | null;
  readonly fips: string | null;
};

/** What is known about one image reference before any instruction has run. */
export type ImageFacts = {
  /** Name without tag, as people write it: `python`, `gcr.io/distroless/static-debian13`. */
  readonly name: string;
  readonly tag: string;
  /** Stable id of the family: google-distroless, docker-official, chainguard, dhi, dotnet, scratch … */
  readonly family: string;
  /** Who publishes it, for people: `Google Distroless`. */
  readonly vendor: string;
  readonly purpose: 'static' | 'base' | 'runtime' | 'build' | 'application';
  /** `debug`: shell added for debugging; `dev`: build sibling of a runtime image (-dev, sdk). */
  readonly flavor: 'debug' | 'dev' | null;
  /** Built with cryptography validated for FIPS 140; false where the publisher does not say so. */
  readonly isFips: boolean;
  readonly os: Fact<Os | null>;
  readonly libc: Fact<Libc>;
  /** Every shell in the image by path; an empty list means none. */
  readonly shells: Fact<readonly string[]>;
  readonly packageManager: Fact<PackageManager | null>;
  readonly user: Fact<UserId>;
  /** All accounts of /etc/passwd; unknown when the list was not read in full. An empty list: no passwd file. */
  readonly accounts: Fact<readonly Account[]>;
  /** Accounts known to exist, also where the full list was not read. */
  readonly namedUsers: readonly Account[];
  readonly workdir: Fact<string>;
  readonly env: Fact<Readonly<Record<string, string>>>;
  readonly entrypoint: Fact<readonly string[] | null>;
  readonly cmd: Fact<readonly string[] | null>;
  readonly runtime: Fact<LanguageRuntime | null>;
  /**
   * Whether the image holds a thing, by the catalog's names: programs (`curl`, `bash`, `npm`, `gcc`), libraries
   * (`libssl`, `libstdc++`, `libgcc`, `zlib`), data (`ca-certificates`, `tzdata`, `passwd`, `/tmp`). A missing key is
   * not known, unless `closed`.
   */
  readonly contents: ReadonlyMap<string, Fact<boolean>>;
  /** Known true when `contents` and `files` name every program of the image, so that any other is known to be absent. */
  readonly closed: Fact<boolean>;
  /** Programs whose exact path was read. */
  readonly files: readonly string[];
  readonly status: ImageStatus | null;
  /** YYYY-MM-DD. End of support of the image itself, and of its distribution release; null when not read. */
  readonly eol: string | null;
  readonly osEol: string | null;
  /** Long-term support beyond `osEol`, where the distribution has one. */
  readonly osLtsEol: string | null;
  readonly replacement: string | null;
  readonly access: Access | null;
  /** What the publisher signs images with (`cosign, keyless`); `none`, or null when not read. */
  readonly signing: string | null;
  /** Which attestations are attached (`SBOM (SPDX), provenance (SLSA)`); `none`, or null when not read. */
  readonly attestations: string | null;
  /** Compressed megabytes for amd64, and when measured. */
  readonly size: { readonly compressedMB: number; readonly date: string } | null;
  /** How many operating system packages it holds; null when not read. */
  readonly packageCount: number | null;
  readonly architectures: readonly string[] | null;
  readonly variants: Variants;
  readonly docs: string | null;
  readonly note: string | null;
  /** Where and when (YYYY-MM-DD) the facts were read; `read` is null for what the user wrote down in `source`. */
  readonly source: string;
  readonly read: string | null;
  readonly isWindows: boolean;
};
