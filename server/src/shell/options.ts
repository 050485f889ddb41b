import type { ShellWord, SimpleCommand } from './model.js';

type Options = { errexit: boolean; pipefail: boolean; isTrapped: boolean };

/** What `set` and `trap` do to the shell they run in. An option counts as on only when it surely is. */
export function changeOptions({ words }: SimpleCommand, shell: Options, always: boolean): void {
  if (words[0]?.raw === 'trap') shell.isTrapped ||= mayExit(words[1]);
  if (words[0]?.raw !== 'set') return;
  for (let index = 1; index < words.length; index++) {
    const isKnown = words[index]?.parts.every(({ kind }) => kind === 'literal') ?? false;
    // Whatever it stands for may switch the option off.
    if (!isKnown) shell.errexit = false;
    const flags = /^([-+])([a-zA-Z]+)$/.exec(words[index]?.raw ?? '');
    if (!flags) return;
    const isOn = flags[1] === '-';
    if (isOn && !always) return;
    const name = flags[2]?.endsWith('o') ? words[++index]?.raw : undefined;
    if (flags[2]?.includes('e') || name === 'errexit') shell.errexit = isOn;
    if (name === 'pipefail') shell.pipefail = isOn;
  }
}

/** What a trap does is read when it is plain text; `exit` in it changes the status. */
function mayExit(action: ShellWord | undefined): boolean {
  const isPlain = action?.parts.every(({ kind }) => kind === 'literal') ?? true;
  return !isPlain || /\bexit\b/.test(action?.raw ?? '');
}
