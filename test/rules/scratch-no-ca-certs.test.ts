import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/scratch-no-ca-certs.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

const inScratch = (line: string) => `
FROM alpine:3.24 AS certs
FROM scratch
${line}
COPY app /app
ENTRYPOINT ["/app"]
`;

test('reports a program of Go or Rust in scratch', () => {
  checkRule(
    rule,
    `
FROM golang:1.26-alpine AS build
RUN CGO_ENABLED=0 go build -o /app .
FROM scratch
#    ^^^^^^^ fixable: This image has no CA certificates: a program that relies on the system for them cannot verify TLS connections.
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
  );
  checkRule(
    rule,
    `
FROM golang:1.26 AS build
RUN make
FROM scratch
#    ^^^^^^^ fixable: This image has no CA certificates: a program that relies on the system for them cannot verify TLS connections.
COPY --from=build /src/_output/app /bin/app
ENTRYPOINT ["/bin/app"]
`,
  );
});

test('says it as information where nothing shows that the program uses TLS', () => {
  checkRule(
    rule,
    `
FROM scratch
#    ^^^^^^^ (information) This image has no CA certificates: a program that relies on the system for them cannot verify TLS connections.
COPY hello /
CMD ["/hello"]
`,
  );
  checkRule(
    rule,
    `
FROM alpine:3.24 AS build
RUN gcc -static -o /hello hello.c
FROM scratch
#    ^^^^^^^ fixable: (information) This image has no CA certificates: a program that relies on the system for them cannot verify TLS connections.
COPY --from=build /hello /hello
CMD ["/hello"]
`,
  );
});

test('reports BusyBox as well', () => {
  checkRule(
    rule,
    `
FROM golang:1.26 AS build
RUN CGO_ENABLED=0 go build -o /app .
FROM busybox:musl
#    ^^^^^^^^^^^^ fixable: (information) This image has no CA certificates: a program that relies on the system for them cannot verify TLS connections.
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
  );
});

test('says it as information where a program of a compiler is put on Debian or Ubuntu', () => {
  checkRule(
    rule,
    `
FROM rust:1 AS build
WORKDIR /src
RUN cargo build --release
FROM debian:trixie-slim
#    ^^^^^^^^^^^^^^^^^^ fixable: (information) This image has no CA certificates: a program that relies on the system for them cannot verify TLS connections.
COPY --from=build /src/target/release/app /app
ENTRYPOINT ["/app"]
`,
  );
});

test('is silent about interpreters, which bring a list of their own', () => {
  checkSilent(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends nodejs
CMD ["node", "/app.js"]
`,
  );
});

test('is silent where the list comes along, whichever way', () => {
  checkSilent(rule, inScratch('COPY --from=certs /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/'));
  checkSilent(rule, inScratch('COPY --from=certs /etc/ssl /etc/ssl'));
  checkSilent(rule, inScratch('COPY --from=certs /etc/ssl/cert.pem /etc/ssl/cert.pem'));
  checkSilent(rule, inScratch('COPY ca.pem /etc/pki/tls/certs/ca-bundle.crt'));
  checkSilent(rule, inScratch('ADD rootfs.tar.gz /'));
  checkSilent(rule, inScratch('COPY rootfs /'));
  checkSilent(rule, inScratch('ENV SSL_CERT_FILE=/certs.pem'));
});

test('is silent where the list is installed', () => {
  checkSilent(
    rule,
    `
FROM golang:1.26 AS build
RUN CGO_ENABLED=0 go build -o /app .
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates
COPY --from=build /app /app
CMD ["/app"]
`,
  );
});

test('is silent about bases that have the list', () => {
  for (const base of ['gcr.io/distroless/static-debian13', 'cgr.dev/chainguard/static', 'alpine:3.24'])
    checkSilent(rule, `FROM ${base}\nCOPY app /app\nENTRYPOINT ["/app"]\n`);
});

test('is silent about stages that start nothing or are not shipped', () => {
  checkSilent(
    rule,
    `
FROM scratch AS files
COPY app /app
ENTRYPOINT ["/app"]
FROM scratch
COPY --from=files /app /
`,
  );
});

test('is silent about images that are not known', () => {
  checkSilent(
    rule,
    `
ARG BASE
FROM $BASE
CMD ["/app"]
`,
  );
});

test('fix: copies the list from the last stage that has it', () => {
  checkFix(
    rule,
    `
FROM golang:1.26 AS build
RUN CGO_ENABLED=0 go build -o /out/app .

FROM scratch AS final
# The program.
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
`,
    `
FROM golang:1.26 AS build
RUN CGO_ENABLED=0 go build -o /out/app .

FROM scratch AS final
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
# The program.
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
`,
  );
});

test('fix: names a stage without a name by its number, and keeps line endings', () => {
  checkFix(
    rule,
    'FROM alpine:3.24\r\nRUN make\r\nFROM scratch\r\nCOPY --from=0 /app /app\r\nCMD ["/app"]\r\n',
    'FROM alpine:3.24\r\nRUN make\r\nFROM scratch\r\nCOPY --from=0 /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt\r\nCOPY --from=0 /app /app\r\nCMD ["/app"]\r\n',
  );
});

test('offers no fix where no stage is known to have the list', () => {
  const offered = (base: string) =>
    fixTitles(rule, `FROM ${base} AS build\nRUN make\nFROM scratch\nCOPY --from=build /app /app\nCMD ["/app"]\n`);
  assert.deepEqual(offered('debian:trixie-slim'), []);
  assert.deepEqual(offered('registry.example.com/build'), []);
  assert.deepEqual(offered('golang:1.26'), ["Copy the CA certificates from 'build'"]);
});

test('is silent where the image carries a file that something outside it runs', () => {
  checkSilent(
    rule,
    `
FROM scratch
COPY filter.wasm /filter.wasm
ENTRYPOINT ["/filter.wasm"]
`,
  );
});

const builtBy = (image: string, command: string, program: string) => `
FROM ${image} AS build
WORKDIR /src
COPY . .
RUN ${command}
FROM scratch
COPY --from=build ${program} /app
ENTRYPOINT ["/app"]
`;

test('is silent where the sources of a Go program show that it carries a list, or speaks no TLS', () => {
  const source = builtBy('golang:1.26', 'CGO_ENABLED=0 go build -o /out/app .', '/out/app');
  const count = (...imports: string[]) => {
    const main = `package main\n\nimport (\n${imports.map((path) => `\t_ "${path}"\n`).join('')})\n`;
    return findingsOf(rule, source, { files: { 'go.mod': 'module example.com/app\n', 'main.go': main } }).length;
  };
  assert.equal(count('net/smtp'), 1);
  assert.equal(count('crypto/tls', 'golang.org/x/crypto/x509roots/fallback'), 0);
  assert.equal(count('fmt', 'encoding/json'), 0);
  assert.equal(count('fmt', 'os/exec'), 1);
  assert.equal(count('fmt', 'example.com/other'), 1);
});

test('is silent about a Go server that calls no other', () => {
  const source = builtBy('golang:1.26', 'CGO_ENABLED=0 go build -o /out/app .', '/out/app');
  const count = (body: string, imported = '"net/http"') =>
    findingsOf(rule, source, {
      files: { 'go.mod': 'module example.com/app\n', 'main.go': `package main\n\nimport ${imported}\n\n${body}\n` },
    }).length;
  assert.equal(count('func main() { http.ListenAndServe(":8080", nil) }'), 0);
  assert.equal(count('func main() { http.Get("https://example.com") }'), 1);
  assert.equal(count('var c http.Client'), 1);
  assert.equal(count('func main() { web.Get("https://example.com") }', 'web "net/http"'), 1);
});

test('is silent where the lock file of a Rust program shows that', () => {
  const target = 'x86_64-unknown-linux-musl';
  const source = builtBy(
    'rust:1-alpine',
    `cargo build --release --target ${target}`,
    `/src/target/${target}/release/app`,
  );
  const count = (...names: string[]) => {
    const lock = names.map((name) => `[[package]]\nname = "${name}"\nversion = "1.0.0"\n`).join('\n');
    return findingsOf(rule, source, { files: { 'Cargo.lock': lock } }).length;
  };
  assert.equal(count('app', 'rustls', 'rustls-native-certs'), 1);
  assert.equal(count('app', 'rustls', 'webpki-roots'), 0);
  assert.equal(count('app', 'serde'), 0);
  assert.equal(count(), 1);
});
