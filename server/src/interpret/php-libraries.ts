import { readPackageCommand } from './commands/packages.js';
import { placedBundles, type PlacedBundle } from './bundles.js';
import type { InstalledPackage, Stage, StageState } from './state.js';
import { baseName } from './tree.js';

/** A library that extensions of PHP load, and that the official images do not have. */
type Library = {
  readonly extensions: readonly string[];
  /** Its file, as the loader asks for it. */
  readonly file: string;
  /** Null where the Debian images have it. */
  readonly apt: Names | null;
  readonly apk: Names;
};

/** The package of the library, and all that surely bring it. */
type Names = { readonly own: string; readonly bring: RegExp };

/** An extension in an image that lacks a library it loads. */
export type Lacking = {
  readonly extension: PlacedBundle;
  readonly name: string;
  readonly library: { readonly file: string; readonly names: Names };
  /** The removed package that had brought the library; null where it never was in this stage. */
  readonly removed: InstalledPackage | null;
};

/** Extensions whose library is surely gone, or was never there. Silent where any other package may have brought it. */
export function lackingLibraries(stage: Stage): Lacking[] {
  const { end } = stage;
  const manager = end.packageManager.known ? end.packageManager.value : null;
  if ((manager !== 'apt' && manager !== 'apk') || !isOfficial(end) || looksForLibraries(stage)) return [];
  return placedBundles(stage, 'php-extension').flatMap((extension) => {
    const { libc, built } = extension.bundle;
    const name = baseName(extension.path).replace(/\.so$/, '');
    const library = libraries.find(({ extensions }) => extensions.includes(name));
    const names = library?.[manager];
    if (!names || !libc.known || !end.libc.known || libc.value.kind !== end.libc.value.kind) return [];
    const removed = whyMissing(end, names);
    // What was built here had its library, wherever that came from.
    const isCopied = built !== null && built.span.start !== extension.placedBy.start;
    if (removed === undefined || (removed === null && (!isCopied || end.blur !== null))) return [];
    return [{ extension, name, library: { file: library.file, names }, removed }];
  });
}

/** Undefined: it may be there. Null: nothing ever brought it. */
function whyMissing({ packages }: StageState, { bring }: Names): InstalledPackage | null | undefined {
  let removed: InstalledPackage | null = null;
  for (const [name, item] of packages.entries()) {
    if (!item.isCertain) return undefined;
    const isOther = !bringsNone.test(name) || (item.manager === 'apt' && bringsOnDebian.test(name));
    if (item.installed && (bring.test(name) || isOther)) return undefined;
    if (item.installed || !bring.test(name)) continue;
    if (item.isSwept !== true) return undefined;
    removed = item;
  }
  return removed;
}

/** The usual guards: what the extensions load is looked up and kept, or installed under names that are not known. */
function looksForLibraries({ steps, base }: Stage): boolean {
  const keeps = steps.some(({ commands }) =>
    commands.some(({ words, command }) => {
      if (command.words.some(({ raw }) => /scanelf|\bldd\b|apt-mark|install-php-extensions/.test(raw))) return true;
      const packages = readPackageCommand(words);
      return packages?.action === 'install' && packages.hasUnknown;
    }),
  );
  return keeps || (base.kind === 'stage' && looksForLibraries(base.stage));
}

function isOfficial({ runtime }: StageState): boolean {
  return runtime.known && runtime.because.some((item) => item.kind === 'catalog' && /^php:/.test(item.image));
}

/** Of them, those that recommend some on Debian: libpng through libc-devtools and libgd, libzip through php-zip. */
const bringsOnDebian = /^(composer|dpkg-dev|libc-dev)$/;

/** Packages that, with all their dependencies, bring none of these libraries. */
const bringsNone =
  /^(autoconf|bash|ca-certificates|composer|curl|dpkg(-dev)?|dumb-init|fcgi|file|git|gosu|jq|less|libc-dev|linux-headers|logrotate|make|mariadb-client|mysql-client|nano|netcat-openbsd|nginx|openssl|pkgconf|pkg-config|procps|re2c|rsync|shadow|su-exec|sudo|tar|tini|tzdata|unzip|vim|wget|zip|libzip|libzip[45]|libpq|libpq5|icu-libs|icu-data-full|libpng|libpng16-16(t64)?|libxslt|libxslt1\.1|gmp|libbz2|yaml|libyaml-0-2|tidyhtml-libs|libtidy5\w*|libmemcached-libs|libmemcached11\w*)$/;

const libraries: readonly Library[] = [
  {
    extensions: ['gd'],
    file: 'libpng16.so.16',
    apt: { own: 'libpng16-16', bring: /^lib(png16-16(t64)?|png(-tools|16)?-dev|png-dev|freetype|magick|gd)/ },
    apk: { own: 'libpng', bring: /^(libpng|freetype|gd|imagemagick)/ },
  },
  {
    extensions: ['zip'],
    file: 'libzip.so',
    apt: { own: 'libzip4', bring: /^libzip/ },
    apk: { own: 'libzip', bring: /^libzip/ },
  },
  { extensions: ['intl'], file: 'libicuuc.so', apt: null, apk: { own: 'icu-libs', bring: /^icu/ } },
  {
    extensions: ['pgsql', 'pdo_pgsql'],
    file: 'libpq.so.5',
    apt: { own: 'libpq5', bring: /^(libpq|postgresql)/ },
    apk: { own: 'libpq', bring: /^(libpq|postgresql)/ },
  },
  { extensions: ['gmp'], file: 'libgmp.so.10', apt: null, apk: { own: 'gmp', bring: /^gmp/ } },
  {
    extensions: ['xsl'],
    file: 'libxslt.so.1',
    apt: { own: 'libxslt1.1', bring: /^libxslt/ },
    apk: { own: 'libxslt', bring: /^libxslt/ },
  },
  { extensions: ['bz2'], file: 'libbz2.so.1', apt: null, apk: { own: 'libbz2', bring: /^(bzip2|libbz2)/ } },
  {
    extensions: ['imagick'],
    file: 'libMagickWand-7.Q16HDRI.so',
    apt: null,
    apk: { own: 'imagemagick-libs', bring: /^imagemagick/ },
  },
  {
    extensions: ['tidy'],
    file: 'libtidy.so',
    apt: { own: 'libtidy5deb1', bring: /tidy/ },
    apk: { own: 'tidyhtml-libs', bring: /^tidyhtml/ },
  },
  {
    extensions: ['memcached'],
    file: 'libmemcached.so.11',
    apt: { own: 'libmemcached11', bring: /memcached/ },
    apk: { own: 'libmemcached-libs', bring: /^libmemcached/ },
  },
  {
    extensions: ['yaml'],
    file: 'libyaml-0.so.2',
    apt: { own: 'libyaml-0-2', bring: /^libyaml/ },
    apk: { own: 'yaml', bring: /^yaml/ },
  },
];
