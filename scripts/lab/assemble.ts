import { createHash } from 'node:crypto';
import { findImageByText, type Catalog } from '../../server/src/catalog/catalog.js';
import type { ImageFacts } from '../../server/src/catalog/model.js';
import type { DebianPackages } from './debian-packages.js';
import type { Engine } from './engine.js';
import { must } from './process.js';
import { offered, roots } from './roots.js';

type Workshop = { readonly engine: Engine; readonly packages: DebianPackages; readonly catalog: Catalog };

const recipeLabel = 'lab.recipe';

/**
 * Makes the base image `reference` with the contents of a root of `roots.ts` and the configuration that the catalog
 * tells of it. An image that was made before in the same way stays. Throws when packages cannot be had.
 */
export function assemble({ engine, packages, catalog }: Workshop, reference: string, rootName: string): void {
  const root = roots[rootName];
  const facts = findImageByText(catalog, reference);
  if (!root || !facts) throw new Error(`Nothing is known of ${root ? reference : rootName}.`);
  const settings = configWords(facts);
  const recipe = createHash('sha256')
    .update(JSON.stringify([root, settings, offered]))
    .digest('hex');
  const name = localName(reference);
  if (engine.config(name)?.Labels?.[recipeLabel] === recipe) return;

  const files = packages.fetch(root);
  packages.fetch({ packages: offered });
  const container = engine.call('from', 'scratch');
  const target = engine.call('mount', container);
  packages.unpack(files, target);
  if (root.isComplete) must(['sh', '-eu', '-c', dpkgStatus, ...files], { cwd: target });
  must(['sh', '-eu', '-c', root.finish], { cwd: target, env: { DEBS: packages.debs } });
  engine.call('umount', container);
  engine.call('config', ...settings, '--label', `${recipeLabel}=${recipe}`, container);
  engine.call('commit', '--format', 'docker', '--rm', container, name);
}

/** Names without a registry are those of Docker Hub. */
export function localName(reference: string): string {
  const [first = ''] = reference.split('/');
  if (reference.includes('/') && /[.:]/.test(first)) return reference;
  return `docker.io/${reference.includes('/') ? '' : 'library/'}${reference}`;
}

const dpkgStatus = `
mkdir -p var/lib/dpkg/info var/lib/dpkg/updates
for file in "$0" "$@"; do
  dpkg-deb -f "$file" | sed '/^Package: /a Status: install ok installed' >>var/lib/dpkg/status
  echo >>var/lib/dpkg/status
  : >"var/lib/dpkg/info/$(dpkg-deb -f "$file" Package).list"
done
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
