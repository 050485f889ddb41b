/** One vendor's file in `data/`. Numbers are indices into the lists at its top; a missing key is not known. */
export type VendorData = {
  readonly family: string;
  readonly vendor: string;
  /** YYYY-MM-DD, when the sources were read. */
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
  /** By normalised name: `docker.io/library/python`. */
  readonly repositories: Readonly<Record<string, RepositoryData>>;
};

export type RepositoryData = {
  readonly title?: string;
  /** Where it is not that of the vendor's file: `alpine`. See `families.ts`. */
  readonly family?: string;
  readonly purpose: string;
  /** Language of the runtime; its version is that of the tag unless the image says otherwise. */
  readonly language?: string;
  readonly path?: string;
  readonly docs?: string;
  /** Other names of the same repository. */
  readonly names?: readonly string[];
  /**
   * `strict`: only listed tags exist. `commit`: listed tags also with an architecture or a commit behind them.
   * `removed`: no tag can be pulled any more.
   */
  readonly scheme?: 'strict' | 'commit' | 'removed';
  /**
   * Versions that are not listed are like the listed ones: in everything (`same`), or but for the distribution release
   * (`moving`).
   */
  readonly steady?: 'same' | 'moving';
  /** Builds before the listed ones started otherwise or held other things: only their base is told. */
  readonly evolving?: boolean;
  /** How many numbers name a version line: 2 for `3.13` of `3.13.5`, 1 for `16` of `16.4`. */
  readonly lineDepth?: number;
  /** What all images of the repository share. */
  readonly shared: Partial<ImageData>;
  readonly images: readonly ImageData[];
  /** End of support by version line: `3.10` to YYYY-MM-DD. */
  readonly lines?: Readonly<Record<string, string>>;
  /** Tags that are known to be moved from one release to another; only what holds for all their images is told. */
  readonly moving?: string;
  readonly history?: HistoryData;
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
  /** `java 21 /usr/bin/java`; `-` for a part that is not known; null: known to hold none. */
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
  /** References of the same family: dev, runtime, debug, nonroot; `*` stands for the version of the tag. */
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
  /** Highest GLIBCXX symbol version of the distribution's own libstdc++. */
  readonly glibcxx?: string;
  readonly source: number;
};

/** `data/packages.json`. */
export type PackageData = {
  readonly read: string;
  readonly source: string;
  /** What a package brings, in the words of the catalog. */
  readonly contents: Readonly<Record<string, string>>;
  readonly packages: readonly PackageRow[];
};

/** Names per manager are separated by spaces and empty when not evidenced. */
export type PackageRow = {
  readonly apt: string;
  readonly apk: string;
  readonly dnf: string;
  readonly role: string;
  readonly runtime: 'no' | 'sometimes' | 'yes';
  readonly what: string;
  readonly programs?: string;
  /** One name, or those of Debian 12, Debian 13 and Ubuntu 24.04 where they differ. */
  readonly aptRuntime?: string | readonly string[];
  readonly apkRuntime?: string;
  readonly dnfRuntime?: string;
};
