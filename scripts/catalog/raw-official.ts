/** An image of `official-images.json`. */
export type RawOfficialImage = {
  repository: string;
  aliases: string[];
  tags: string[];
  exampleTags: string[];
  purpose: string;
  runtime: {
    name: string;
    version: string | null;
    versions?: { version: string; cycle: string | null; eol: string | null }[];
  } | null;
  os: { id: string; version: string | null } | null;
  libc: { kind: string; version: string | null } | null;
  shell: string | null;
  shells: string[] | null;
  packageManager: string | null;
  user: { default: string | null; uid: number | null } | null;
  users: { name: string; uid: number | null }[] | null;
  entrypoint: string[] | null;
  cmd: string[] | null;
  workdir: string | null;
  env: Record<string, string | null> | null;
  contains: string[];
  lacks: string[];
  compilers: string[];
  architectures: string[] | null;
  size: { compressedMB: number | null; date: string | null } | null;
  sbom?: boolean | null;
  provenance?: boolean | null;
  status: string;
  frozenSince?: string;
  docs: string | null;
  note?: string | null;
  source: string[];
};

export type RawOfficial = { compiled: string; images: RawOfficialImage[] };
