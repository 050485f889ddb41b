import { test } from 'node:test';
import rule from '../../server/src/rules/hand-copied-libraries.js';
import { checkRule, checkSilent } from '../support/checks.js';

test('reports libraries of a distribution, once for an image', () => {
  checkRule(
    rule,
    `
FROM debian:13 AS build
RUN apt-get update && apt-get install -y libpq5
FROM gcr.io/distroless/base-debian13
COPY --from=build /usr/lib/x86_64-linux-gnu/libpq.so.5 /usr/lib/
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ (information) 'libpq.so.5' is copied without its package: what it needs may be missing, and scanners do not see it.
COPY --from=build /usr/lib/*-linux-gnu/libldap*.so.* /usr/lib/
CMD ["/app"]
`,
  );
});

test('the C library over that of the image is a warning, and stands first', () => {
  checkRule(
    rule,
    `
FROM debian:13 AS build
FROM gcr.io/distroless/base-debian13
COPY --from=build /usr/lib/x86_64-linux-gnu/libz.so.1 /usr/lib/
COPY --from=build /lib64/ld-linux-x86-64.so.2 /lib64/
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^ 'ld-linux-x86-64.so.2' of another image replaces that of this one, whose other parts it may not fit.
`,
  );
});

test('scratch has no C library that could be replaced', () => {
  checkRule(
    rule,
    `
FROM scratch
COPY --from=alpine:3.22 /lib/ld-musl-x86_64.so.1 /lib/
#                       ^^^^^^^^^^^^^^^^^^^^^^^^ (information) 'ld-musl-x86_64.so.1' is copied without its package: what it needs may be missing, and scanners do not see it.
`,
  );
});

/** A distroless image with one copy from a Debian stage. */
function copies(step: string, prepare = 'RUN true'): string {
  return `FROM debian:13 AS build\n${prepare}\nFROM gcr.io/distroless/base-debian13\n${step}\n`;
}

test('is silent about what the project built itself', () => {
  checkSilent(
    rule,
    copies('COPY --from=build /usr/lib/libmine.so /usr/lib/', 'RUN gcc -shared -o /usr/lib/libmine.so m.c'),
  );
  checkSilent(rule, copies('COPY --from=build /src/build/libmine.so /usr/lib/'));
  checkSilent(rule, copies('COPY --from=build /usr/local/lib/libmine.so /usr/local/lib/'));
  checkSilent(rule, copies('COPY --from=build /usr/lib/libmine.so /usr/lib/', 'COPY libmine.so /usr/lib/libmine.so'));
  checkSilent(rule, copies('COPY libmine.so /usr/lib/'));
});

test('is silent where the records of the packages come along', () => {
  const records = 'COPY --from=build /var/lib/dpkg/status.d/libpq5 /var/lib/dpkg/status.d/';
  checkSilent(rule, copies(`${records}\nCOPY --from=build /usr/lib/x86_64-linux-gnu/libpq.so.5 /usr/lib/`));
});

test('is silent about bases with a shell, and bases that are not known', () => {
  const copy = 'COPY --from=build /usr/lib/x86_64-linux-gnu/libpq.so.5 /usr/lib/';
  for (const base of ['debian:13-slim', 'registry.example.com/base'])
    checkSilent(rule, `FROM debian:13 AS build\nFROM ${base}\n${copy}\n`);
});
