/** The contents that stand for a base image; null for one that the lab cannot stand in for. */
export function rootFor(reference: string): string | null {
  return names.find(([pattern]) => pattern.test(reference))?.[1] ?? null;
}

const names: readonly (readonly [RegExp, string])[] = [
  [/^gcr\.io\/distroless\/static-debian1[23](:latest|:nonroot)?$/, 'static'],
  [/^gcr\.io\/distroless\/(base|base-nossl)-debian1[23](:latest|:nonroot)?$/, 'base'],
  [/^gcr\.io\/distroless\/cc-debian1[23](:latest|:nonroot)?$/, 'cc'],
  [/^gcr\.io\/distroless\/nodejs\d+-debian1[23](:latest|:nonroot)?$/, 'nodejs'],
  [/^gcr\.io\/distroless\/java\d+-debian1[23](:latest|:nonroot)?$/, 'java'],
  [/^gcr\.io\/distroless\/python3-debian1[23](:latest|:nonroot)?$/, 'python3'],
  [/^gcr\.io\/distroless\/(base|cc)-debian1[23]:debug(-nonroot)?$/, 'debug'],
  [/^gcr\.io\/distroless\/static-debian1[23]:debug(-nonroot)?$/, 'static-debug'],
  [/^gcr\.io\/distroless\/java-base-debian1[23]:nonroot$/, 'cc'],
  [/^eclipse-temurin:\d+-jdk$/, 'jdk'],
  [/^eclipse-temurin:\d+-jre$/, 'jre'],
  [/^alpine:/, 'alpine'],
  [/^gcc:/, 'gcc'],
  [/^golang:[\d.]+(-(trixie|bookworm))?$/, 'golang'],
  [/^debian:/, 'debian'],
  [/^node:[\d.]+(-(slim|trixie|bookworm))*$/, 'node'],
  [/^python:[\d.]+(-(slim|trixie|bookworm))*$/, 'python'],
  [/^rust:/, 'rust'],
];
