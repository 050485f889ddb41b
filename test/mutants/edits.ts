/** A broken file, and words of the line on which it shows; null where the edit does not fit. */
export type Broken = { readonly text: string; readonly at: string } | null;
export type Edit = (text: string) => Broken;

/** The text before the last FROM and that of the final stage. */
export function halves(text: string): { readonly head: string; readonly final: string } {
  const start = text.lastIndexOf('\nFROM ') + 1;
  return { head: text.slice(0, start), final: text.slice(start) };
}

export function finalBase(text: string): string {
  return /^FROM (?:--\S+ )*(\S+)/.exec(halves(text).final)?.[1] ?? '';
}

function buildBase(text: string): string {
  const { head } = halves(text);
  return head === '' ? '' : (/^FROM (?:--\S+ )*(\S+)/.exec(head)?.[1] ?? '');
}

/** Only for files whose final base fits. */
export function onBase(pattern: RegExp, edit: Edit): Edit {
  return (text) => (pattern.test(finalBase(text)) ? edit(text) : null);
}

export function notOnBase(pattern: RegExp, edit: Edit): Edit {
  return (text) => (pattern.test(finalBase(text)) ? null : edit(text));
}

export function withBuilder(pattern: RegExp, edit: Edit): Edit {
  return (text) => (pattern.test(buildBase(text)) ? edit(text) : null);
}

/** Puts a line behind the final FROM. */
export function insert(line: string): Edit {
  return (text) => {
    const { head, final } = halves(text);
    return { text: head + final.replace(/\n/, () => `\n${line}\n`), at: line.replace(/\n[^]*/, '') };
  };
}

/** Puts a line at the end. */
export function append(line: string): Edit {
  return (text) => ({ text: `${text}${line}\n`, at: line });
}

/** Replaces the first match in the final stage; shows on the changed line, or where `at` says. */
export function inFinal(pattern: RegExp, replacement: string, at = replacement): Edit {
  return (text) => {
    const { head, final } = halves(text);
    if (!pattern.test(final)) return null;
    return { text: head + final.replace(pattern, replacement), at };
  };
}

/** Replaces every match in the stages before the final one. */
export function inBuild(pattern: RegExp, replacement: string, at: string): Edit {
  return (text) => {
    const { head, final } = halves(text);
    return head.search(pattern) < 0 ? null : { text: head.replace(pattern, replacement) + final, at };
  };
}

/** Replaces every match in the file. */
export function everywhere(pattern: RegExp, replacement: string, at: string): Edit {
  return (text) => (text.search(pattern) < 0 ? null : { text: text.replace(pattern, replacement), at });
}

/** Turns the exec form of the final CMD or ENTRYPOINT into the words alone. */
export function inShellForm(keyword: 'CMD' | 'ENTRYPOINT'): Edit {
  return (text) => {
    const { head, final } = halves(text);
    const line = new RegExp(`^${keyword} (\\[.*\\])$`, 'm').exec(final);
    if (!line) return null;
    const words = (JSON.parse(line[1] ?? '[]') as string[]).join(' ');
    const changed = `${keyword} ${words}`;
    return { text: head + final.replace(line[0], changed), at: changed };
  };
}

/** The first edit that fits. */
export function first(...edits: readonly Edit[]): Edit {
  return (text) => edits.reduce<Broken>((found, edit) => found ?? edit(text), null);
}

/** One edit after the other; shows where the last one says. */
export function both(one: Edit, other: Edit): Edit {
  return (text) => {
    const changed = one(text);
    return changed && other(changed.text);
  };
}
