/**
 * What packages bring of the programs and data that the catalog knows some images to lack, as dependencies and as
 * recommended packages, directly or through others. Taken from the package indices of Debian 12 and 13 (bookworm and
 * trixie, main, amd64), read on 2026-11-21: what either brings. `nodejs` may be NodeSource's, which needs Python.
 * Packages that are not listed may bring anything.
 */
export type Bringing = {
  /** As dependencies. */
  readonly needs: string;
  /** As packages that are recommended, which --no-install-recommends leaves out. */
  readonly recommends: string;
  readonly packages: string;
};

/**
 * Of the packages that bring something, common ones that bring neither fontconfig nor FreeType, by the same indices; those
 * that bring nothing bring no such library either.
 */
export const debianWithoutFonts: ReadonlySet<string> = new Set(
  (
    'apt-transport-https apt-utils ca-certificates cron curl dirmngr git git-lfs gnupg gnupg2 gpg iproute2 iputils-ping ' +
    'libcurl4 libpq5 locales logrotate nginx openssh-client openssh-server postgresql-client python3 python3-minimal ' +
    'python3-venv redis-tools rsyslog ruby sudo supervisor tzdata util-linux wget'
  ).split(' '),
);

export const debianBringing: readonly Bringing[] = [
  {
    needs: '',
    recommends: '',
    packages:
      'advancecomp antiword autoconf automake bash bash-completion bc binfmt-support binutils ' +
      'binutils-aarch64-linux-gnu binutils-arm-linux-gnueabihf binutils-i686-linux-gnu ' +
      'binutils-mips64-linux-gnuabi64 binutils-mips64el-linux-gnuabi64 binutils-powerpc64le-linux-gnu ' +
      'binutils-riscv64-linux-gnu binutils-s390x-linux-gnu binutils-x86-64-linux-gnu bison brotli bsdmainutils ' +
      'busybox-static bzip2 catdoc ccache chrpath connect-proxy coreutils cpio debian-archive-keyring ' +
      'default-mysql-client dialog dnsutils dos2unix dosfstools dumb-init fakeroot file fonts-liberation ' +
      'fonts-noto-cjk fonts-urw-base35 gawk gcc-aarch64-linux-gnu genisoimage gettext-base gosu gperf gpgv ' +
      'gss-ntlmssp htop info inotify-tools intel-media-va-driver iptables jpegoptim jq kmod ksh ldap-utils less ' +
      'libaio-dev libaio1 libaio1t64 libargon2-dev libasound2 libatk1.0-0 libatomic1 libavif-dev libbrotli-dev ' +
      'libbtrfs-dev libc-bin libc6 libc6-dev-arm64-cross libc6-i386 libcap2 libcgif0 libdav1d-dev libdb-dev ' +
      'libevent-dev libexif12 libexpat1 libffi-dev libfreetype6 libgbm-dev libgif-dev libgl1 libgl1-mesa-dri ' +
      'libgl1-mesa-glx libglib2.0-0 libgmp-dev libgomp1 libgssapi-krb5-2 libicu72 libimagequant0 libjbig0 ' +
      'libjemalloc-dev libjemalloc2 libjpeg-turbo-progs libjpeg62-turbo libjxl0.7 libkrb5-3 liblcms2-2 ' +
      'libldap-common libldap2-dev liblttng-ust1 liblz4-dev liblzma-dev libmagic1 libmariadb3 libmecab-dev ' +
      'libmnl-dev libmpfr-dev libnss-wrapper libnss3 libnss3-tools libonig-dev liborc-0.4-0 libpcre3 ' +
      'libpixman-1-dev libpng16-16 libprotobuf-c-dev libsasl2-2 libseccomp-dev libsecret-1-0 libsnappy1v5 ' +
      'libsodium-dev libsqlite3-0 libssl-dev libssl3 libstdc++6 libsystemd-dev libsystemd0 libtiff6 libudev-dev ' +
      'libudev1 libunwind-dev libunwind8 libusb-1.0-0-dev libva-dev libva-drm2 libva2 libwebp-dev libwebp7 ' +
      'libwebpdemux2 libwebpmux3 libx11-dev libx264-164 libx264-dev libx265-dev libxcb-dri3-0 libxext-dev libxext6 ' +
      'libxkbcommon-x11-0 libxml2 libxml2-utils libxrender-dev libxslt1.1 libxss1 libyaml-0-2 libyaml-dev ' +
      'libzstd-dev lld locales-all lsb-release lsof lua5.1 mailcap make manpages mariadb-client media-types ' +
      'mesa-va-drivers mtools mtr-tiny musl nano nasm ncurses-base ncurses-bin net-tools netbase netcat-openbsd ' +
      'netcat-traditional ninja-build openssl p11-kit pandoc patch patchelf perl pkg-config pngcrush pngquant ' +
      'postgresql-client-15 procps protobuf-c-compiler psmisc rapidjson-dev re2c ripgrep rsync sed shellcheck socat ' +
      'sqlite3 squashfs-tools strace swig tar telnet tini tmux traceroute tree unixodbc unzip vim ' +
      'vulkan-validationlayers-dev whois xorriso xsltproc xz-utils yasm zip zlib1g zsh zstd',
  },
  {
    needs: '',
    recommends: 'c++ ca-certificates cc g++ gcc openssl',
    packages: 'golang golang-go',
  },
  {
    needs: '',
    recommends: 'ca-certificates cc gcc make openssl',
    packages: 'cmake',
  },
  {
    needs: '',
    recommends: 'ca-certificates cc gcc openssl',
    packages: 'flex',
  },
  {
    needs: '',
    recommends: 'ca-certificates curl openssl',
    packages: 'gettext quilt',
  },
  {
    needs: 'tini',
    recommends: 'ca-certificates git openssl python3 tzdata',
    packages: 'docker.io',
  },
  {
    needs: '',
    recommends: 'ca-certificates openssl',
    packages:
      'anacron apache2 apache2-utils apt-file apt-transport-https apt-utils aptitude cron curl cvs ' +
      'default-libmysqlclient-dev dirmngr e2fsprogs fcgiwrap firefox-esr fontconfig fping fuse-overlayfs fuse3 gcc ' +
      'ghostscript git gnupg gnupg1 gnupg2 gpg gpg-agent graphicsmagick graphviz imagemagick iproute2 iputils-ping ' +
      'krb5-user libatk-bridge2.0-0 libbluetooth-dev libbz2-dev libc6-dev libcairo2 libcap2-bin libcgal-dev ' +
      'libclang-dev libcups2 libcurl4 libcurl4-gnutls-dev libcurl4-openssl-dev libdbus-1-dev libdevmapper-dev ' +
      'libelf-dev libexpat1-dev libfontconfig1 libfreetype6-dev libfuse-dev libgconf-2-4 libgdbm-compat-dev ' +
      'libgdbm-dev libgdiplus libgpgme-dev libgtk-3-0 libicu-dev libjpeg-dev libkrb5-dev libmariadb-dev ' +
      'libmariadb-dev-compat libmemcached-dev libmsgpack-dev libncurses-dev libncurses5-dev libncursesw5-dev ' +
      'libnuma-dev libpam-modules libpango-1.0-0 libpangocairo-1.0-0 libpcap-dev libpcap0.8 libpcre3-dev libpng-dev ' +
      'libpq-dev libpq5 libprotobuf-dev libreadline-dev librsvg2-2 libsm6 libsqlite3-dev libvips42 libxml2-dev ' +
      'libzip-dev libzmq3-dev locales logrotate man-db mariadb-server memcached mesa-utils ncat nginx nginx-common ' +
      'nmap openssh-client openssh-server parallel poppler-utils postgresql-client postgresql-client-17 ' +
      'protobuf-compiler python3.11 python3.11-dev qemu-user-static redis redis-server redis-tools rpm rsyslog ' +
      'runit s3fs screen sshfs sshpass subversion sudo systemd tcpdump tesseract-ocr texinfo tzdata util-linux ' +
      'uuid-dev wget wkhtmltopdf xorg xserver-xorg xvfb zlib1g-dev',
  },
  {
    needs: '',
    recommends: 'ca-certificates openssl python3',
    packages: 'ffmpeg vulkan-tools',
  },
  {
    needs: '',
    recommends: 'ca-certificates openssl python3 tzdata',
    packages: 'chromium clang llvm valgrind',
  },
  {
    needs: '',
    recommends: 'ca-certificates openssl tzdata',
    packages: 'python3-minimal',
  },
  {
    needs: 'c++ ca-certificates cc g++ gcc make openssl tzdata',
    recommends: '',
    packages: 'r-base-dev',
  },
  {
    needs: 'c++ cc g++ gcc',
    recommends: 'ca-certificates openssl',
    packages: 'g++-multilib',
  },
  {
    needs: 'c++ cc g++ gcc make',
    recommends: 'ca-certificates openssl',
    packages: 'build-essential',
  },
  {
    needs: 'ca-certificates javac openssl',
    recommends: '',
    packages: 'default-jdk openjdk-17-jdk openjdk-21-jdk openjdk-25-jdk',
  },
  {
    needs: 'ca-certificates make openssl python3 tzdata',
    recommends: 'c++ cc curl g++ gcc git wget',
    packages: 'devscripts',
  },
  {
    needs: 'ca-certificates openssl',
    recommends: '',
    packages:
      'default-jdk-headless default-jre default-jre-headless maven openjdk-17-jdk-headless openjdk-17-jre ' +
      'openjdk-17-jre-headless openjdk-21-jdk-headless openjdk-21-jre openjdk-21-jre-headless ' +
      'openjdk-25-jdk-headless openjdk-25-jre-headless ruby ruby-dev ruby-full',
  },
  {
    needs: 'ca-certificates openssl python3',
    recommends: '',
    packages: 'software-properties-common',
  },
  {
    needs: 'ca-certificates openssl python3 tzdata',
    recommends: '',
    packages: 'nodejs pipx python3-full python3-requests python3-venv',
  },
  {
    needs: 'ca-certificates openssl python3 tzdata',
    recommends: 'c++ cc g++ gcc git make',
    packages: 'npm',
  },
  {
    needs: 'ca-certificates openssl python3 tzdata',
    recommends: 'c++ cc g++ gcc make',
    packages: 'azure-cli python3-pip',
  },
  {
    needs: 'ca-certificates openssl tzdata',
    recommends: '',
    packages: 'python3.13-venv',
  },
  {
    needs: 'ca-certificates openssl tzdata',
    recommends: 'c++ cc g++ gcc make',
    packages: 'r-base',
  },
  {
    needs: 'cc gcc',
    recommends: 'ca-certificates openssl',
    packages: 'g++ gcc-multilib libtool musl-dev musl-tools',
  },
  {
    needs: 'cc gcc',
    recommends: 'ca-certificates openssl python3 tzdata',
    packages: 'cargo rustc',
  },
  {
    needs: 'cc gcc make',
    recommends: 'c++ ca-certificates curl g++ openssl',
    packages: 'debhelper equivs',
  },
  {
    needs: 'cc gcc make openssl python3 tzdata',
    recommends: 'c++ ca-certificates curl g++',
    packages: 'apache2-dev',
  },
  {
    needs: 'cc gcc make python3 tzdata',
    recommends: 'c++ ca-certificates curl g++ openssl',
    packages: 'dh-make',
  },
  {
    needs: 'git',
    recommends: 'ca-certificates openssl',
    packages: 'git-lfs',
  },
  {
    needs: 'make',
    recommends: 'c++ ca-certificates cc g++ gcc openssl',
    packages: 'checkinstall dpkg-dev',
  },
  {
    needs: 'make tzdata',
    recommends: 'c++ ca-certificates cc g++ gcc openssl',
    packages: 'tk-dev',
  },
  {
    needs: 'openssl',
    recommends: '',
    packages: 'ca-certificates',
  },
  {
    needs: 'openssl',
    recommends: 'ca-certificates',
    packages: 'postgresql-common',
  },
  {
    needs: 'openssl tzdata',
    recommends: 'ca-certificates',
    packages: 'postgresql postgresql-15 postgresql-17',
  },
  {
    needs: 'python3 tzdata',
    recommends: 'c++ ca-certificates cc g++ gcc make openssl',
    packages: 'meson',
  },
  {
    needs: 'python3 tzdata',
    recommends: 'ca-certificates cc curl gcc openssl',
    packages: 'libvips-dev',
  },
  {
    needs: 'python3 tzdata',
    recommends: 'ca-certificates cc gcc openssl',
    packages: 'libmagickwand-dev',
  },
  {
    needs: 'python3 tzdata',
    recommends: 'ca-certificates openssl',
    packages:
      'bzr command-not-found fish libcairo2-dev libglib2.0-dev libgtk-3-dev libpango1.0-dev libsecret-1-dev ' +
      'libvips-tools libvulkan-dev mercurial python-is-python3 python3-dev python3-psycopg2 python3-setuptools ' +
      'python3-wheel python3-yaml rlwrap supervisor systemtap-sdt-dev',
  },
  {
    needs: 'tzdata',
    recommends: 'ca-certificates openssl',
    packages: 'expect gdb libpython3-dev php-cli python3 python3.13 python3.13-dev tcl',
  },
  {
    needs: 'wget',
    recommends: 'ca-certificates openssl',
    packages: 'debootstrap',
  },
];
