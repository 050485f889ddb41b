import { alpineShells, checkTruths, debianShells } from './truth.js';

// bell-sw/Liberica@ebed271: docker/repos/liberica-open{jdk,jre}-*/*/Dockerfile and README.md.
checkTruths([
  [
    'bellsoft/liberica-openjdk-debian:21',
    {
      os: 'debian 12',
      libc: 'glibc 2.36',
      shells: debianShells,
      manager: 'apt',
      user: '0',
      runtime: 'java 21',
      has: 'java javac curl fontconfig',
      family: 'bellsoft',
      production: 'bellsoft/liberica-openjre-debian:21',
    },
  ],
  ['bellsoft/liberica-openjre-debian:17-cds', { has: 'java curl', runtime: 'java 17', eol: '2027-10-31' }],
  ['bellsoft/liberica-openjre-rocky:25', { os: 'rocky 9', manager: 'microdnf', has: 'fontconfig tar gzip find' }],
  ['bellsoft/liberica-openjdk-alpine-musl:11', { os: 'alpine 3.23', libc: 'musl 1.2.5', manager: 'apk' }],
  ['bellsoft/liberica-openjre-alpine-musl', { os: 'alpine 3.23', shells: alpineShells, runtime: 'java' }],
  // Alpine's own musl and a glibc built from source are both in it.
  ['bellsoft/liberica-openjre-alpine:21', { os: 'alpine 3.23', libc: '?', shells: alpineShells }],
  // On Debian as well, but on which release was not read.
  ['bellsoft/liberica-openjdk-debian:23', { os: 'debian', runtime: 'java 23', manager: 'apt' }],
]);

// https://hub.docker.com/r/bellsoft/liberica-runtime-container and …/hardened-nodejs; endoflife.date.
checkTruths([
  [
    'bellsoft/liberica-runtime-container:jre-21-slim-glibc',
    { os: 'alpaquita stream', libc: 'glibc', manager: 'apk', files: '/bin/sh', runtime: 'java 21', user: '?' },
  ],
  ['bellsoft/liberica-runtime-container:jdk-25-musl', { libc: 'musl', has: 'javac', eol: '2031-09-30' }],
  ['bellsoft/liberica-runtime-container:jdk-all-11-musl', { manager: 'apk', libc: '?' }],
  [
    'bellsoft/hardened-nodejs:distroless-glibc',
    { shells: '', manager: null, entrypoint: ['/usr/bin/node'], user: 'appuser:', workdir: '/home/appuser' },
  ],
  ['bellsoft/hardened-nodejs:glibc', { user: '0', shells: '?' }],
  ['bellsoft/hardened-base:nonroot-musl', { shells: '?', user: '?', libc: 'musl', manager: null }],
]);

// zulu-openjdk/zulu-openjdk@96ef985: README.md, {ubuntu,debian,alpine,centos,distroless}/*-latest/Dockerfile.
checkTruths([
  [
    'azul/zulu-openjdk:21-jre-latest',
    {
      os: 'ubuntu',
      libc: 'glibc',
      shells: debianShells,
      manager: 'apt',
      user: '0',
      has: 'java ca-certificates tzdata',
      lacks: 'curl',
      runtime: 'java 21',
      family: 'azul',
    },
  ],
  [
    'azul/zulu-openjdk-debian:17-latest',
    { os: 'debian', has: 'javac', production: 'azul/zulu-openjdk-debian:17-jre-latest' },
  ],
  [
    'azul/zulu-openjdk-alpine:11-jre-headless-latest',
    { os: 'alpine', libc: 'musl', has: 'tzdata java', manager: 'apk' },
  ],
  ['azul/zulu-openjdk-centos:8-latest', { os: 'centos 7', manager: 'yum', eol: null }],
  // Built on an image that adds glibc to Alpine.
  ['azul/zulu-openjdk-alpine:6-latest', { os: 'alpine', libc: '?' }],
  [
    'azul/zulu-openjdk-distroless:21-latest',
    {
      libc: 'glibc',
      shells: '',
      manager: null,
      user: '0',
      entrypoint: ['/usr/lib/jvm/zulu21/bin/java'],
      files: '/usr/lib/jvm/zulu21/bin/java',
      has: 'zlib javac /tmp',
      lacks: 'ca-certificates passwd libstdc++ libgcc',
    },
  ],
]);

// quarkusio/quarkus-images@e800dcb: README.md, QuarkusMicro.java, QuarkusDistroless.java, QuarkusMandrelBuilder.java.
checkTruths([
  [
    'quay.io/quarkus/ubi9-quarkus-micro-image:2.0',
    {
      os: 'rhel 9',
      libc: 'glibc 2.34',
      manager: null,
      shells: '?',
      has: 'libgcc libstdc++ zlib',
      family: 'verified-publisher',
    },
  ],
  ['quay.io/quarkus/quarkus-micro-image:2.0', { os: 'rhel 8', libc: 'glibc 2.28', manager: null }],
  ['quay.io/quarkus/quarkus-distroless-image:2.0', { os: 'debian', shells: '', manager: null, has: 'zlib libstdc++' }],
  [
    'quay.io/quarkus/ubi9-quarkus-mandrel-builder-image:jdk-21',
    {
      os: 'rhel 9',
      manager: 'microdnf',
      user: '1001',
      entrypoint: ['native-image'],
      workdir: '/project',
      has: 'gcc g++',
    },
  ],
]);

// graalvm/container@6a7c495: graalvm-community/Dockerfile.ol9-java25, rpm-compact/native-image-community.
checkTruths([
  [
    'ghcr.io/graalvm/graalvm-community:25',
    { os: 'oraclelinux', manager: 'microdnf', has: 'javac', runtime: 'java 25' },
  ],
  ['ghcr.io/graalvm/native-image-community:25-ol9', { entrypoint: ['native-image'], workdir: '/app', libc: 'glibc' }],
  [
    'container-registry.oracle.com/os/oraclelinux:9-slim',
    { os: 'oraclelinux 9', libc: 'glibc 2.34', manager: 'microdnf' },
  ],
]);

// corretto/corretto-docker: the images of Docker Hub and of Amazon's registry have the same Dockerfiles.
checkTruths([
  [
    'public.ecr.aws/amazoncorretto/amazoncorretto:21',
    { os: 'amazonlinux 2023', manager: 'dnf', family: 'amazon-corretto' },
  ],
]);
