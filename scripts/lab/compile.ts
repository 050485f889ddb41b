import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { digest, makeRoot, recipeOf, rootImage, type Workshop } from './assemble.js';
import type { ContextFile } from './model.js';
import { launcherClass, launcherJava, serverC } from './programs.js';

export type Compiled = Exclude<ContextFile['kind'], 'text'>;

/** Paths of what was compiled. */
export type Programs = Partial<Readonly<Record<Compiled, string>>>;

type Recipe = { readonly root: string; readonly source: readonly [string, string]; readonly result: string };

const javac = 'javac --release 17 -d . JarLauncher.java';
const jar = 'jar --create --file app.jar --main-class org.springframework.boot.loader.launch.JarLauncher';
const java = { root: 'jdk', source: ['JarLauncher.java', launcherJava] } as const;

const recipes: Readonly<Record<Compiled, Recipe & { readonly command: string }>> = {
  program: {
    root: 'alpine-with-gcc',
    source: ['server.c', serverC],
    command: 'gcc -static -Os -o server server.c',
    result: 'server',
  },
  'java-class': { ...java, command: javac, result: launcherClass },
  'java-jar': { ...java, command: `${javac} && ${jar} ${launcherClass}`, result: 'app.jar' },
};

/** The roots in which programs are compiled. */
export function rootsToCompile(kinds: readonly Compiled[]): string[] {
  return [...new Set(kinds.map((kind) => recipes[kind].root))];
}

/** Compiles programs that cases copy into their images, each once, in containers. `folder` keeps them. */
export function compilePrograms(workshop: Workshop, kinds: readonly Compiled[], folder: string): Programs {
  return Object.fromEntries(kinds.map((kind) => [kind, compile(workshop, kind, folder)]));
}

function compile(workshop: Workshop, kind: Compiled, folder: string): string {
  const { root, source, command, result } = recipes[kind];
  const place = join(folder, digest([recipeOf(root), recipes[kind]]));
  const compiled = join(place, basename(result));
  if (existsSync(compiled)) return compiled;
  const { engine } = workshop;
  makeRoot(workshop, root);
  const container = engine.call('from', '--pull-never', rootImage(root));
  const work = join(engine.call('mount', container), 'work');
  mkdirSync(work);
  writeFileSync(join(work, source[0]), source[1]);
  const { code, output } = engine.runIn(container, ['/bin/sh', '-ec', `cd /work && ${command}`]);
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${output.trim()}`);
  mkdirSync(place, { recursive: true });
  cpSync(join(work, result), compiled);
  engine.call('rm', container);
  return compiled;
}
