/**
 * A commit (or the one before it, `^`), a release tag or a dated branch of a repository, then the path unless the commit
 * itself is what was read.
 */
const inRepository = /^[\w.-]+\/[\w.-]+@[\w.-]*\d[\w.-]*\^?(?::\S+)?(?: .+)?$/;
const branch = /^[\w.-]+\/[\w.-]+ branch \S+ .*\(\d{4}-\d\d-\d\d\)$/;
const address = /^https:\/\/[\w.-]+\.[a-z]+(?:\/\S*)?(?: .+)?$/;

/** Whether a source can be looked up: `owner/repository@commit:path` or an address, with a remark behind it if need be. */
export function isTraceable(source: unknown): boolean {
  return typeof source === 'string' && [inRepository, branch, address].some((form) => form.test(source));
}

/** The sources that can be looked up; those collected without a commit get the one that they were read at. */
export function traceable(sources: readonly string[]): string[] {
  return sources.map(withCommit).filter(isTraceable);
}

/** The last commit of each branch of alpinelinux/docker-alpine on the day of reading. */
const alpineBranches: Readonly<Record<string, string>> = {
  '3.10': '5a9faa421c89',
  '3.11': 'fd62af72be6e',
  '3.12': '0cc7fea58283',
  '3.13': '4e7658cebff5',
  '3.14': 'cb8d8712f672',
  '3.15': '7cf8098b8827',
  '3.16': '9c372c82f691',
  '3.17': '1d3ddcf4766e',
  '3.18': 'a8be5a35dd72',
  '3.19': '0822e580809e',
  '3.20': '7d63673353bd',
};

/** The beginning of a source without a commit, and the source with it. */
const commits: readonly (readonly [start: string, source: string])[] = [
  ['docker-library/gcc:15/', 'docker-library/gcc@a842bfea737b:15/Dockerfile'],
  ['oven-sh/bun:dockerhub/debian/', 'oven-sh/bun@0c532eac7b5f:dockerhub/debian/Dockerfile'],
  ['oven-sh/bun:dockerhub/debian-slim/', 'oven-sh/bun@10babb5c3b35:dockerhub/debian-slim/Dockerfile'],
  ['oven-sh/bun:dockerhub/alpine/', 'oven-sh/bun@06ec0aa4e38d:dockerhub/alpine/Dockerfile'],
  ['oven-sh/bun:dockerhub/distroless/', 'oven-sh/bun@00fc007c2763:dockerhub/distroless/Dockerfile'],
  ['rolling; edge musl not read', 'alpinelinux/docker-alpine@446ba06f99cf:x86_64'],
];

function withCommit(source: string): string {
  const release = /^alpinelinux\/docker-alpine branch v(\d+\.\d+)/.exec(source)?.[1] ?? '';
  const commit = alpineBranches[release];
  if (commit) return `alpinelinux/docker-alpine@${commit}:x86_64`;
  const found = commits.find(([start]) => source.startsWith(start))?.[1];
  return found ?? source.replace(/^(\S+@[0-9a-f]+): /, '$1 ');
}
