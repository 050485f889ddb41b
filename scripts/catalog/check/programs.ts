import { busyboxApplets, debianEssentials } from '../contents.js';

const ofRuntimes =
  'dotnet php php-fpm python python3.13 gofmt rustup bundle gem irb jruby pecl docker-php-ext-configure docker-php-ext-enable ' +
  'docker-php-ext-install cpanm jlink keytool mvn gradle elixir erl iex mix swift dart gfortran composer bun bunx deno ' +
  'nodemon corepack pnpm native-image';

const ofServers =
  'httpd caddy haproxy postgres pg_isready psql mysql mysqld mariadb mariadbd mongod redis-server memcached couchdb fluentd';

const ofTools =
  'docker-php-entrypoint fuse-overlayfs ip6tables iptables iptables-legacy jattach numactl pigz rpm rsync slirp4netns zfs bzr';

const ofLibcBin = 'getconf iconv locale localedef';

/** Commands that images bring themselves; those of distribution packages are in packages.json. */
export const programs: readonly string[] = [
  busyboxApplets,
  debianEssentials,
  ofRuntimes,
  ofServers,
  ofTools,
  ofLibcBin,
].flatMap((text) => text.split(' '));
