import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/libstdcxx-missing.js';
import { checkNamedFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

type Parts = { readonly build?: string; readonly builder?: string; readonly base?: string; readonly extra?: string };

const cpp = (parts: Parts, mark = '') => `
FROM ${parts.builder ?? 'gcc:14-trixie'} AS build
COPY . .
${parts.build ?? 'RUN g++ -O2 -o /out/app main.cpp'}
FROM ${parts.base ?? 'gcr.io/distroless/base-debian13:nonroot'}${parts.extra ? `\n${parts.extra}` : ''}
COPY --from=build /out/app /app
${mark}ENTRYPOINT ["/app"]
`;

const caret =
  "#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: The C++ program '/app' loads libstdc++.so.6, which this image does not have.\n";
const speaks = (parts: Parts) => checkRule(rule, cpp(parts, caret));
const isSilent = (parts: Parts) => checkSilent(rule, cpp(parts));

const alpine = { builder: 'alpine:3.24', base: 'alpine:3.24' };
const inAlpine = 'RUN apk add --no-cache g++\nRUN g++ -o /out/app main.cpp';

test('warns of a C++ program in distroless base', () => {
  speaks({});
  speaks({ build: 'RUN gcc -O2 -o /out/app main.cpp -lstdc++' });
  speaks({
    build: 'RUN apt-get update && apt-get install -y clang && clang++ -o /out/app main.cpp',
    builder: 'debian:trixie',
  });
});

test('warns of a C++ program in plain Alpine', () => {
  speaks({ ...alpine, build: inAlpine });
  speaks({ ...alpine, build: inAlpine, extra: 'RUN apk add --no-cache ca-certificates curl bash' });
});

test('is silent where libstdc++ is there or may be there', () => {
  isSilent({ base: 'gcr.io/distroless/cc-debian13' });
  isSilent({ base: 'debian:trixie-slim' });
  isSilent({ base: 'ubuntu:24.04' });
  isSilent({ ...alpine, build: inAlpine, extra: 'RUN apk add --no-cache libstdc++' });
  isSilent({ ...alpine, build: inAlpine, extra: 'RUN apk add --no-cache nodejs' });
  isSilent({ ...alpine, build: inAlpine, extra: 'RUN ./setup.sh' });
  isSilent({ extra: 'COPY --from=build /usr/local/lib64/libstdc++.so.6 /usr/lib/x86_64-linux-gnu/' });
  isSilent({ extra: 'COPY --from=build /usr/local/lib64/ /usr/local/lib64/' });
  isSilent({ extra: 'ENV LD_LIBRARY_PATH=/opt/lib' });
  isSilent({ base: 'registry.example.com/base' });
});

test('is silent about programs that hold it or need none', () => {
  isSilent({ build: 'RUN g++ -static-libstdc++ -static-libgcc -o /out/app main.cpp' });
  isSilent({ build: 'RUN g++ -static -o /out/app main.cpp' });
  isSilent({ build: 'RUN clang++ -stdlib=libc++ -o /out/app main.cpp' });
  isSilent({ build: "RUN g++ -Wl,-rpath,'$ORIGIN/lib' -o /out/app main.cpp" });
  isSilent({ build: 'RUN gcc -o /out/app main.c' });
  isSilent({ build: 'ARG LDFLAGS\nRUN g++ $LDFLAGS -o /out/app main.cpp' });
});

test('leaves programs of another libc, and images without one, to the rules about that', () => {
  isSilent({ base: 'alpine:3.24' });
  isSilent({ base: 'scratch' });
});

test('fix: goes to distroless cc, or links the library in', () => {
  checkNamedFix(rule, { before: cpp({}), after: cpp({ base: 'gcr.io/distroless/cc-debian13:nonroot' }) });
  checkNamedFix(rule, {
    title: 'Link libstdc++ statically',
    before: cpp({ build: 'RUN LC_ALL=C g++ -o /out/app main.cpp' }),
    after: cpp({ build: 'RUN LC_ALL=C g++ -static-libstdc++ -static-libgcc -o /out/app main.cpp' }),
  });
});

test('fix: installs the package of Alpine', () => {
  checkNamedFix(rule, {
    title: 'Install libstdc++',
    before: cpp({ ...alpine, build: inAlpine }),
    after: cpp({ ...alpine, build: inAlpine, extra: 'RUN apk add --no-cache libstdc++' }),
  });
});

test('offers no package where the base has a user of its own', () => {
  const text = cpp({ ...alpine, build: inAlpine }).replace(
    'FROM alpine:3.24\nCOPY --from',
    'FROM alpine:3.24 AS run\nUSER 65532\nFROM run\nCOPY --from',
  );
  assert.deepEqual(fixTitles(rule, text), ['Link libstdc++ statically']);
});
