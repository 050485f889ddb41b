/** The accounts of an image without a distribution's own. */
export const accounts = `
mkdir -p etc tmp root home/nonroot
chmod 1777 tmp
chown 65532:65532 home/nonroot
printf '%s\\n' root:x:0:0:root:/root:/sbin/nologin nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin \\
  nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin >etc/passwd
printf '%s\\n' root:x:0: nobody:x:65534: nonroot:x:65532: >etc/group
`;

/** dash has its link /bin/sh from a script of the package, as base-passwd has the accounts. */
export const debianFinish = `
ln -sf dash bin/sh
cp usr/share/base-passwd/passwd.master etc/passwd
cp usr/share/base-passwd/group.master etc/group
mkdir -p tmp root
chmod 1777 tmp
`;

/** Packages that are put into the source of `debian`. */
export const offered: readonly string[] = ['tree', 'openssl', 'libssl3'];

/** A small package source inside the image: builds have no network here. */
export const packageSource = `
echo '_apt:x:42:65534::/nonexistent:/usr/sbin/nologin' >>etc/passwd
mkdir -p var/packages var/lib/apt/lists/partial var/cache/apt/archives/partial var/log/apt
chown 42:0 var/lib/apt/lists/partial var/cache/apt/archives/partial
chmod 0700 var/lib/apt/lists/partial var/cache/apt/archives/partial
rm -rf etc/apt/sources.list.d etc/apt/sources.list
for name in ${offered.join(' ')}; do cp "$DEBS/$name"_*.deb var/packages/; done
: >var/packages/Packages
for file in var/packages/*.deb; do
  dpkg-deb -f "$file" >>var/packages/Packages
  printf 'Filename: ./%s\\nSize: %s\\nSHA256: %s\\n\\n' "$(basename "$file")" "$(stat -c %s "$file")" \\
    "$(sha256sum "$file" | cut -d' ' -f1)" >>var/packages/Packages
done
mkdir -p etc/apt
echo 'deb [trusted=yes] file:/var/packages ./' >etc/apt/sources.list
`;

/** BusyBox with the names of Debian's tools taken out, and a loader of musl. */
export const alpineFinish = `
mkdir -p bin sbin usr/bin usr/sbin etc tmp root
chmod 1777 tmp
for name in $(chroot . /bin/busybox --list); do
  case $name in
    busybox | dpkg* | rpm* | apt*) ;;
    *) ln -s /bin/busybox "bin/$name" ;;
  esac
done
printf '%s\\n' root:x:0:0:root:/root:/bin/sh nobody:x:65534:65534:nobody:/:/sbin/nologin >etc/passwd
printf '%s\\n' root:x:0: nobody:x:65534: >etc/group
`;

/** Builds have no network here: another go.mod tells where Debian has the sources of modules. */
export const goModules = `
mkdir -p root/.config/go usr/share/lab
cat >usr/share/lab/go.mod <<'MODULE'
module example.com/app

go 1.19

require (
	github.com/DataDog/zstd v1.4.5
	github.com/mattn/go-sqlite3 v1.14.16
)

replace github.com/DataDog/zstd => /usr/share/gocode/src/github.com/DataDog/zstd

replace github.com/mattn/go-sqlite3 => /usr/share/gocode/src/github.com/mattn/go-sqlite3
MODULE
echo module github.com/DataDog/zstd >usr/share/gocode/src/github.com/DataDog/zstd/go.mod
printf '%s\\n' GOFLAGS=-modfile=/usr/share/lab/go.mod 'CGO_LDFLAGS=-lsqlite3 -lm' >root/.config/go/env
printf '#!/bin/sh\\nexit 0\\n' >sbin/apk
chmod 0755 sbin/apk
`;

export const nodeEntrypoint = `
mkdir -p usr/local/bin
ln -s ../../bin/node usr/local/bin/node
printf '#!/bin/sh\\nexec "$@"\\n' >usr/local/bin/docker-entrypoint.sh
chmod 0755 usr/local/bin/docker-entrypoint.sh
`;

export const busyboxFolder = `
mkdir busybox
mv usr/bin/busybox busybox/busybox
for name in $(chroot . /busybox/busybox --list); do
  [ -e "busybox/$name" ] || ln -s /busybox/busybox "busybox/$name"
done
`;

/** The two bytes after the minor version: 69 stands for Java 25. */
export const numberedByJavac = `
rm usr/bin/javac
cat >usr/bin/javac <<'SCRIPT'
#!/bin/sh
/usr/lib/jvm/java-17-openjdk-amd64/bin/javac "$@" || exit
find / -xdev -name '*.class' -not -path '/usr/*' | while read -r file; do
  printf '\\0\\105' | dd of="$file" bs=1 seek=6 conv=notrunc status=none
done
SCRIPT
chmod 0755 usr/bin/javac
`;

/** Python and pip as those of the official image: they install without asking. */
export const localPython = `
rm -f usr/lib/python3*/EXTERNALLY-MANAGED
mkdir -p usr/local/bin
ln -s ../../bin/python3 usr/local/bin/python3
ln -s python3 usr/local/bin/python
`;
