/** One vendor's file in `data/`. Numbers are indices into the lists at its top; a missing key is not known. */
export type VendorData = {
  readonly family: string;
  readonly vendor: string;
  /** YYYY-MM-DD, when the sources were read; empty for what the user wrote down. */
  readonly read: string;
  readonly access: string | null;
  readonly signing: string | null;
  /** `none`, or which; missing or null when not read. */
  readonly attestations?: string | null;
  /** repo@commit:path or an address; `*` stands for the last part of the repository's name. */
  readonly sources: readonly string[];
  /** `sh curl -gcc`: what an image holds, and with a minus what it does not hold; `@busybox` stands for a group. */
  readonly contents: readonly string[];
  readonly groups: Readonly<Record<string, string>>;
  /** Repositories that were taken away, by day: names below `prefix`, separated by spaces. */
  readonly removed?: {
    readonly prefix: string;
    readonly note: string;
    readonly days: Readonly<Record<string, string>>;
  };
  readonly environments: readonly Readonly<Record<string, string>>[];
  readonly notes: readonly string[];
  /** `amd64 arm64`. */
  readonly architectures: readonly string[];
  /** Where a pull by another name needs more: `registry.redhat.io/` to `free-login`. */
  readonly accessBelow?: Readonly<Record<string, string>>;
  /**
   * By normalised name: `docker.io/library/python`. `docker.io/bitnami/*` stands for every repository there that is not
   * listed itself, `registry1.dso.mil/ironbank/**` for those in folders below it too.
   */
  readonly repositories: Readonly<Record<string, RepositoryData>>;
  /** The other names of the repositories, where a bundle has them apart so that no repository is read for them. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
};

export type RepositoryData = {
  readonly title?: string;
  /** Where it is not that of the vendor's file: `alpine`. See `families.ts`. */
  readonly family?: string;
  /** Who publishes it, where it is not the vendor of the file: `Oven`. */
  readonly publisher?: string;
  readonly purpose: string;
  /** Language of the runtime; its version is that of the tag unless the image says otherwise. */
  readonly language?: string;
  readonly path?: string;
  readonly docs?: string;
  /** Other names of the same repository. */
  readonly names?: readonly string[];
  /**
   * `strict`: only listed tags exist. `commit`: listed tags also with an architecture or a commit behind them.
   * `removed`: no tag can be pulled any more. `any`: of a tag that is not listed only what `unlisted` says is known.
   * `windows`: every tag is a Windows image. `free`: other tags than the listed ones are for subscribers. `lines`: only
   * versions of the listed lines exist.
   */
  readonly scheme?: 'strict' | 'commit' | 'removed' | 'any' | 'windows' | 'free' | 'lines';
  /** What holds for tags that nobody listed: for all of them with the scheme `any`, else for bare versions. */
  readonly unlisted?: Partial<ImageData>;
  /**
   * Versions that are not listed are like the listed ones: in everything (`same`), or but for the distribution release
   * (`moving`).
   */
  readonly steady?: 'same' | 'moving';
  /** Builds before the listed ones started otherwise or held other things: only their base is told. */
  readonly evolving?: boolean;
  /** How many numbers name a version line: 2 for `3.13` of `3.13.5`, 1 for `16` of `16.4`. */
  readonly lineDepth?: number;
  /** Tags that name the image they are built on: a pattern, and that image with `$1` for what its group found. */
  readonly derived?: readonly (readonly [pattern: string, image: string])[];
  /** Words of tags that name a version line for good: `krypton` to `24`. */
  readonly lineNames?: Readonly<Record<string, string>>;
  /** What all images of the repository share. */
  readonly shared: Partial<ImageData>;
  readonly images: readonly ImageData[];
  /** End of support by version line: `3.10` to YYYY-MM-DD. */
  readonly lines?: Readonly<Record<string, string>>;
  /** Tags that are known to be moved from one release to another; only what holds for all their images is told. */
  readonly moving?: string;
  readonly history?: HistoryData;
  /** Compressed megabytes of single tags, and the day they were measured. */
  readonly sizes?: Readonly<Record<string, readonly [number, string]>>;
};

export type HistoryData = {
  /** `debian:12 2024-10-07` (base, day the tags were built for the last time) to the tags, separated by spaces. */
  readonly tags: Readonly<Record<string, string>>;
  /**
   * By shape (the tag without version and release), then version line: `0 debian:12 6 debian:13 11`, from patch 6 on
   * Debian 13, read up to patch 11. A line that stayed on one base is not listed.
   */
  readonly patches?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Day on which a version line that is still built was built first. */
  readonly since?: Readonly<Record<string, string>>;
};

export type ImageData = {
  /** Separated by spaces. */
  readonly tags?: string;
  /** The image this one is like, but for what its own row says: `debian:13-slim`; `*` stands for the tag. */
  readonly like?: string;
  /** `debian:13`; null: no distribution at all. */
  readonly os?: string | null;
  /** C library, shells and package manager are those of the distribution release. */
  readonly ofRelease?: boolean;
  /** `glibc:2.41`, `musl`, `none`. */
  readonly libc?: string;
  /** Paths, separated by spaces; empty: none. */
  readonly shells?: string;
  readonly packageManager?: string | null;
  /** `0`, `nonroot:65532`, `nginx:` (name alone). */
  readonly user?: string;
  /** The whole of /etc/passwd, `root:0 nobody:65534`; empty: no such file. */
  readonly accounts?: string;
  /** Accounts known to exist. */
  readonly users?: string;
  readonly workdir?: string;
  readonly env?: number;
  readonly entrypoint?: readonly string[] | null;
  readonly cmd?: readonly string[] | null;
  /** `java 21 /usr/bin/java`; `-` for a part not known, `*` for the tag's version; null: known to hold none. */
  readonly runtime?: string | null;
  readonly contents?: number;
  readonly closed?: boolean;
  /** Paths of programs, separated by spaces. */
  readonly files?: string;
  readonly flavor?: 'debug' | 'dev';
  readonly status?: string;
  readonly eol?: string;
  readonly replacement?: string;
  /** Compressed megabytes, and the day they were measured. */
  readonly size?: readonly [number, string];
  /** Index into the vendor's list. */
  readonly architectures?: number;
  /** References of the same family: dev, runtime, debug, nonroot; `*` stands for the version of the tag. `:dev` is one of the same repository. */
  readonly dev?: string;
  readonly production?: string;
  readonly debug?: string;
  readonly nonroot?: string;
  readonly fips?: string;
  readonly isFips?: boolean;
  readonly access?: string;
  readonly signing?: string;
  readonly attestations?: string;
  /** How many operating system packages the image holds. */
  readonly packageCount?: number;
  readonly purpose?: string;
  /**
   * With the scheme `free`, what is true of versions too, or of those from one on: `user start:3.12 shells`. `start` is
   * entrypoint, command and working directory, `shells` the package manager as well. Missing: not read.
   */
  readonly lasting?: string;
  readonly note?: number;
  readonly source?: number;
};

/** `data/distributions.json`: one row per release. */
export type DistributionData = {
  readonly read: string;
  readonly sources: readonly string[];
  readonly releases: readonly ReleaseData[];
};

export type ReleaseData = {
  readonly id: string;
  readonly version: string;
  readonly codename?: string;
  readonly libc?: string;
  readonly shells?: string;
  readonly packageManager?: string;
  readonly released?: string;
  readonly eol?: string;
  readonly ltsEol?: string;
  readonly openssl?: string;
  readonly python?: string;
  readonly gcc?: string;
  /** Highest GLIBCXX symbol version of the distribution's own libstdc++. */
  readonly glibcxx?: string;
  readonly rolling?: boolean;
  readonly source: number;
  /** Where the dates were read, when elsewhere. */
  readonly dates?: number;
};

/** `data/runtimes.json`. */
export type RuntimeData = {
  /** YYYY-MM-DD, of the snapshot that was read. */
  readonly read: string;
  /** `*` stands for the product's page. */
  readonly source: string;
  readonly products: readonly RuntimeProductData[];
};

/**
 * `cycles` are `3.14 2025-10-07 2030-10-31 2027-10-01`: cycle, release, end of security support, end of active support,
 * end of paid support, start of long-term support. `-` was not given; `ended` and `yes` stand for a day not given.
 */
export type RuntimeProductData = {
  /** Names separated by spaces, that of the catalog first: `node nodejs`, `java:temurin`. */
  readonly names: string;
  readonly title: string;
  readonly page: string;
  readonly cycles: readonly string[];
};

/** `data/packages.json`. */
export type PackageData = {
  readonly read: string;
  readonly source: string;
  /** What a package brings, in the words of the catalog; `apk:rust` is for one package manager. */
  readonly contents: Readonly<Record<string, string>>;
  readonly packages: readonly PackageRow[];
};

/** Names per manager are separated by spaces and empty when not evidenced. */
export type PackageRow = {
  readonly apt: string;
  readonly apk: string;
  readonly dnf: string;
  /** Missing where Wolfi calls it as Alpine does. */
  readonly wolfi?: string;
  /** Slices of Ubuntu Chisel; a list is for Ubuntu 22.04, 24.04 and 26.04. */
  readonly chisel?: string | readonly string[];
  readonly role: string;
  readonly runtime: 'no' | 'sometimes' | 'yes';
  readonly what: string;
  /** Of the package in Debian or Ubuntu. */
  readonly programs?: string;
  /** One name, or those of Debian 12, Debian 13 and Ubuntu 24.04 where they differ. */
  readonly aptRuntime?: string | readonly string[];
  readonly apkRuntime?: string;
  readonly dnfRuntime?: string;
  /** Missing where Wolfi calls it as Alpine does. */
  readonly wolfiRuntime?: string;
  readonly chiselRuntime?: string | readonly string[];
};
