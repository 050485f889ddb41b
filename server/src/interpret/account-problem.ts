import { knownFalse, knownPresent, knownTrue, type Evidence } from '../fact.js';
import { isProbed } from './probes.js';
import { contentFact, programFact, shellPath } from './query.js';
import type { CommandStep, StageState, Step } from './state.js';

/** A command that creates accounts and fails, since the stage has other commands for it, or other options. */
export type AccountProblem = {
  readonly command: CommandStep;
  readonly problem: 'no-shadow' | 'no-adduser' | 'busybox-option' | 'debian-option';
  /** The option that is not known; empty for a missing command. */
  readonly option: string;
  readonly hasBusybox: boolean;
  readonly because: readonly Evidence[];
};

const shadowTools = ['useradd', 'userdel', 'usermod', 'groupadd', 'groupdel', 'groupmod'];
const addingTools = ['adduser', 'addgroup'];

/**
 * Single letters that Debian's adduser takes for the beginning of no long option or of several; letters together are
 * one long option to it. Tried with adduser 3.134.
 */
const busyboxOption = /^-[DSGgsk]$|^-[DSHGgsk]{2,}$/;
/** Long options that are not in BusyBox's loginutils/adduser.c and addgroup.c. */
const debianOptions: Readonly<Record<string, RegExp>> = {
  adduser: /^--(group|gid|disabled-login|comment|firstuid|lastuid|firstgid|lastgid|quiet|add-extra-groups|conf)(=|$)/,
  addgroup: /^--(group|firstgid|lastgid|quiet|conf)(=|$)/,
};

/** The first one of a RUN: whatever follows in it fails for the same reason. */
export function firstAccountProblem({ instruction, before, commands }: Step): AccountProblem | null {
  if (instruction.kind !== 'run') return null;
  // Without a shell the shell form is what fails.
  if (instruction.body?.form === 'shell' && !knownPresent(shellPath(before))) return null;
  for (const command of commands) {
    if (!command.command.always || isProbed(command, commands, ['id', 'getent'])) continue;
    const found = missingTool(command) ?? foreignOption(command);
    if (found) return { ...found, command };
  }
  return null;
}

/** Whether a command makes, changes or removes an account. */
export function isAccountCommand(name: string): boolean {
  return [...shadowTools, ...addingTools, 'deluser', 'delgroup'].includes(name);
}

/** Whether a command is of the same kind as the one with the problem. */
export function isAccountTool(name: string | null | undefined, problem: AccountProblem['problem']): boolean {
  return (problem === 'no-shadow' ? shadowTools : addingTools).includes(name ?? '');
}

type Found = Omit<AccountProblem, 'command'>;

function missingTool({ words, before }: CommandStep): Found | null {
  const name = words[0] ?? '';
  if (shadowTools.includes(name)) {
    // One package brings all of them.
    const tool = contentFact(before, 'useradd');
    const isMissing = knownFalse(tool) && !knownTrue(contentFact(before, name));
    return isMissing ? { problem: 'no-shadow', option: '', hasBusybox: true, because: tool.because } : null;
  }
  if (!addingTools.includes(name) || !isDebian(before) || hasPackages(before)) return null;
  const program = programFact(before, name);
  const isMissing = program.known && program.value === null;
  return isMissing ? { problem: 'no-adduser', option: '', hasBusybox: false, because: program.because } : null;
}

function foreignOption({ words, before }: CommandStep): Found | null {
  const name = words[0] ?? '';
  if (!addingTools.includes(name)) return null;
  const option = (pattern: RegExp): string | null => words.find((word) => word !== null && pattern.test(word)) ?? null;
  const { because } = before.os;
  const letter = isDebian(before) ? option(busyboxOption) : null;
  if (letter) return { problem: 'busybox-option', option: letter, hasBusybox: false, because };
  const hasBusybox = knownFalse(contentFact(before, 'useradd')) && knownTrue(contentFact(before, name));
  const pattern = debianOptions[name];
  const word = hasBusybox && pattern ? option(pattern) : null;
  return word ? { problem: 'debian-option', option: word.replace(/=.*/s, ''), hasBusybox, because } : null;
}

/** A distroless image is a Debian too, whose debug variant has BusyBox. */
function isDebian({ os, packageManager }: StageState): boolean {
  const hasApt = packageManager.known && packageManager.value === 'apt';
  return hasApt && os.known && os.value !== null && ['debian', 'ubuntu'].includes(os.value.id);
}

/** Several packages bring adduser as their dependency. */
function hasPackages({ packages }: StageState): boolean {
  return [...packages.entries()].some(([, { installed, isCertain }]) => installed || !isCertain);
}
