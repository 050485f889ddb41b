import { known, type Evidence, type Fact } from '../fact.js';
import type { ImageFacts } from './model.js';

/** Inits and the like, which come with an image only where its makers install them. */
const starters = ['tini', 'dumb-init', 'gosu', 'su-exec', 'catatonit'];
const shadow = ['useradd', 'groupadd', 'usermod'];

/** Images of which the build files were read: nginx and those of languages install none of the programs named here. */
const readImages = /^(?:node|python|golang|ruby|php|rust|eclipse-temurin|nginx)$/;
const distributions = /^(?:alpine|debian|ubuntu)$/;
const wolfiBase = 'cgr.dev/chainguard/wolfi-base';

const sources: Readonly<Record<string, string>> = {
  alpine: 'https://github.com/alpinelinux/docker-alpine',
  debian: 'https://github.com/debuerreotype/docker-debian-artifacts',
  ubuntu: 'https://hub.docker.com/_/ubuntu',
  [wolfiBase]: 'https://github.com/chainguard-images/images/tree/main/images/wolfi-base',
};

const fonts = ['fontconfig', 'freetype'];

/** Programs and data that distributions and the language images on them are known to lack, for a base of which not all is listed. */
export function missingTools(facts: ImageFacts): [string, Fact<boolean>][] {
  const { name } = facts;
  // Of the distroless images only those for Java have the libraries that draw text.
  const isPlainDistroless = facts.family === 'google-distroless' && !/\/java/.test(name);
  if (isPlainDistroless) return lacking(facts, fonts, 'https://github.com/GoogleContainerTools/distroless');
  const isRead = facts.family === 'docker-official' && readImages.test(name);
  if (!isRead && !distributions.test(name) && name !== wolfiBase) return [];
  const source = sources[name] ?? `https://hub.docker.com/_/${name}`;
  const data = distributions.test(name) ? ['icu', ...fonts] : [];
  return lacking(facts, [...starters, ...accountTools(facts), ...data], source);
}

function lacking(facts: ImageFacts, names: readonly string[], source: string): [string, Fact<boolean>][] {
  return names.map((tool) => [tool, known(false, evidence(facts, { source, tool }))]);
}

/**
 * BusyBox has only adduser and its kin. Debian's own images have only useradd and its kin since release 13; those of
 * languages may have got adduser with a package that their build needed: python and node have.
 */
function accountTools({ os, name }: ImageFacts): readonly string[] {
  const id = os.known ? os.value?.id : null;
  if (id === 'alpine' || id === 'wolfi') return shadow;
  const isTrixie = id === 'debian' && os.known && os.value?.version === '13';
  return isTrixie && name === 'debian' ? ['adduser', 'addgroup'] : [];
}

function evidence({ name, tag }: ImageFacts, { source, tool }: { source: string; tool: string }): Evidence {
  return {
    kind: 'catalog',
    image: `${name}:${tag}`,
    source,
    date: '2026-11-21',
    note: `The image holds no '${tool}'.`,
  };
}
