import type { Step } from './state.js';

/** Commands that only prepare files and users, for which COPY and USER have a shell-free form. */
const setupCommands = [
  'mkdir',
  'chmod',
  'chown',
  'chgrp',
  'adduser',
  'addgroup',
  'useradd',
  'groupadd',
  'ln',
  'touch',
  'rm',
  'mv',
  'cp',
];

/** True for a RUN made of nothing but such commands. */
export function isSetupOnly({ commands, script }: Step): boolean {
  if (!script?.plain || commands.length === 0) return false;
  return commands.every(({ words }) => setupCommands.includes(words[0] ?? ''));
}
