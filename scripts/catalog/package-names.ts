/** Names in Wolfi that the raw file leaves open or gives amiss. Source: wolfi-dev/os@8190a1652f45, the packages' files. */
export const wolfiNames: Readonly<Record<string, string>> = {
  'dpkg-dev': 'dpkg-dev',
  swig: 'swig',
  'libgl1-mesa-dev': 'mesa-dev',
  libgl1: 'mesa-gl',
  libsm6: 'libsm',
  libgdiplus: 'libgdiplus',
  gzip: 'gzip',
  'bash-completion': 'bash-completion',
  apache2: 'apache2',
  libxml2: 'libxml2-16',
  libjemalloc2: 'libjemalloc2',
};

/**
 * Counterparts in Wolfi that the raw file gives by the name of the tools. Source: the same, the packages that the
 * libraries are split into.
 */
export const wolfiCounterparts: Readonly<Record<string, string>> = {
  'libxml2-dev': 'libxml2-16',
  libxml2: 'libxml2-16',
  'libzstd-dev': 'libzstd1',
  zstd: 'libzstd1',
  'liblz4-dev': 'liblz4-1',
  'libldap2-dev': 'libldap',
  'libsasl2-dev': 'cyrus-sasl-libs',
  'libpcre2-dev': 'libpcre2-8-0',
  'libjemalloc-dev': 'libjemalloc2',
  libjemalloc2: 'libjemalloc2',
  'libopenblas-dev': 'libopenblas-0',
};

/**
 * Counterparts in Debian 13 that the raw file leaves open or gives as they were in Debian 12. Source: the package index
 * of trixie, main, read on 2026-11-21; what the packages for building depend on.
 */
export const trixieCounterparts: Readonly<Record<string, string>> = {
  llvm: 'libllvm19',
  'musl-dev': 'musl',
  'python3-dev': 'libpython3.13',
  'ruby-dev': 'libruby3.3',
  'php-cli': 'php8.4-cli',
  'libreadline-dev': 'libreadline8t64',
  'libdb-dev': 'libdb5.3t64',
  'libc-ares-dev': 'libcares2',
  'libmpfr-dev': 'libmpfr6',
  'libmagickwand-dev': 'libmagickwand-7.q16-10',
  'libvips-dev': 'libvips42t64',
  'libpango1.0-dev': 'libpango-1.0-0 libpangocairo-1.0-0 libpangoft2-1.0-0',
  'libmemcached-dev': 'libmemcached11t64 libhashkit2t64',
  'libhdf5-dev': 'libhdf5-310',
  'libgdal-dev': 'libgdal36',
  'libgeos-dev': 'libgeos-c1t64',
  'libproj-dev': 'libproj25',
  'libgit2-dev': 'libgit2-1.9',
  'libhiredis-dev': 'libhiredis1.1.0',
  'libgl1-mesa-dev': 'libgl1',
  libgl1: 'libgl1',
  libgdiplus: 'libgdiplus',
  'media-types': 'media-types',
  'p11-kit': 'libp11-kit0',
  fuse: 'libfuse3-4',
};
