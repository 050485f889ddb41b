import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ContextFile, LabCase } from './model.js';
import { must } from './process.js';
import { launcherClass, launcherJava, serverC } from './programs.js';

/** The programs that cases copy into their images, compiled once. */
export function compilePrograms(folder: string): Record<Exclude<ContextFile['kind'], 'text'>, string> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'server.c'), serverC);
  must(['musl-gcc', '-static', '-Os', '-o', 'server', 'server.c'], { cwd: folder });
  writeFileSync(join(folder, 'JarLauncher.java'), launcherJava);
  must(['javac', '--release', '17', '-d', '.', 'JarLauncher.java'], { cwd: folder });
  const manifest = ['--main-class', 'org.springframework.boot.loader.launch.JarLauncher'];
  must(['jar', '--create', '--file', 'app.jar', ...manifest, launcherClass], { cwd: folder });
  return {
    program: join(folder, 'server'),
    'java-class': join(folder, launcherClass),
    'java-jar': join(folder, 'app.jar'),
  };
}

/** Writes the build context of a case into an empty folder. */
export function writeContext({ context }: LabCase, folder: string, programs: Record<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, file] of Object.entries(context)) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFile(file, target, programs);
  }
}

function writeFile(file: ContextFile, target: string, programs: Record<string, string>): void {
  if (file.kind === 'text') writeFileSync(target, file.text, { mode: file.isExecutable ? 0o755 : 0o644 });
  else cpSync(programs[file.kind] ?? '', target);
}
