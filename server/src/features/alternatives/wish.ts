import type { ImageFacts } from '../../catalog/model.js';
import { readTag } from '../../catalog/tag-words.js';
import { languageOf, type Language } from './languages.js';
import type { Need } from './need.js';

/** What to look for in the catalog. */
export type Wish = {
  /**
   * `language`: images of a language; `application`: the same application by another publisher; `base`: images without
   * a language.
   */
  readonly kind: 'language' | 'application' | 'base';
  readonly language: Language | null;
  /** Version of the language or application; null when it is not known. */
  readonly version: string | null;
  /** How many numbers of it decide. */
  readonly parts: number;
  /** The present image's name without its tag, and the last part of it; empty without one. */
  readonly path: string;
  readonly name: string;
  /** Words of the present tag beside version and release: `fpm`, `slim`. */
  readonly words: readonly string[];
  /** Whether the present tag has the release by its name, `bookworm`. */
  readonly namesRelease: boolean;
  /** `debian:12` when the present tag names its release, by name or, for a distribution, by number. */
  readonly release: string | null;
  /** The same of the present image, whether or not its tag says so. */
  readonly system: string | null;
  readonly isBuild: boolean;
  readonly isFips: boolean;
  /** Whether only images without a C library are looked for. */
  readonly isStatic: boolean;
};

/** How the images are found that could serve a need. */
export function wishOf({ facts, runtime, program, isBuild }: Need): Wish {
  const started = isBuild ? null : program;
  const language = runtime && !started ? languageOf(languageName(runtime.name, facts)) : null;
  return {
    kind: started ? 'base' : kindOf(facts, language),
    language,
    version: language ? (runtime?.version ?? null) : applicationVersion(facts),
    parts: language?.parts ?? 1,
    path: facts?.name ?? '',
    name: lastPart(facts?.name ?? ''),
    ...placeOf(facts, language),
    isBuild,
    isFips: facts?.isFips ?? false,
    isStatic: started !== null && started.artifact.linkage.known && started.artifact.linkage.value === 'static',
  };
}

/** An image with ASP.NET Core counts as one, also where the catalog names only the .NET in it. */
function languageName(name: string, facts: ImageFacts | null): string {
  return name === 'dotnet' && facts && /aspnet/.test(facts.name) ? 'aspnetcore' : name;
}

export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function kindOf(facts: ImageFacts | null, language: Language | null): Wish['kind'] {
  if (facts?.purpose === 'application') return 'application';
  return language ? 'language' : 'base';
}

/** What the present tag says beside its version. */
function placeOf(
  facts: ImageFacts | null,
  language: Language | null,
): Pick<Wish, 'words' | 'namesRelease' | 'release' | 'system'> {
  if (!facts) return { words: [], namesRelease: false, release: null, system: null };
  const { shape, version, release } = readTag(facts.tag);
  const os = facts.os.known ? facts.os.value : null;
  const system = os && `${os.id}:${os.version ?? ''}`;
  return {
    words: wordsOf(shape, facts.name),
    namesRelease: release !== null && version === null,
    release: release ? `${release.id}:${release.version}` : language ? null : system,
    system,
  };
}

/** The words of a tag, and those that other publishers write into the tag and this one into the name. */
function wordsOf(shape: string, name: string): string[] {
  const words = shape.split('-').filter((word) => word !== '');
  return /sdk$/.test(name) ? [...words, 'sdk'] : words;
}

function applicationVersion(facts: ImageFacts | null): string | null {
  return facts?.purpose === 'application' ? readTag(facts.tag).version : null;
}
