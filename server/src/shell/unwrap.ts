import type { ShellWord } from './model.js';

/**
 * The index of the command that a wrapper such as `exec`, `env` or `sudo` starts in the end; 0 without a wrapper.
 * A wrapper with an option that is not known here, and one that starts nothing (`command -v`), counts as the command.
 */
export function unwrap(words: readonly ShellWord[]): number {
  let at = 0;
  for (;;) {
    const next = behindWrapper(words, at);
    if (next === null || next >= words.length) return at;
    at = next;
  }
}

type Wrapper = {
  /** Options without a value. */
  readonly flags?: RegExp;
  /** Options that take the next word. */
  readonly valued?: RegExp;
  /** NAME=value may stand before the command. */
  readonly assigns?: boolean;
  /** Words before the command that are neither options nor assignments. */
  readonly operands?: number;
};

const wrappers: ReadonlyMap<string, Wrapper> = new Map(
  Object.entries({
    exec: { flags: /^-[cl]+$/, valued: /^-[cl]*a$/ },
    command: { flags: /^-p$/ },
    builtin: {},
    nohup: {},
    setsid: { flags: /^-[cfw]+$/ },
    stdbuf: { flags: /^-[ioe].+|^--(input|output|error)=/, valued: /^-[ioe]$/ },
    timeout: {
      flags: /^-[fvp]+$|^--(preserve-status|foreground|verbose)$|^--(kill-after|signal)=/,
      valued: /^-[ks]$/,
      operands: 1,
    },
    time: { flags: /^-[apvq]+$|^--(append|portability|verbose|quiet)$|^--(format|output)=/, valued: /^-[fo]$/ },
    nice: { flags: /^-n?-?\d+$|^--adjustment=/, valued: /^-n$|^--adjustment$/ },
    env: {
      flags: /^-[i0v]*$|^-u.+|^--(ignore-environment|null|debug)$|^--(unset|chdir)=/,
      valued: /^-[i0v]*[uC]$|^--(unset|chdir)$/,
      assigns: true,
    },
    sudo: {
      flags:
        /^-[AbEHknPSB]+$|^--(askpass|background|preserve-env|set-home|non-interactive|stdin|preserve-groups)$|^--[a-z-]+=|^-[AbEHknPSB]*[ug]./,
      valued: /^-[AbEHknPSB]*[ughpCrtTDR]$|^--(user|group|host|prompt|chdir|chroot)$/,
      assigns: true,
    },
    doas: { flags: /^-n$/, valued: /^-n?[uC]$/ },
    gosu: { operands: 1 },
    'su-exec': { operands: 1 },
  } satisfies Record<string, Wrapper>),
);

/** Where the command behind the wrapper at `at` begins; null when there is no wrapper or it cannot be read. */
function behindWrapper(words: readonly ShellWord[], at: number): number | null {
  const name = /^(?:\/(?:usr\/)?(?:local\/)?s?bin\/)?([\w-]+)$/.exec(words[at]?.raw ?? '')?.[1];
  const wrapper = name ? wrappers.get(name) : undefined;
  if (!wrapper) return null;
  const options = behindOptions(words, at + 1, wrapper);
  return options === null ? null : options + (wrapper.operands ?? 0);
}

function behindOptions(words: readonly ShellWord[], start: number, wrapper: Wrapper): number | null {
  let at = start;
  let mayBeOption = true;
  for (; at < words.length; at++) {
    const raw = words[at]?.raw ?? '';
    if (wrapper.assigns && /^[A-Za-z_]\w*=/.test(raw)) continue;
    if (!mayBeOption || !raw.startsWith('-')) break;
    if (raw === '--') mayBeOption = false;
    else if (wrapper.valued?.test(raw)) at++;
    else if (!wrapper.flags?.test(raw)) return null;
  }
  return at;
}
