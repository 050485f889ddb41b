type RawLike = {
  readonly repository: string;
  readonly tags: readonly string[];
  readonly runtime: { versions?: { version: string }[] } | null;
};
type LanguagePrograms = { readonly path: string | null; readonly contents: (raw: RawLike) => string };

/**
 * Programs that a language image's own Dockerfile installs, with the path of its main one. Sources: the Dockerfiles of
 * docker-library/python, nodejs/docker-node, docker-library/golang, rust-lang/docker-rust, docker-library/ruby,
 * docker-library/php, docker-library/httpd, docker-library/gcc, adoptium/containers, dotnet/dotnet-docker, Perl/docker-perl,
 * composer/docker, nginx/docker-nginx, caddyserver/caddy-docker, oven-sh/bun (dockerhub) at the commits the images themselves name.
 */
const languages: Readonly<Record<string, LanguagePrograms>> = {
  python: plain('/usr/local/bin/python3', 'python python3 pip pip3'),
  golang: plain('/usr/local/go/bin/go', 'go gofmt'),
  rust: plain('/usr/local/cargo/bin/rustc', 'cargo rustc rustup'),
  ruby: plain('/usr/local/bin/ruby', 'ruby gem bundle irb'),
  // Images of PHP 8.6 have no pecl: docker-library/php Dockerfile-linux.template, install_pear_pecl.
  php: plain('/usr/local/bin/php', 'php docker-php-ext-install docker-php-ext-configure docker-php-ext-enable'),
  perl: plain('/usr/local/bin/perl', 'perl cpanm'),
  gcc: plain('/usr/local/bin/gcc', 'gcc g++ cc c++ gfortran'),
  node: {
    path: '/usr/local/bin/node',
    contents: (raw) => nodePrograms(raw),
  },
  'eclipse-temurin': {
    path: '/opt/java/openjdk/bin/java',
    contents: (raw) => (isJre(raw) ? 'java keytool -javac' : 'java keytool javac jlink'),
  },
  composer: plain('/usr/bin/composer', 'composer php'),
  nginx: plain('/usr/sbin/nginx', 'nginx'),
  httpd: plain('/usr/local/apache2/bin/httpd', 'httpd'),
  caddy: plain('/usr/bin/caddy', 'caddy'),
  'mcr.microsoft.com/dotnet/runtime': plain('/usr/bin/dotnet', 'dotnet'),
  'mcr.microsoft.com/dotnet/aspnet': plain('/usr/bin/dotnet', 'dotnet'),
  'mcr.microsoft.com/dotnet/sdk': plain('/usr/bin/dotnet', 'dotnet'),
  amazoncorretto: named('java'),
  'azul-zulu': javaByTag(),
  sapmachine: javaByTag(),
  'ibm-semeru-runtimes': javaByTag(),
  clojure: named('java'),
  jruby: named('java jruby'),
  wordpress: named('php'),
  openjdk: named('java'),
  maven: named('java javac mvn'),
  gradle: named('java javac gradle'),
  tomcat: named('java'),
  postgres: named('postgres psql pg_isready'),
  redis: named('redis-server redis-cli'),
  mysql: named('mysqld mysql'),
  mariadb: named('mariadbd mariadb'),
  mongo: named('mongod'),
  memcached: named('memcached'),
  haproxy: named('haproxy'),
  elixir: named('elixir mix iex erl'),
  erlang: named('erl'),
  swift: { path: null, contents: ({ tags }) => (tags.some((tag) => /(?:^|-)slim(?:-|$)/.test(tag)) ? '' : 'swift') },
  dart: named('dart'),
  'denoland/deno': named('deno'),
  'oven/bun': plain('/usr/local/bin/bun', 'bun bunx'),
};

const nothing: LanguagePrograms = { path: null, contents: () => '' };

export function languageContents(repository: string): LanguagePrograms {
  return languages[repository] ?? nothing;
}

function plain(path: string, contents: string): LanguagePrograms {
  return { path, contents: () => contents };
}

/** A JRE has no compiler; where the tags say neither, only that Java is there. */
function javaByTag(): LanguagePrograms {
  const isJdk = ({ tags }: RawLike): boolean => tags.some((tag) => /(?:^|-)jdk(?:-|$)/.test(tag));
  return { path: null, contents: (raw) => (isJre(raw) ? 'java -javac' : isJdk(raw) ? 'java javac' : 'java') };
}

/** Present, at a path that was not read. */
function named(contents: string): LanguagePrograms {
  return { path: null, contents: () => contents };
}

/**
 * Node.js stopped shipping Corepack with version 25 (nodejs/node doc/changelogs/CHANGELOG_V25.md); the images up to 25
 * also install Yarn 1 (YARN_VERSION in their Dockerfiles), those of 26 do not (nodejs/docker-node@f27d936f7d7c:26).
 */
function nodePrograms({ runtime }: RawLike): string {
  const majors = (runtime?.versions ?? []).map(({ version }) => Number(version.split('.')[0]));
  if (majors.length === 0) return 'node npm npx';
  if (majors.every((major) => major < 25)) return 'node npm npx corepack yarn';
  return majors.every((major) => major === 26) ? 'node npm npx -corepack -yarn' : 'node npm npx';
}

function isJre({ tags }: RawLike): boolean {
  return tags.some((tag) => /(?:^|-)jre(?:-|$)/.test(tag));
}
