import { append, everywhere, first, inBuild, inFinal, insert, onBase, withBuilder } from './edits.js';
import { copied, type Fault } from './fault.js';

const node = /^node:|distroless\/nodejs/;
const install = 'RUN npm install iconv';
const withoutLibrary =
  'RUN apk add --no-cache --virtual .zip libzip-dev && docker-php-ext-install zip && apk del .zip libzip';

const copyHostModules = onBase(
  node,
  inFinal(/^(CMD|USER|HEALTHCHECK)/m, 'COPY node_modules ./node_modules\n$1', 'COPY node_modules'),
);

/** Node.js, Java, .NET, PHP. */
export const languageFaults: readonly Fault[] = [
  {
    name: 'Node.js packages installed on Alpine',
    rules: ['node-modules-libc-mismatch'],
    apply: onBase(
      /distroless\/nodejs|^node:(?!.*alpine)/,
      withBuilder(/^node:24-trixie/, inBuild(/^FROM node:24-trixie-slim/m, 'FROM node:24-alpine', copied)),
    ),
  },
  {
    name: 'Node.js packages installed on Debian',
    rules: ['node-modules-libc-mismatch'],
    apply: onBase(/^node:.*alpine/, inBuild(/^FROM node:24-alpine3\.24/m, 'FROM node:24-trixie-slim', copied)),
  },
  {
    name: 'Node.js packages installed by an older version',
    rules: ['node-abi-skew'],
    apply: onBase(node, inBuild(/^FROM node:24/m, 'FROM node:22', copied)),
  },
  {
    name: 'Node.js addon without a compiler',
    rules: ['node-gyp-toolchain-missing'],
    apply: onBase(node, withBuilder(/^node:.*(slim|alpine)/, inBuild(/^RUN npm ci.*$/m, install, install))),
  },
  {
    name: 'node_modules of the host',
    rules: ['host-node-modules-copied'],
    apply: (text) => (/npm ci|pnpm|yarn/.test(text) ? copyHostModules(text) : null),
  },
  {
    name: 'browsers of Playwright on Alpine',
    rules: ['chromium-unsupported-base'],
    apply: onBase(/^node:.*alpine|^python:.*alpine/, insert('RUN npx playwright install chromium')),
  },
  {
    name: 'jlink on the other libc',
    rules: ['java-jlink-libc-mismatch'],
    apply: first(
      onBase(/java-base/, inBuild(/-jdk-noble AS jre/, '-jdk-alpine AS jre', 'COPY --from=jre')),
      onBase(/^alpine/, inBuild(/-jdk-alpine AS jre/, '-jdk AS jre', 'COPY --from=jre')),
    ),
  },
  {
    name: 'release of javac left out',
    rules: ['java-class-version-skew'],
    apply: inBuild(/ --release 21/, '', copied),
  },
  {
    name: 'newer JDK for Gradle',
    rules: ['java-class-version-skew'],
    apply: onBase(
      /java21/,
      withBuilder(/temurin:21/, inBuild(/temurin:21-jdk AS build/, 'temurin:25-jdk AS build', copied)),
    ),
  },
  {
    name: 'the other runtime identifier',
    rules: ['dotnet-rid-libc-mismatch'],
    apply: first(
      everywhere(/-r linux-x64/, '-r linux-musl-x64', copied),
      everywhere(/-r linux-musl-x64/, '-r linux-x64', copied),
    ),
  },
  {
    name: 'a .NET runtime of the other libc',
    rules: ['dotnet-rid-libc-mismatch'],
    apply: onBase(/runtime-deps.*chiseled/, inFinal(/10\.0-noble-chiseled/, '10.0-alpine', copied)),
  },
  {
    name: 'cultures without ICU',
    rules: ['dotnet-icu-missing'],
    apply: first(
      onBase(/chiseled-extra/, inFinal(/-extra/, '', 'ENV DOTNET')),
      onBase(/dotnet\/aspnet/, append('ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false')),
    ),
  },
  {
    name: 'PHP extension without its library',
    rules: ['php-extension-runtime-libs'],
    apply: first(
      onBase(/^php:/, inFinal(/apk add --no-cache libpng libzip && \\\n\s*/, '', 'apk del .build')),
      onBase(/^php:.*alpine/, insert(withoutLibrary)),
    ),
  },
];
