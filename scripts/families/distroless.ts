import type { About } from './about.js';

export const distroless: readonly About[] = [
  {
    id: 'google-distroless',
    what: 'Images put together from single Debian packages: the program, the libraries it needs, CA certificates, time zones and a few accounts, and nothing to start besides. They are the images that gave the idea its name.',
    names: [
      '`gcr.io/distroless/<image>-debian13`: `static` (no C library), `base-nossl` (glibc), `base` (glibc and OpenSSL), `cc` (also libgcc and libstdc++), `python3`, `nodejs22`, `nodejs24`, `nodejs26`, `java17`, `java21`, `java25`, `java-base`.',
      'Tags: `latest` (root), `nonroot`, `debug`, `debug-nonroot`; the same with an architecture behind it, and with the hash of a commit. There are no version numbers.',
      'A name without `-debian13` means the newest Debian: since 2026-01-30 that is Debian 13, before it was 12. Write the release.',
    ],
    libc: 'glibc 2.41 on Debian 13, 2.36 on Debian 12. `static` has no C library: only programs that are linked statically start there.',
    shell: 'None, and no package manager. Not even `debug` has `/bin/sh`: its BusyBox is `/busybox/sh`.',
    user: '`latest` runs as root in `/`; `nonroot` as 65532 in `/home/nonroot`, which no other user may enter.',
    start:
      'The language images start their interpreter: `/nodejs/bin/node`, `/usr/bin/python3.13`, `/usr/bin/java -jar`. CMD is its arguments only: `CMD ["server.js"]`, `CMD ["app.jar"]`. The others have no ENTRYPOINT.',
    debug:
      'The tag `debug` adds BusyBox. In `static`, `base` and `cc` it also adds `ENTRYPOINT ["/busybox/sh"]`, so that a file with nothing but CMD means something else there. `java*:debug` is a JDK.',
    pairs:
      'There are no build images. Build on the same Debian: `golang:*-trixie`, `rust:*-trixie`, `python:3.13-slim-trixie`, `node:*-trixie`.',
    access: 'Public, without login.',
    trust:
      'Signed with cosign (keyless) since November 2023: `cosign verify IMAGE --certificate-oidc-issuer https://accounts.google.com --certificate-identity keyless@distroless.iam.gserviceaccount.com`. An SPDX SBOM is attached; no provenance was found.',
    support:
      'Built on every change. Debian 12 images ended in 2026 (Node and Java in February, Python in May, the others in September). Debian 13 images are meant to last a year (languages: three months) beyond the release of Debian 14.',
    pitfalls: [
      '`CMD ["node", "server.js"]` starts `node node server.js`; `npm`, `npx` and `corepack` are not there, and `node` is not on PATH.',
      'A virtual environment made in `python:3.13` points at `/usr/local/bin/python`, which is not there: link `/usr/bin/python` before making it, and set ENTRYPOINT to its own `python`.',
      'A relative path in CMD works on `latest` and breaks on `nonroot`, whose WORKDIR is another one.',
      'Java images stand on `base-nossl`: no libssl, and `JAVA_HOME` is not set.',
      'HEALTHCHECK with curl or in shell form cannot start.',
    ],
    links: [
      ['README', 'https://github.com/GoogleContainerTools/distroless#readme'],
      ['Support policy', 'https://github.com/GoogleContainerTools/distroless/blob/main/SUPPORT_POLICY.md'],
    ],
  },
  {
    id: 'chainguard',
    what: 'Images built with apko from the packages of Wolfi (the free ones) or Chainguard OS: glibc, packages rebuilt as fixes arrive, most images without a shell and without root.',
    names: [
      '`cgr.dev/chainguard/<image>:latest` and `:latest-dev` are free; a few images have a handful of tags more. A version tag such as `python:3.12` is not to be had there.',
      'An organisation has its own catalog, `cgr.dev/<ORG>/<image>:<version>`, with version tags, FIPS images and `-slim` or `-full` variants.',
      '`static` (no C library), `glibc-dynamic` (glibc, libgcc, libstdc++), `wolfi-base`, and one image for each language or program.',
    ],
    libc: 'glibc 2.43, newer than that of any Debian or Ubuntu release but 26.04: what is built here may not start there.',
    shell:
      'Most runtime images have none, but not all: `node`, `dotnet-runtime`, `jdk`, `postgres`, `redis` and others do. Their BusyBox has neither wget nor nc.',
    user: 'Mostly 65532, under names that differ: `nonroot`, `node`, `java`, `nginx`, `php`. `go`, `bash`, `wolfi-base`, `gcc-glibc` and `postgres` start as root. A number is the safe way to name the user.',
    start:
      'ENTRYPOINT is the interpreter or tool, in the `-dev` tags too: `/usr/bin/python`, `/usr/bin/node`, `/usr/bin/java`. `CMD ["npm", "start"]` becomes its arguments: set ENTRYPOINT.',
    debug: 'Use the `-dev` tag of the same image, which adds bash, BusyBox, git, wget and apk.',
    pairs:
      '`latest-dev` builds, `latest` runs. `-dev` keeps the user that is not root: `USER root` before `apk add`, and back after it. `static`, `wolfi-base`, `bash` and `gradle` have no `-dev` tag.',
    access:
      'The free images need no login. Most names left the free registry on 2024-11-21 and need a subscription, as every version tag does.',
    trust:
      'Signed with cosign (keyless): `cosign verify IMAGE --certificate-oidc-issuer=https://token.actions.githubusercontent.com --certificate-identity=https://github.com/chainguard-images/images/.github/workflows/release.yaml@refs/heads/main`. SPDX SBOM attached.',
    support: '`latest` follows upstream, major versions included: pin a digest.',
    pitfalls: [
      '`USER nonroot` fails where the image names its user otherwise (`node`, `java`, `nginx`).',
      'Time zones are only in `static`, .NET, PostgreSQL and MariaDB images.',
      '`glibc-dynamic` has no OpenSSL and no zlib.',
      'Only the newest build of a package stays in the repository: `apk add curl=8.5.0` breaks with the next one.',
      'amd64 and arm64 only.',
    ],
    links: [
      ['Documentation', 'https://edu.chainguard.dev/chainguard/chainguard-images/'],
      ['Directory', 'https://images.chainguard.dev/'],
    ],
  },
  {
    id: 'dhi',
    what: 'Minimal builds of well-known images on Debian or Alpine, with signed attestations, made from public definitions.',
    names: [
      '`dhi.io/<image>:<version>[-<edition>][-<distribution>][-dev]`: `dhi.io/python:3.13`, `dhi.io/node:24-alpine3.24-dev`. A mirror in an organisation is called `<namespace>/dhi-<image>`.',
      'There is no `latest`. Without a distribution the tag means Debian 13 (glibc); `-alpine3.24` means musl.',
      '`static` has tags by date only, with `-glibc` or `-musl` for programs that are linked dynamically.',
    ],
    libc: 'Debian tags: glibc (2.41 on Debian 13). Alpine tags: musl. The two are one word apart.',
    shell:
      'Most runtime images have none, yet about a third do: golang, rust, tomcat, httpd, postgres, mysql, rabbitmq, nginx on Alpine and more. No package manager.',
    user: 'Mostly 65532. Others keep their own: node 1000, postgres 70, mongodb and cassandra 999, deno 1993, memcached 11211. `--chown` has to fit the image.',
    start:
      'Often not that of the Docker Official Image: `node` has no ENTRYPOINT, `nginx` and `php` start the program itself, `postgres` has an ENTRYPOINT and no CMD.',
    debug: 'There are no debug tags: `docker debug`, the `-dev` tag, or BusyBox mounted from another image.',
    pairs:
      '`-dev` (for .NET `-sdk`) builds as root, with a shell and apt or apk; the tag without it runs. `-sfw-dev` adds a firewall for package installs. `-compat` adds what Helm charts expect.',
    access:
      'Free, after `docker login dhi.io` with a Docker account. FIPS, STIG and extended support need a subscription and a mirror.',
    trust:
      'SLSA level 3 provenance, SBOMs (SPDX, CycloneDX), VEX and test reports, signed with a key of Docker’s: `docker scout attest get dhi.io/IMAGE:TAG --predicate-type https://scout.docker.com/sbom/v0.1 --verify`.',
    support: 'Tags follow the life of the program. The Debian 12 images are past the end of their distribution.',
    pitfalls: [
      '`FROM dhi.io/python` means `latest`, which does not exist.',
      '`CMD ["index.js"]` does not start on `node`, which has no ENTRYPOINT: write `CMD ["node", "index.js"]`.',
      'nginx and httpd listen on 8080.',
      'npm, yarn and corepack are only in `node:*-dev`.',
    ],
    links: [
      ['Documentation', 'https://docs.docker.com/dhi/'],
      ['Migration checklist', 'https://docs.docker.com/dhi/migration/checklist/'],
      ['Catalog', 'https://hub.docker.com/hardened-images/catalog'],
    ],
  },
  {
    id: 'ubuntu-chiselled',
    what: 'Ubuntu packages cut into slices, of which an image takes only those it needs. Canonical builds them as rocks, which start through the service manager Pebble.',
    names: [
      '`ubuntu/<image>:<version>-<ubuntu>[_stable]`: `ubuntu/python:3.12-24.04`, `ubuntu/jre:21-24.04`. `_candidate`, `_beta` and `_edge` are less tried.',
      'There is no `latest` for `python`, `jre` and `dotnet-*`: a name without a tag is no published channel.',
      'Your own mix: `chisel cut --release ubuntu-24.04 --root /rootfs ca-certificates_data libc6_libs`, copied onto `scratch`.',
    ],
    libc: 'glibc: 2.35 on 22.04, 2.39 on 24.04, 2.43 on 26.04.',
    shell:
      'None in the runtime images. `ubuntu/nginx` has `/usr/bin/sh`; `ubuntu/go`, `ubuntu/rust` and `ubuntu/jdk` are builders with bash and apt.',
    user: '`_daemon_` (584792) in rocks that set a user. `ubuntu/jre:25-26.04`, `ubuntu/nginx` and `ubuntu/curl` run as root.',
    start:
      'Rocks start `/usr/bin/pebble enter` (`/bin/pebble enter` on 22.04): write `CMD ["exec", "python3", "app.py"]`, or replace ENTRYPOINT.',
    debug: 'No debug tags: `docker debug`, or a container that shares the process name space.',
    pairs: 'Build on `ubuntu:24.04` or a language image of the same release.',
    access: 'Public on Docker Hub and ECR Public.',
    support: 'As long as the Ubuntu release or the track named in the tag; a track that has ended is no longer moved.',
    pitfalls: [
      'CMD without `exec` is read by Pebble, not started.',
      'The user called `app` in Dockerfiles is not there: rocks use `_daemon_`, and Microsoft’s images use another number.',
      'The slice `ca-certificates_data` holds the bundle only, not the tool that adds to it.',
    ],
    links: [
      ['Chisel', 'https://documentation.ubuntu.com/chisel/'],
      ['Images of Canonical', 'https://hub.docker.com/u/ubuntu'],
    ],
  },
  {
    id: 'dotnet',
    what: 'The images of .NET: full ones on Ubuntu, Debian (up to .NET 9) or Alpine, and chiseled ones on Ubuntu and distroless ones on Azure Linux, without a shell.',
    names: [
      '`mcr.microsoft.com/dotnet/{sdk,aspnet,runtime,runtime-deps}:<version>[-<distribution>]`: `aspnet:10.0-noble-chiseled`, `runtime-deps:10.0-alpine`.',
      '`-chiseled` has neither ICU nor time zones; `-chiseled-extra` has both. `-composite` is the ahead-of-time compiled ASP.NET.',
      'Without a distribution: Ubuntu 24.04 for .NET 10, Debian 12 for .NET 8 and 9.',
    ],
    libc: 'glibc, but for the `-alpine` tags, which are musl: publish with the fitting runtime identifier (`linux-x64`, `linux-musl-x64`).',
    shell: 'None in `-chiseled` and `-azurelinux3.0-distroless`.',
    user: 'The shell-less images run as `app` (1654, also in `$APP_UID`); in the others the account exists, and root is the default.',
    start: 'No ENTRYPOINT: `ENTRYPOINT ["dotnet", "app.dll"]`, or the program itself when self-contained.',
    debug: 'No debug tags: `docker debug`, `dotnet-monitor` beside it, or the full image of the same version.',
    pairs: '`sdk` builds, `aspnet`, `runtime` or `runtime-deps` runs.',
    access: 'Public, without login.',
    trust: 'Signed with Notation.',
    support: '.NET 8 and 9 ended on 2026-11-10; .NET 10 is supported.',
    pitfalls: [
      'Without ICU the runtime fails at start unless `InvariantGlobalization` is set (the shell-less images set it).',
      'ASP.NET listens on 8080 since .NET 8.',
      'There are no Debian images of .NET 10.',
    ],
    links: [
      ['Image variants', 'https://github.com/dotnet/dotnet-docker/blob/main/documentation/image-variants.md'],
      ['Distroless images', 'https://github.com/dotnet/dotnet-docker/blob/main/documentation/distroless.md'],
    ],
  },
];
