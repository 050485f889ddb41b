import type { ImageFacts, LanguageRuntime, Libc, Os, UserId } from '../../catalog/model.js';
import { describe } from '../../catalog/sentences.js';
import type { Fact } from '../../fact.js';
import { shortenDigests } from '../../text/short-digest.js';
import { code } from './markdown.js';

const languages: Readonly<Record<string, string>> = {
  node: 'Node.js',
  nodejs: 'Node.js',
  dotnet: '.NET',
  aspnetcore: 'ASP.NET Core',
  php: 'PHP',
  gcc: 'GCC',
  nginx: 'nginx',
  jdk: 'JDK',
  jre: 'JRE',
};

/** `Node.js 24`, `Python`. */
export function runtimeTitle({ name, version }: Pick<LanguageRuntime, 'name' | 'version'>): string {
  const title = languages[name] ?? name.charAt(0).toUpperCase() + name.slice(1);
  return version ? `${title} ${version}` : title;
}

/** What the image is, in a few words: its runtime, else the last part of its name. */
export function imageTitle({ name, runtime }: ImageFacts): string {
  if (runtime.known && runtime.value) return runtimeTitle(runtime.value);
  return name.slice(name.lastIndexOf('/') + 1);
}

/** `glibc 2.41`; `no libc`. */
export function libcTitle({ kind, version }: Libc): string {
  if (kind === 'none') return 'no libc';
  return version ? `${kind} ${version}` : kind;
}

/** `Debian 13 (trixie), glibc 2.41`. */
export function systemTitle({ os, libc }: Pick<ImageFacts, 'os' | 'libc'>, when = ''): string {
  const system = os.known && os.value ? osTitle(os.value) + when : null;
  const library = libc.known ? libcTitle(libc.value) : 'libc not known';
  return system ? `${system}, ${library}` : library;
}

/** `Debian 13 (trixie)`; distributions without releases go by their name alone. */
export function osTitle(os: Os): string {
  return describe.os(['wolfi', 'chainguard'].includes(os.id) ? { ...os, version: null } : os);
}

/** An image reference as code, a digest in it shortened. */
export function referenceTitle(text: string): string {
  return code(shortenDigests(text));
}

/** `nonroot` (uid 65532), uid 65532, root; a user that is not known says so. */
export function userTitle(user: Fact<UserId>): string {
  if (!user.known) return 'a user that is not known';
  const { name, uid } = user.value;
  if (uid === 0) return 'root';
  if (name === null) return uid === null ? 'a user that is not known' : `uid ${uid}`;
  return uid === null ? code(name) : `${code(name)} (uid ${uid})`;
}
