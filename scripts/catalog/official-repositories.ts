// What is particular to single repositories of the Docker Official Images file.

/** Left out: too far from what a Dockerfile starts from. */
export const omitted = new Set(
  'wordpress r-base haskell mono clojure jruby sapmachine azul-zulu pypy julia ibm-semeru-runtimes'.split(' '),
);

/** No Ubuntu base image holds them. Source: buildpack-deps and eclipse-temurin install them on every Ubuntu release. */
export const ubuntuLacks = ['ca-certificates', 'curl', 'wget'];

/**
 * Repositories whose start and contents have been the same for years. Of the others only the base is told for builds
 * that were not read: Temurin, for one, had no entrypoint script at first, and Gradle and Tomcat are built on it.
 */
export const lasting = new Set(
  'python golang ruby rust php perl gcc node nginx httpd postgres redis memcached haproxy mysql mariadb mongo buildpack-deps debian ubuntu alpine'.split(
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
