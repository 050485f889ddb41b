import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hoverAt, markdownAt } from '../support/cursor.js';

/** Source, and the whole hover at `$0`. */
function check(title: string, source: string, expected: string): void {
  const text = expected.replace(/^ +/gm, '').trim();
  test(title, () => assert.equal(markdownAt(source), text));
}

check(
  'CMD is what the entrypoint of the base image gets',
  `
  FROM gcr.io/distroless/nodejs24-debian13:nonroot
  WORKDIR /app
  USER 65532
  $0CMD ["server.js"]
  `,
  `
  **What really happens**

  The container starts \`/nodejs/bin/node server.js\` as uid 65532 in \`/app\`.

  - CMD is appended to the ENTRYPOINT of the base image, \`/nodejs/bin/node\`.
  - As process 1, Node.js ignores SIGTERM unless the program handles it, or an init starts it. [More](https://github.com/distroless-guide/distroless-guide/blob/main/docs/guide/going-distroless.md)
  - line 3: USER sets \`65532\`.
  `,
);

check(
  'CMD that repeats the interpreter, with a variable nobody puts in',
  `
  FROM gcr.io/distroless/nodejs24-debian13:nonroot
  CMD ["node", "$0server.js", "$PORT"]
  `,
  `
  **What really happens**

  The container starts \`/nodejs/bin/node node server.js "$PORT"\` as \`nonroot\` (uid 65532) in \`/home/nonroot\`.

  - CMD is appended to the ENTRYPOINT of the base image, \`/nodejs/bin/node\`.
  - **\`/nodejs/bin/node\` runs already**, so \`node\` is its first argument, not a program.
  - Exec form puts in no variables: \`$PORT\` is passed on as written.
  `,
);

check(
  'shell form in an image without a shell',
  `
  FROM gcr.io/distroless/base-debian13
  ENTRYPOINT $0/app --port 80
  `,
  `
  **What really happens**

  The container starts \`/bin/sh -c "/app --port 80"\` as root in \`/\`.

  - **It does not start:** there is no \`/bin/sh\` in this image.
  `,
);

check(
  'shell form in an image with a shell, which lacks the program',
  `
  FROM gcr.io/distroless/base-debian13:debug
  SHELL ["/busybox/sh", "-c"]
  ENTRYPOINT $0curl -s http://localhost
  `,
  `
  **What really happens**

  The container starts \`/busybox/sh -c "curl -s http://localhost"\` as root in \`/\`.

  - It replaces the ENTRYPOINT of the base image, \`/busybox/sh\`.
  - The shell finds no \`curl\` here.
  - \`/busybox/sh\` comes first; whether SIGTERM reaches the program depends on that shell. \`exec\` or exec form makes sure.
  `,
);

check(
  'CMD beside a shell-form entrypoint',
  `
  FROM debian:13
  ENTRYPOINT exec /app
  CMD ["$0--help"]
  `,
  `
  **No effect**: the shell-form ENTRYPOINT on line 2 ignores CMD.

  The container starts \`/bin/sh -c "exec /app"\` as root in \`/\`.
  `,
);

check(
  'CMD that a later one replaces',
  `
  FROM debian:13
  CMD ["$0a"]
  CMD ["b"]
  `,
  `
  **No effect**: the CMD on line 3 replaces it.

  The container starts \`b\` as root in \`/\`.
  `,
);

check(
  'an image that is not known may have an entrypoint',
  `
  FROM registry.example.com/base:1
  WORKDIR /srv
  CMD ["$0run"]
  `,
  `
  **What really happens**

  If the base image sets an ENTRYPOINT, \`run\` becomes its arguments; otherwise the container starts \`run\` itself, as a user that is not known in \`/srv\`.

  - line 1: \`registry.example.com/base:1\` is not in the catalog.
  `,
);

check(
  'a health check that has no shell to run in',
  `
  FROM gcr.io/distroless/static-debian13:nonroot
  HEALTHCHECK --interval=10s --retries=1 CMD $0curl -f http://localhost/
  CMD ["/app"]
  `,
  `
  **What really happens**

  In the running container \`/bin/sh -c "curl -f http://localhost/"\` is run as \`nonroot\` (uid 65532) in \`/home/nonroot\`, every 10s with 30s to finish; one failure makes it unhealthy.

  - **It never succeeds:** there is no \`/bin/sh\` in this image.
  - Kubernetes does not read HEALTHCHECK.
  `,
);

check(
  'a user that the image does not have',
  `
  FROM gcr.io/distroless/static-debian13:nonroot
  USER $0app
  CMD ["/app"]
  `,
  `
  **What really happens**

  The container starts \`/app\` as \`app\` in \`/home/nonroot\`.

  - **There is no account** \`app\` in this image, so neither RUN nor the container can start.
  - With \`runAsNonRoot\` and no \`runAsUser\` Kubernetes refuses a name; a number passes.
  `,
);

check(
  'a number without an account',
  `
  FROM scratch
  USER $01000
  CMD ["/app"]
  `,
  `
  **What really happens**

  The container starts \`/app\` as uid 1000 in \`/\`.

  - No account has this uid, so the group is root; \`USER 1000:1000\` sets both.
  `,
);

check(
  'a user for the build only',
  `
  FROM alpine:3.24
  USER $0root
  RUN apk add tini
  USER 1000
  `,
  `
  **What really happens**

  RUN instructions up to line 4 run as root.
  `,
);

check(
  'a start in a stage that is not the last',
  `
  FROM debian:13 AS tools
  CMD ["$0bash"]
  FROM debian:13
  `,
  `
  **What really happens**

  The container starts \`bash\` as root in \`/\`.

  This is not the final stage: it matters only with \`docker build --target tools\`.
  `,
);

check(
  'a relative working directory',
  `
  FROM debian:13
  WORKDIR /srv
  WORKDIR $0app
  `,
  `
  **Working directory** \`/srv/app\`, also of the container. It is created if it is missing.

  - It is relative to \`/srv\`.
  `,
);

check(
  'SHELL names the lines it is for, and the shell that is missing',
  `
  FROM alpine:3.24
  SHELL $0["/bin/bash", "-c"]
  RUN echo a
  CMD echo b
  `,
  `
  **Shell form** runs as \`/bin/bash -c …\` on lines 3 and 4.

  - **There is no** \`/bin/bash\` in this image at this point.
  `,
);

test('HEALTHCHECK NONE turns the check off', () => {
  const text = (base: string) => markdownAt(`FROM ${base}\nHEALTHCHECK $0NONE\n`);
  assert.match(text('debian:13'), /No health check runs, and none was set before this line\./);
  assert.match(
    text('kong:3.9'),
    /No health check runs: `\/bin\/sh -c "kong health"`, which was set before, is turned off\./,
  );
  assert.match(text('registry.example.com/app'), /No health check runs; one that the base image sets is turned off\./);
});

test('a program behind an init keeps its own words', () => {
  const text = markdownAt('FROM debian:13\nENTRYPOINT ["tini", "--"]\n$0CMD ["/app", "a b"]\n');
  assert.match(text, /starts `tini -- \/app "a b"`/);
  assert.match(text, /appended to ENTRYPOINT `tini --`/);
});

for (const [title, source] of [
  ['ONBUILD does nothing here', 'FROM debian:13\nONBUILD CMD ["$0a"]\n'],
  ['a comment inside an instruction', 'FROM debian:13\nCMD ["a", \\\n# no$0te\n"b"]\n'],
  ['labels', 'FROM debian:13\nLABEL a$0=b\n'],
  ['an empty line', 'FROM debian:13\n\n$0\n\nCMD ["a"]\n'],
  ['an empty file', '$0'],
  ['a template of another tool', 'FROM {{ image }}\nCMD ["$0a"]\n'],
  ['an instruction without arguments', 'FROM debian:13\nSHELL $0\n'],
] as const) {
  test(`silent: ${title}`, () => assert.equal(hoverAt(source), null));
}

check(
  'an account that the image does not have',
  `
  FROM scratch
  COPY app /app
  USER nobody
  $0ENTRYPOINT ["/app"]
  `,
  `
  **What really happens**

  The container starts \`/app\` as \`nobody\` in \`/\`.

  - **It does not start:** this image has no account \`nobody\`.
  - line 3: USER sets \`nobody\`.
  `,
);
