import type { ImageData } from '../../server/src/catalog/data-model.js';
import type { VendorFile } from './vendor-file.js';

/** The shape that the fact files of Chainguard, DHI, UBI and Ubuntu share; each gives null its own meaning. */
export type RawImage = {
  repository: string;
  aliases: string[];
  tags: string[];
  purpose: string;
  runtime: { name: string; version: string | null } | null;
  os: { id: string; version: string | null } | null;
  libc: { kind: string; version: string | null } | null;
  shell: string | null;
  packageManager: string | null;
  user: { default: string | null; uid: number | null; name?: string; names?: string[] } | null;
  entrypoint: string[] | null;
  cmd: string[] | null;
  workdir: string | null;
  env: Record<string, string | null> | null;
  contains: string[];
  lacks: string[];
  architectures: string[] | null;
  status: string | null;
  eol: string | null;
  access: string | null;
  devVariant: string | null;
  runtimeVariant: string | null;
  docs: string | null;
  note?: string | null;
  source: string[];
};

/** The parts that mean the same in every one of these files. */
export function commonFields(file: VendorFile, raw: RawImage): ImageData {
  const env = raw.env ? plainVariables(raw.env) : null;
  return {
    ...(raw.os?.version ? { os: `${raw.os.id}:${raw.os.version}` } : {}),
    ...(raw.libc ? { libc: raw.libc.version ? `${raw.libc.kind}:${raw.libc.version}` : raw.libc.kind } : {}),
    ...userOf(raw.user),
    ...(env ? { env: file.environment(env) } : {}),
    ...(raw.architectures ? { architectures: file.architectures(raw.architectures) } : {}),
    ...statusOf(raw.status),
    ...reference('dev', raw.devVariant),
    ...reference('production', raw.runtimeVariant),
    source: file.source((raw.source[0] ?? '').replace(/ \(.*$/, '')),
  };
}

/** Version numbers of the runtime and values that were not read are left out, so that versions can share a row. */
function plainVariables(env: Record<string, string | null>): Record<string, string> | null {
  const isPlain = (entry: [string, string | null]): entry is [string, string] =>
    entry[1] !== null && !entry[1].includes('<') && !/_VERSION$|_SHA256$/.test(entry[0]);
  if ('PATH' in env && (env.PATH === null || env.PATH?.includes('<'))) return null;
  return Object.fromEntries(Object.entries(env).filter(isPlain));
}

export function groupByRepository<T extends { repository: string }>(images: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const image of images) groups.set(image.repository, [...(groups.get(image.repository) ?? []), image]);
  return groups;
}

function userOf(user: RawImage['user']): ImageData {
  const uid = user?.uid ?? null;
  const name = user?.name ?? user?.default ?? null;
  if (uid === 0) return { user: '0' };
  if (name === null) return {};
  const plain = name.split(':')[0] ?? name;
  return { user: /^\d+$/.test(plain) ? plain : `${plain}:${uid ?? ''}` };
}

function statusOf(status: string | null): ImageData {
  if (status === 'supported') return { status };
  return status === 'eol' || status === 'deprecated' ? { status: 'deprecated' } : {};
}

function reference(key: 'dev' | 'production', text: string | null): ImageData {
  return text && /^[a-z0-9./:_*-]+$/.test(text) ? { [key]: text } : {};
}
