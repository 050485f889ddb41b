import type { Account, LanguageRuntime, Libc, Os, UserId } from './model.js';

/** The ends of sentences that begin with the image's name; used as evidence. */
export const describe = {
  libc({ kind, version }: Libc): string {
    if (kind === 'none') return 'holds no C library';
    return version ? `holds ${kind} ${version}` : `holds ${kind}`;
  },
  shells(paths: readonly string[]): string {
    return paths.length === 0
      ? 'has no shell'
      : `has ${paths.join(', ')}${paths.length === 1 ? ' as its only shell' : ''}`;
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
    if (list.length === 0) return 'has no passwd file';
    const names = list.map(({ name }) => name);
    return names.length > 6
      ? `has ${names.length} accounts, among them ${names.slice(-3).join(', ')}`
      : `has the accounts ${names.join(', ')}`;
  },
  runtime({ name, version }: LanguageRuntime): string {
    const title = languages[name] ?? name;
    return version ? `is made for ${title} ${version}` : `is made for ${title}`;
  },
};

const languages: Readonly<Record<string, string>> = {
  aspnetcore: 'ASP.NET Core',
  bun: 'Bun',
  deno: 'Deno',
  dotnet: '.NET',
  elixir: 'Elixir',
  erlang: 'Erlang',
  go: 'Go',
  java: 'Java',
  node: 'Node.js',
  perl: 'Perl',
  php: 'PHP',
  python: 'Python',
  ruby: 'Ruby',
  rust: 'Rust',
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
  mariner: 'CBL-Mariner',
  photon: 'Photon OS',
  minimos: 'MinimOS',
  alpaquita: 'Alpaquita Linux',
  'bellsoft-hardened-containers': 'BellSoft Hardened Images',
  echo: 'Echo Linux',
  centos: 'CentOS',
};
