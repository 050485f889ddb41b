import type { ImageFacts } from '../../catalog/model.js';
import { list } from '../../text/list.js';
import { sizeTitle } from '../hover/image-card.js';
import { presence } from '../hover/contents.js';
import { osTitle } from '../hover/words.js';
import type { Need } from './need.js';

/** What speaks for a base, as a phrase: what it leaves out, its user, its size. Empty when nothing is known to. */
export function merits(need: Need, facts: ImageFacts | null): string {
  if (!facts) return 'nothing but the program';
  if (!need.facts) return [...extras(facts), rootless(facts)].filter((part) => part !== null).join(', ');
  const parts = [
    supported(need, facts),
    lean(facts),
    jre(need, facts),
    compiler(need, facts),
    rootless(facts),
    size(need, facts),
  ];
  return parts.filter((part) => part !== null).join(', ');
}

/** Said where the present base is not supported any more; what becomes of a distribution need not hold for an image. */
function supported({ isUnsupported, today }: Need, { eol, osEol, osLtsEol, os }: ImageFacts): string | null {
  if (!isUnsupported) return null;
  if (eol) return `supported until ${eol}`;
  const end = osEol && osEol > today ? osEol : osLtsEol;
  if (!end || !os.known || !os.value) return null;
  return `on ${osTitle({ ...os.value, codename: null })}, supported until ${end}`;
}

function lean({ shells, packageManager, libc }: ImageFacts): string | null {
  const lacks = [
    libc.known && libc.value.kind === 'none' ? 'libc' : null,
    shells.known && shells.value.length === 0 ? 'shell' : null,
    packageManager.known && packageManager.value === null ? 'package manager' : null,
  ].filter((word) => word !== null);
  if (lacks.length === 0) return libc.known && libc.value.kind === 'musl' ? 'small, built on musl' : null;
  return `no ${list(lacks, 'or')}`;
}

/** Said only where nothing bigger is left out. */
function compiler({ facts: present }: Need, facts: ImageFacts): string | null {
  const isLost = present !== null && presence(present, 'gcc') === true && presence(facts, 'gcc') === false;
  const isSmall = lean(facts) !== null;
  return isLost && !isSmall ? 'no compiler' : null;
}

/** What runs Java needs no compiler. */
function jre({ runtime, facts: present }: Need, facts: ImageFacts): string | null {
  if (runtime?.name !== 'java' || !present || isJre(present) || !isJre(facts)) return null;
  return 'a JRE, not a whole JDK';
}

function isJre({ name, tag, family }: ImageFacts): boolean {
  return /jre|runtime/.test(`${name}:${tag}`) || family === 'google-distroless';
}

function rootless({ user }: ImageFacts): string | null {
  if (!user.known || user.value.uid === 0 || user.value.name === 'root') return null;
  return user.value.uid === null ? `runs as '${user.value.name}'` : `runs as uid ${user.value.uid}`;
}

/** On scratch the files that a program expects are the reason to take another base. */
function extras(facts: ImageFacts): string[] {
  const has = ['CA certificates', 'time zones'].filter((_, index) =>
    presence(facts, ['ca-certificates', 'tzdata'][index] ?? ''),
  );
  return has.length > 0 ? [`with ${has.join(' and ')}`] : [];
}

function size({ facts: present }: Need, { size: own }: ImageFacts): string | null {
  if (!own) return null;
  const before =
    present?.size && present.size.compressedMB > own.compressedMB
      ? ` instead of ${sizeTitle(present.size.compressedMB)}`
      : '';
  return sizeTitle(own.compressedMB) + before;
}
