import type { CommandStep } from './state.js';

const probes = ['command', 'which', 'type', 'test', '[', '[['];

/** Whether a command runs only where one before it has looked around: `command -v apk && apk add …`. */
export function isProbed({ command }: CommandStep, all: readonly CommandStep[], more: readonly string[] = []): boolean {
  return command.guards.some((index) => [...probes, ...more].includes(all[index]?.words[0] ?? ''));
}
