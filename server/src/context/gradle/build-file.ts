import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { memo } from '../memo.js';

/** What is written for `implementation` and the like: coordinates, the accessor of a version catalog (`libs.x.y`), or the path of a project. */
export type GradleDependency =
  | { readonly kind: 'coordinates'; readonly text: string; readonly span: Span }
  | { readonly kind: 'alias'; readonly text: string; readonly span: Span }
  | { readonly kind: 'project'; readonly text: string; readonly span: Span };

/** Where a build file names a release of Java; the text of what is not a plain number is kept for `model.ts`. */
export type GradlePin = {
  readonly kind: 'release' | 'target' | 'source' | 'toolchain';
  readonly text: string;
  readonly span: Span;
};

/** A build.gradle or build.gradle.kts as far as patterns can tell; it is a program, which may do anything besides. */
export type GradleFile = {
  readonly file: SourceFile;
  readonly dependencies: readonly GradleDependency[];
  readonly pins: readonly GradlePin[];
  /** Names that are given a text: `val x = "…"`, `ext.x = '…'`. */
  readonly values: ReadonlyMap<string, string>;
  /** True where another script or plugin, a condition or arguments of the compiler may decide about the release. */
  readonly mayBeOverruled: boolean;
};

const longest = 500_000;

/** Configurations whose artifacts are there when the program runs. */
const configurations = 'implementation|api|runtimeOnly|compile|runtime|developmentOnly|quarkusDev';

/** Null for what is longer than any that a person writes. */
export const readGradleFile = memo((file: SourceFile): GradleFile | null => {
  if (file.text.length > longest) return null;
  const text = withoutComments(file.text);
  return {
    file,
    dependencies: dependenciesOf(text),
    pins: pinsOf(text),
    values: valuesOf(text),
    mayBeOverruled: overrulers.test(text),
  };
});

/** Comments become spaces, so that places stay what they are; `://` in a text is no comment. */
function withoutComments(text: string): string {
  const parts = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*|\/\*/g;
  let result = '';
  let last = 0;
  for (let match = parts.exec(text); match; match = parts.exec(text)) {
    if (!match[0].startsWith('/')) continue;
    const end = match[0] === '/*' ? text.indexOf('*/', parts.lastIndex) + 2 : parts.lastIndex;
    const to = end < 2 ? text.length : end;
    result += text.slice(last, match.index) + text.slice(match.index, to).replace(/[^\n]/g, ' ');
    last = to;
    parts.lastIndex = to;
  }
  return result + text.slice(last);
}

function dependenciesOf(text: string): GradleDependency[] {
  const found: GradleDependency[] = [];
  const given = new RegExp(`\\b(?:${configurations})\\b[ \\t]*\\(?[ \\t]*`, 'g');
  for (let match = given.exec(text); match; match = given.exec(text)) {
    const rest = text.slice(given.lastIndex, given.lastIndex + 300);
    const start = given.lastIndex;
    const quoted = /^(["'])([^"'\n]{3,200})\1/.exec(rest);
    const named =
      /^group[ \t]*[:=][ \t]*["']([^"'\n]+)["'],\s*name[ \t]*[:=][ \t]*["']([^"'\n]+)["'](?:,\s*version[ \t]*[:=][ \t]*["']([^"'\n]+)["'])?/.exec(
        rest,
      );
    const alias = /^(libs\.[\w.]+)/.exec(rest);
    const project = /^project[ \t]*\([ \t]*(?:path[ \t]*[:=][ \t]*)?["'](:[\w:.-]+)["']/.exec(rest);
    const coordinates = quoted?.[2] ?? (named ? named.slice(1).filter(Boolean).join(':') : undefined);
    const length = (quoted ?? named ?? alias ?? project)?.[0].length ?? 0;
    const span = { start, end: start + length };
    if (coordinates?.includes(':')) found.push({ kind: 'coordinates', text: coordinates, span });
    else if (alias?.[1]) found.push({ kind: 'alias', text: alias[1], span });
    else if (project?.[1]) found.push({ kind: 'project', text: project[1], span });
  }
  return found;
}

/**
 * Convention plugins of the project, scripts that are applied, arguments of the compiler, and settings for tasks of one
 * name or under a condition.
 */
const overrulers =
  /\bapply[ \t]*\(?[ \t]*from\b|compilerArgs|-{1,2}(release|target)\b|\bif[ \t]*\(|launcherFor|compilerFor|[tT]estJava|[cC]onventions?\b|\bjreleaser\b|retrolambda|downgrad/;

const patterns: readonly (readonly [GradlePin['kind'], RegExp])[] = [
  ['release', /\b(?:options\.)?release(?:\.set[ \t]*\(|[ \t]*=(?!=))[ \t]*([^\n;{}]{1,80})/g],
  ['target', /\b(?:targetCompatibility|jvmTarget)(?:\.set[ \t]*\(|[ \t]*=(?!=)|[ \t]+)[ \t]*([^\n;{}]{1,80})/g],
  ['source', /\bsourceCompatibility(?:\.set[ \t]*\(|[ \t]*=(?!=)|[ \t]+)[ \t]*([^\n;{}]{1,80})/g],
  ['toolchain', /\bJavaLanguageVersion\.of[ \t]*\(([^\n;{}]{1,80})/g],
  ['toolchain', /\bjvmToolchain[ \t]*\(([^\n;{}]{1,80})/g],
];

function pinsOf(text: string): GradlePin[] {
  return patterns.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const value = match[1] ?? '';
      const start = match.index;
      // What runs or compiles tests says nothing of the program.
      if (/launcherFor|[tT]estJava/.test(text.slice(Math.max(0, start - 80), start))) return [];
      return [{ kind, text: value.trim(), span: { start, end: start + match[0].trimEnd().length } }];
    }),
  );
}

function valuesOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const match of text.matchAll(
    /(?:^|[\s{(.])([A-Za-z_]\w*)(?:"\])?[ \t]*(?:=|,)[ \t]*(?:["']([\w.+-]{1,60})["']|(\d{1,3}))(?=\s|\)|;|$)/g,
  )) {
    const name = match[1] ?? '';
    const value = match[2] ?? match[3] ?? '';
    // Given two values it has none that is known.
    found.set(name, found.has(name) && found.get(name) !== value ? '' : value);
  }
  return found;
}
