/** What a command of adduser, useradd and their kin asks for. */
type Wish = {
  readonly kind: 'user' | 'group';
  readonly name: string;
  /** `comment`, `gid`, `group`, `home`, `shell`, `uid`. */
  readonly values: ReadonlyMap<string, string>;
  readonly isSystem: boolean;
  readonly withHome: boolean;
  readonly hasOwnGroup: boolean;
};

type Option = { readonly key: string; readonly valued: boolean };

const valued = (key: string): Option => ({ key, valued: true });
const flag = (key: string): Option => ({ key, valued: false });

/** The manuals of useradd and groupadd. */
const shadowOptions: Readonly<Record<string, Option>> = {
  '-u': valued('uid'),
  '--uid': valued('uid'),
  '-d': valued('home'),
  '--home-dir': valued('home'),
  '--home': valued('home'),
  '-s': valued('shell'),
  '--shell': valued('shell'),
  '-c': valued('comment'),
  '--comment': valued('comment'),
  '-m': flag('make-home'),
  '--create-home': flag('make-home'),
  '-M': flag('no-home'),
  '--no-create-home': flag('no-home'),
  '-r': flag('system'),
  '--system': flag('system'),
  '-l': flag(''),
  '--no-log-init': flag(''),
};

/** The long options of Debian's adduser, and those of BusyBox's where they have the same meaning. */
const debianOptions: Readonly<Record<string, Option>> = {
  '--uid': valued('uid'),
  '-u': valued('uid'),
  '--home': valued('home'),
  '--shell': valued('shell'),
  '--gecos': valued('comment'),
  '--comment': valued('comment'),
  '--ingroup': valued('group'),
  '--disabled-password': flag(''),
  '--disabled-login': flag(''),
  '--quiet': flag(''),
  '-q': flag(''),
  '--no-create-home': flag('no-home'),
  '--system': flag('system'),
  '--group': flag('own-group'),
};

const busyboxOptions: Readonly<Record<string, Option>> = {
  '-u': valued('uid'),
  '-h': valued('home'),
  '-s': valued('shell'),
  '-g': valued('comment'),
  '-G': valued('group'),
  '-D': flag(''),
  '-H': flag('no-home'),
  '-S': flag('system'),
};

/**
 * The same account or group with the commands of BusyBox; null where they cannot say the same. BusyBox wants the name of
 * a group: `groups` has it by the number.
 */
export function forBusybox(words: readonly string[], groups: ReadonlyMap<string, string>): string | null {
  const wish = readShadow(words) ?? readAdduser(words);
  if (!wish) return null;
  const { name, isSystem } = wish;
  const values = new Map(wish.values);
  const number = values.get('group');
  const named = number === undefined || !/^\d+$/.test(number) ? number : groups.get(number);
  if (number !== undefined && named === undefined) return null;
  if (named !== undefined) values.set('group', named);
  const system = isSystem ? ['-S'] : [];
  if (wish.kind === 'group') return ['addgroup', ...system, ...given(values, [['gid', '-g']]), name].join(' ');
  const group = ['addgroup', ...system, name, '&&'];
  const options = given(values, [
    ['uid', '-u'],
    ['group', '-G'],
    ['home', '-h'],
    ['shell', '-s'],
    ['comment', '-g'],
  ]);
  const own = wish.hasOwnGroup ? ['-G', name] : [];
  const user = ['adduser', '-D', ...system, ...(wish.withHome ? [] : ['-H']), ...options, ...own, name];
  return [...(wish.hasOwnGroup ? group : []), ...user].join(' ');
}

/** The groups that these commands create, by their numbers. */
export function createdGroups(commands: readonly (readonly string[])[]): Map<string, string> {
  const wishes = commands.map((words) => readShadow(words) ?? readAdduser(words));
  return new Map(
    wishes.flatMap((wish) => {
      const gid = wish?.kind === 'group' ? wish.values.get('gid') : undefined;
      return wish && gid !== undefined ? [[gid, wish.name] as const] : [];
    }),
  );
}

/** The same account or group with useradd and groupadd; null where they cannot say the same. */
export function forShadow(words: readonly string[]): string | null {
  const wish = readAdduser(words);
  if (!wish) return null;
  const { values, name, isSystem } = wish;
  const system = isSystem ? ['--system'] : [];
  if (wish.kind === 'group') return ['groupadd', ...system, ...given(values, [['gid', '--gid']]), name].join(' ');
  const options = given(values, [
    ['uid', '--uid'],
    ['group', '--gid'],
    ['home', '--home-dir'],
    ['shell', '--shell'],
    ['comment', '--comment'],
  ]);
  const home = wish.withHome ? '--create-home' : '--no-create-home';
  const own = wish.hasOwnGroup ? ['--user-group'] : [];
  return ['useradd', ...system, ...own, home, ...options, name].join(' ');
}

function readShadow(words: readonly string[]): Wish | null {
  if (words[0] === 'groupadd') return readGroup(words);
  if (words[0] !== 'useradd') return null;
  const read = readWords(words, { ...shadowOptions, '-g': valued('group'), '--gid': valued('group') });
  return read && { ...read, kind: 'user', withHome: read.flags.has('make-home'), hasOwnGroup: false };
}

function readGroup(words: readonly string[]): Wish | null {
  const read = readWords(words, {
    '-g': valued('gid'),
    '--gid': valued('gid'),
    '-r': flag('system'),
    '-S': flag('system'),
    '--system': flag('system'),
  });
  return read && { ...read, kind: 'group', withHome: false, hasOwnGroup: false };
}

/** In either dialect: single letters are those of BusyBox, long options those of Debian. */
function readAdduser(words: readonly string[]): Wish | null {
  if (words[0] === 'addgroup') return readGroup(words);
  if (words[0] !== 'adduser') return null;
  const read = readWords(words, { ...busyboxOptions, ...debianOptions });
  const hasHome = read !== null && !read.flags.has('no-home') && (!read.isSystem || read.values.has('home'));
  const hasOwnGroup = read !== null && read.flags.has('own-group');
  // Without --system the option asks for a group and nothing else.
  if (hasOwnGroup && !read.isSystem) return null;
  return read && { ...read, kind: 'user', withHome: hasHome, hasOwnGroup };
}

type Read = Pick<Wish, 'name' | 'values' | 'isSystem'> & { readonly flags: ReadonlySet<string> };

/** Null for options that are not known and for more than one operand. */
function readWords([, ...rest]: readonly string[], options: Readonly<Record<string, Option>>): Read | null {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const names: string[] = [];
  const words = rest.flatMap(apart);
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const option = Object.hasOwn(options, word) ? options[word] : undefined;
    if (!option && word.startsWith('-')) return null;
    if (!option) names.push(word);
    else if (option.valued) values.set(option.key, words[++index] ?? '');
    else flags.add(option.key);
  }
  const [name, ...others] = names;
  return name && others.length === 0 ? { name, values, flags, isSystem: flags.has('system') } : null;
}

/** `-DH` and `--uid=5` in their parts. */
function apart(word: string): string[] {
  const parts = /^(--[\w-]+)=(.*)$/s.exec(word);
  if (parts) return [parts[1] ?? '', parts[2] ?? ''];
  return /^-[A-Za-z]{2,}$/.test(word) ? [...word.slice(1)].map((letter) => `-${letter}`) : [word];
}

function given(values: ReadonlyMap<string, string>, options: readonly (readonly [string, string])[]): string[] {
  return options.flatMap(([key, option]) => {
    const value = values.get(key);
    return value === undefined || (key === 'comment' && /^(""|'')?$/.test(value)) ? [] : [option, value];
  });
}
