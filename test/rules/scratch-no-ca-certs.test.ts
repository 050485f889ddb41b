import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/scratch-no-ca-certs.js';
import { checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

const inScratch = (line: string) => `
FROM alpine:3.24 AS certs
FROM scratch
${line}
COPY app /app
ENTRYPOINT ["/app"]
`;

test('reports a program in scratch', () => {
  checkRule(
    rule,
    `
FROM scratch
#    ^^^^^^^ This image has no CA certificates: a program that relies on the system for them cannot verify TLS connections.
COPY app /app
ENTRYPOINT ["/app"]
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
