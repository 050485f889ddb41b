import type { Account, LanguageRuntime, Libc, Os, UserId } from './model.js';

/** The ends of sentences that begin with the image's name; used as evidence. */
export const describe = {
  libc({ kind, version }: Libc): string {
    if (kind === 'none') return 'holds no C library';
    return version ? `holds ${kind} ${version}` : `holds ${kind}`;
  },
  shells(paths: readonly string[]): string {
    return paths.length === 0 ? 'has no shell' : `has ${paths.join(', ')}${paths.length === 1 ? ' as its only shell' : ''}`;
  },
  os({ id, version, codename }: Os): string {
    const name = [titles[id] ?? id, version].filter(Boolean).join(' ');
    return codename ? `${name} (${codename})` : name;
  },
  user({ name, uid }: UserId): string {
    if (uid === 0) return 'root';
    if (name !== null) return uid === null ? name : `${name} (${uid})`;
    return uid === null ? 'a user that was not read' : `user ${uid}`;
  },
  accounts(list: readonly Account[]): string {
    return list.length === 0 ? 'has no passwd file' : `has the accounts ${list.map(({ name }) => name).join(', ')}`;
  },
  runtime({ name, version }: LanguageRuntime): string {
    return version ? `is made for ${name} ${version}` : `is made for ${name}`;
  },
};

const titles: Readonly<Record<string, string>> = {
  debian: 'Debian',
  ubuntu: 'Ubuntu',
  alpine: 'Alpine',
  wolfi: 'Wolfi',
  chainguard: 'Chainguard OS',
  rhel: 'Red Hat Enterprise Linux',
  amazonlinux: 'Amazon Linux',
  azurelinux: 'Azure Linux',
  oraclelinux: 'Oracle Linux',
  almalinux: 'AlmaLinux',
  rocky: 'Rocky Linux',
  fedora: 'Fedora',
  busybox: 'BusyBox',
};
