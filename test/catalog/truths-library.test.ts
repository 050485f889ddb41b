import { alpineShells, checkTruths, debianShells } from './truth.js';

// docker-library/official-images@37079fb336f5: library/NAME, and the Dockerfile that each entry names.
checkTruths([
  // nats-io/nats-docker@aa0caa57b71c: 2.14.x/scratch, 2.14.x/alpine3.22.
  ['nats', { os: null, libc: 'none', user: '0', entrypoint: ['/nats-server'], family: 'docker-official' }],
  ['nats:2.14.5', { os: null, cmd: ['--config', 'nats-server.conf'] }],
  [
    'nats:2.14-alpine',
    { os: 'alpine 3.22', manager: 'apk', files: '/bin/sh', entrypoint: ['docker-entrypoint.sh'], user: '0' },
  ],
  // nextcloud/docker@4de1eed65a44: the Dockerfiles of an earlier patch release, so that the release is not told.
  ['nextcloud:apache', { os: '?', libc: 'glibc', manager: 'apt', entrypoint: ['/entrypoint.sh'] }],
  ['nextcloud:fpm-alpine', { os: '?', libc: 'musl', manager: 'apk', cmd: ['php-fpm'] }],
  // apache/spark-docker: 4.1.2/scala2.13-java21-ubuntu and, on it, 4.1.2/scala2.13-java21-python3-ubuntu.
  [
    'spark:4.1.2-scala2.13-java21-ubuntu',
    {
      os: 'ubuntu 22.04',
      user: 'spark:185',
      workdir: '/opt/spark/work-dir',
      entrypoint: ['/opt/entrypoint.sh'],
      manager: 'apt',
    },
  ],
  ['spark:4.1.2-java21-python3', { os: 'ubuntu 22.04', user: 'spark:185', has: 'python3' }],
  // docker-library/docker@3289af88086d: 29/cli, 29/dind, 29/dind-rootless.
  ['docker:cli', { os: 'alpine 3.24', user: '0', cmd: ['sh'], entrypoint: ['docker-entrypoint.sh'] }],
  ['docker:29-dind', { os: 'alpine 3.24', user: '0', cmd: null, entrypoint: ['dockerd-entrypoint.sh'] }],
  ['docker:dind-rootless', { user: 'rootless:1000', os: 'alpine 3.24' }],
  // traefik/traefik-library-image@697393828fd8: v3.7/alpine.
  ['traefik:v3.7', { os: 'alpine 3.24', entrypoint: ['/entrypoint.sh'], cmd: ['traefik'], has: 'ca-certificates' }],
  // docker-library/cassandra: 4.1; the tags of 5.0 name Debian 13, the clone's Dockerfile Debian 12.
  ['cassandra:4.1-bookworm', { os: 'debian 12', cmd: ['cassandra', '-f'], user: '0' }],
  // apache/solr-docker: 10.0.
  ['solr:10.0', { os: 'ubuntu 24.04', user: '8983', workdir: '/opt/solr', cmd: ['solr-foreground'] }],
  // Kong/docker-kong: ubuntu.
  ['kong:3.9-ubuntu', { user: 'kong:', entrypoint: ['/docker-entrypoint.sh'], cmd: ['kong', 'docker-start'] }],
  // odoo/docker: 19.0.
  ['odoo:19.0', { os: 'ubuntu 24.04', user: 'odoo:', cmd: ['odoo'] }],
  // apache/flink-docker: 2.2/scala_2.12-java17-ubuntu.
  [
    'flink:2.2-java17',
    { os: 'ubuntu 24.04', user: 'flink:9999', entrypoint: ['/docker-entrypoint.sh'], cmd: ['help'] },
  ],
  // influxdata/influxdata-docker: telegraf/1.39/alpine.
  ['telegraf:1.39-alpine', { os: 'alpine 3.23', entrypoint: ['/sbin/tini', '--', '/entrypoint.sh'], manager: 'apk' }],
  // docker-library/redmine: 6.1/alpine3.24, on ruby:3.4-alpine3.24.
  [
    'redmine:6.1-alpine3.24',
    { os: 'alpine 3.24', workdir: '/usr/src/redmine', cmd: ['rails', 'server', '-b', '0.0.0.0'], has: 'ruby' },
  ],
  // docker-library/drupal: 11.4/php8.5/apache-trixie, on php:8.5-apache-trixie.
  ['drupal:11.4-php8.5-apache-trixie', { os: 'debian 13', workdir: '/opt/drupal', has: 'php' }],
  // OpenLiberty/ci.docker: releases/26.0.0.6/kernel-slim, on ibm-semeru-runtimes:open-17-jre-noble.
  ['open-liberty:26.0.0.6-kernel-slim-java17-openj9', { os: 'ubuntu 24.04', user: '1001' }],
  // SonarSource/docker-sonarqube: the developer edition of 2025.1.
  ['sonarqube:2025.1-developer', { user: 'sonarqube:1000', entrypoint: ['/opt/sonarqube/docker/entrypoint.sh'] }],
  // distribution/distribution-library-image@a829ed8cbcd8: Dockerfile of 3.0.0.
  ['registry:3.0.0', { os: 'alpine 3.21', entrypoint: ['/entrypoint.sh'], cmd: ['/etc/distribution/config.yml'] }],
  ['registry:2', { libc: 'musl', manager: 'apk', entrypoint: '?', shells: alpineShells }],
  // docker-library/docs: java/deprecated.md, consul/deprecated.md.
  [
    'java:8-jre-alpine',
    { status: 'retired', eol: '2016-12-31', replacement: 'eclipse-temurin', runtime: 'java 8', libc: '?', shells: '?' },
  ],
  ['consul:1.15', { status: 'retired', os: '?' }],
  // alpinelinux/docker-alpine@7d63673353bd: x86_64; docker-library/official-images@37079fb336f5: library/alpine.
  ['alpine:3.20', { status: 'retired', osEol: '2026-04-01', libc: 'musl 1.2.5', manager: 'apk' }],
  ['alpine:3.21', { status: 'supported', osEol: '2026-11-01' }],
  // alpinelinux/docker-alpine@d7eb97a39abb: x86_64, /lib/apk/db/installed.
  ['openjdk:8-jre-alpine', { os: 'alpine 3.9', libc: 'musl 1.1.20', shells: alpineShells }],
  // docker-library/busybox: the Dockerfiles add BusyBox, getconf and a C library to nothing.
  ['busybox:1.38-musl', { libc: 'musl 1.2.5', shells: alpineShells, lacks: 'bash curl git python3' }],
  ['busybox:1.37-musl', { cmd: ['sh'], user: '0', lacks: 'curl' }],
]);

// docker-library/official-images@37079fb336f5: libraries whose variants the catalog lists.
checkTruths([
  ['clojure:temurin-21-tools-deps-bookworm-slim', { os: 'debian 12', manager: 'apt', family: 'docker-official' }],
  ['haskell:9.14', { os: 'debian 12', cmd: ['ghci'] }],
  ['julia:1.12', { os: 'debian 13', entrypoint: ['docker-entrypoint.sh'], cmd: ['julia'] }],
  ['pypy:3.11', { os: 'debian 13', cmd: ['pypy3'] }],
  ['wordpress:fpm-alpine', { libc: 'musl 1.2.6', entrypoint: ['docker-entrypoint.sh'], cmd: ['php-fpm'] }],
  ['ibm-semeru-runtimes:open-21-jdk-jammy', { os: 'ubuntu 22.04', cmd: ['/bin/bash'], entrypoint: null }],
  ['sapmachine:21-jre-headless', { os: 'ubuntu 24.04', has: 'java', lacks: 'javac' }],
  ['azul-zulu:21-jdk-almalinux10', { os: 'almalinux 10', has: 'java javac' }],
  ['alpine:3.24', { family: 'alpine', has: 'passwd /tmp' }],
  ['debian:13-slim', { family: 'debian', has: 'passwd /tmp' }],
  ['ubuntu:24.04', { family: 'ubuntu' }],
  ['busybox:stable-musl', { family: 'busybox', libc: 'musl', shells: alpineShells }],
  ['amazoncorretto:21', { family: 'amazon-corretto' }],
  ['denoland/deno:alpine', { family: 'verified-publisher' }],
]);

// History of docker-library/official-images: what tags were built on when they were built last.
checkTruths([
  ['maven:3.8-openjdk-11', { os: 'debian 11', status: 'retired', eol: '2022-09-29', shells: debianShells }],
  ['maven:3.9.4-eclipse-temurin-11-focal', { os: 'ubuntu 20.04', libc: 'glibc 2.31' }],
  ['openjdk:11-jdk-slim-buster', { os: 'debian 10', status: 'retired' }],
  ['node:0.10', { os: 'debian', libc: 'glibc', manager: 'apt', entrypoint: '?', runtime: 'node 0.10', status: null }],
  ['node:8.2.1-alpine', { os: 'alpine', libc: 'musl', shells: alpineShells, user: '0', cmd: '?' }],
  // nodejs/Release CODENAMES.md: the names of lines do not move, other words do.
  ['node:krypton-slim', { runtime: 'node 24 /usr/local/bin/node' }],
  ['node:lts-jod', { runtime: 'node 22 /usr/local/bin/node', eol: '2027-04-30' }],
  ['node:hydrogen-alpine', { runtime: 'node 18 /usr/local/bin/node', status: 'retired' }],
  ['node:lts', { runtime: 'node /usr/local/bin/node' }],
  ['golang:alpine', { runtime: 'go /usr/local/go/bin/go' }],
  // dotnet/dotnet-docker: the tags of CBL-Mariner name it; what those without a shell hold was not read.
  ['mcr.microsoft.com/dotnet/sdk:8.0-cbl-mariner2.0', { os: 'mariner 2.0', libc: 'glibc 2.35' }],
  ['mcr.microsoft.com/dotnet/aspnet:7.0-cbl-mariner2.0-distroless', { os: '?', shells: '?', manager: '?' }],
]);
