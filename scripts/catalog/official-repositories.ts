// What is particular to single repositories of the Docker Official Images file.

/** Bases that people think of as a line of their own, and images that other publishers make. */
export const families: Readonly<Record<string, { family: string; publisher?: string }>> = {
  alpine: { family: 'alpine' },
  debian: { family: 'debian' },
  ubuntu: { family: 'ubuntu' },
  busybox: { family: 'busybox' },
  amazoncorretto: { family: 'amazon-corretto' },
  amazonlinux: { family: 'amazon-linux' },
  'denoland/deno': { family: 'verified-publisher', publisher: 'Deno Land' },
  'oven/bun': { family: 'verified-publisher', publisher: 'Oven' },
  'nginxinc/nginx-unprivileged': { family: 'verified-publisher', publisher: 'NGINX' },
};

/**
 * Names of versions that never move to another one. Sources: nodejs/Release CODENAMES.md, and
 * docker-library/official-images@37079fb336f5:library/node for the newest two.
 */
export const lineNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  node: {
    argon: '4',
    boron: '6',
    carbon: '8',
    dubnium: '10',
    erbium: '12',
    fermium: '14',
    gallium: '16',
    hydrogen: '18',
    iron: '20',
    jod: '22',
    krypton: '24',
  },
};

/** Libraries that were given up; the page of each says so. Source: docker-library/docs, NAME/deprecated.md. */
export const retiredLibraries: readonly { name: string; replacement?: string; until?: string }[] = [
  { name: 'java', replacement: 'eclipse-temurin', until: '2016-12-31' },
  { name: 'jenkins', replacement: 'jenkins/jenkins' },
  { name: 'consul' },
  { name: 'vault' },
];

/** No Ubuntu base image holds them. Source: buildpack-deps and eclipse-temurin install them on every Ubuntu release. */
export const ubuntuLacks = ['ca-certificates', 'curl', 'wget'];

/**
 * Repositories whose start and contents have been the same for years. Of the others only the base is told for builds
 * that were not read: Temurin, for one, had no entrypoint script at first, and Gradle and Tomcat are built on it.
 */
export const lasting = new Set(
  'python golang ruby rust php perl gcc node nginx httpd postgres redis memcached haproxy mysql mariadb mongo buildpack-deps busybox debian ubuntu alpine'.split(
    ' ',
  ),
);

/** Repositories whose history was not read, and whose versions differ in their base only. */
export const steady = new Set(['busybox', 'oven/bun', 'denoland/deno', 'nginxinc/nginx-unprivileged']);

/** Their many old tags are hardly ever met. */
export const withoutHistory = new Set(['haproxy', 'bash', 'dart', 'erlang']);

/**
 * Tags that name whatever is newest and were due to move between the reading of the library (2026-08-21) and the
 * catalog's date: Node 26 became long-term support, Ubuntu 26.10, Fedora 45 and .NET 11 came out.
 */
export const movingTags: Readonly<Record<string, RegExp>> = {
  node: /^lts(?:-(?:alpine.*|slim|bookworm.*|trixie.*|bullseye.*))?$/,
  ubuntu: /^(?:rolling|devel)$/,
  fedora: /^(?:latest|rawhide)$/,
  'mcr.microsoft.com/dotnet': /^latest$/,
};
