import { createHash } from 'node:crypto';
import { findImageByText, type Catalog } from '../../server/src/catalog/catalog.js';
import type { ImageFacts } from '../../server/src/catalog/model.js';
import { leftOut, type DebianPackages } from './debian-packages.js';
import type { Engine } from './engine.js';
import { must } from './process.js';
import { offered } from './finish.js';
import { chainOf, roots } from './roots.js';

export type Workshop = { readonly engine: Engine; readonly packages: DebianPackages };

const recipeLabel = 'lab.recipe';

/** The image that holds a root of `roots.ts`. */
export function rootImage(name: string): string {
  return `localhost/lab/root-${name}:latest`;
}

/** Downloads what the roots that are not there yet need. Throws when packages cannot be had. */
export function download({ engine, packages }: Workshop, names: readonly string[]): void {
  const missing = names.filter((name) => !isMade(engine, name));
  if (missing.length > 0) packages.download([...offered, ...missing.flatMap((name) => packages.plan(chainOf(name)))]);
}

/** Makes the image of a root and of those that it adds to. One that was made before in the same way stays. */
export function makeRoot(workshop: Workshop, name: string): void {
  const { engine, packages } = workshop;
  if (isMade(engine, name)) return;
  const chain = chainOf(name);
  const root = chain.at(-1);
  if (root?.on) makeRoot(workshop, root.on);
  // Images that were made of an older root would keep its files on the disk.
  engine.removeImages((image) => !image.startsWith('localhost/lab/root-'));
  const below = new Set(packages.plan(chain.slice(0, -1)));
  const all = packages.plan(chain);
  const container = engine.call('from', '--pull-never', root?.on ? rootImage(root.on) : 'scratch');
  const target = engine.call('mount', container);
  packages.unpack(packages.files(all.filter((one) => !below.has(one))), target);
  if (root?.tellsDpkg) must(['sh', '-eu', '-c', dpkgStatus, ...packages.files(all)], { cwd: target });
  if (root?.finish) must(['sh', '-eu', '-c', root.finish], { cwd: target, env: { DEBS: packages.debs } });
  engine.call('umount', container);
  engine.call('config', '--label', `${recipeLabel}=${recipeOf(name)}`, container);
  engine.commit(container, rootImage(name));
}

export type Base = { readonly catalog: Catalog; readonly reference: string; readonly root: string };

/**
 * Gives the name `reference` to an image with the contents of a root and the configuration that the catalog tells of it.
 */
export function nameBase(workshop: Workshop, { catalog, reference, root }: Base): void {
  const { engine } = workshop;
  const facts = findImageByText(catalog, reference);
  if (!facts) throw new Error(`Nothing is known of ${reference}.`);
  makeRoot(workshop, root);
  const settings = configWords(facts);
  const image = `localhost/lab/base:${digest([recipeOf(root), settings])}`;
  if (!engine.config(image)) {
    const container = engine.call('from', '--pull-never', rootImage(root));
    engine.call('config', ...settings, container);
    engine.commit(container, image);
  }
  engine.tag(image, localName(reference));
}

/** Names without a registry are those of Docker Hub. */
export function localName(reference: string): string {
  const [first = ''] = reference.split('/');
  if (reference.includes('/') && /[.:]/.test(first)) return reference;
  return `docker.io/${reference.includes('/') ? '' : 'library/'}${reference}`;
}

/** The same for as long as nothing that makes a root has changed. */
export function recipeOf(name: string): string {
  return digest([chainOf(name), roots[name]?.tellsDpkg ? offered : [], leftOut]);
}

export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}

function isMade(engine: Engine, name: string): boolean {
  return engine.config(rootImage(name))?.Labels?.[recipeLabel] === recipeOf(name);
}

const dpkgStatus = `
mkdir -p var/lib/dpkg/info var/lib/dpkg/updates
for file in "$0" "$@"; do
  dpkg-deb -f "$file" | sed '/^Package: /a Status: install ok installed'
  echo
  name=\${file##*/}
  : >"var/lib/dpkg/info/\${name%%_*}.list"
done >var/lib/dpkg/status
`;

function configWords({ user, workdir, env, entrypoint, cmd }: ImageFacts): string[] {
  const words: string[] = [];
  if (user.known) words.push('--user', String(user.value.uid ?? user.value.name ?? 0));
  if (workdir.known) words.push('--workingdir', workdir.value);
  for (const [name, value] of Object.entries(env.known ? env.value : {})) words.push('--env', `${name}=${value}`);
  if (entrypoint.known && entrypoint.value) words.push('--entrypoint', JSON.stringify(entrypoint.value));
  if (cmd.known && cmd.value) words.push('--cmd', cmd.value.join(' '));
  return words;
}
