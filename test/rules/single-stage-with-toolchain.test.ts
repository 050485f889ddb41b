import { test } from 'node:test';
import rule from '../../server/src/rules/single-stage-with-toolchain.js';
import { checkRule, checkSilent } from '../support/checks.js';

test('reports an image that ships the compiler of its program', () => {
  checkRule(
    rule,
    `
FROM golang:1.26
#    ^^^^^^^^^^^ The final image is 'golang:1.26' with its whole toolchain, which 'go build' needs and the finished program does not.
COPY . .
RUN CGO_ENABLED=0 go build -o /app .
CMD ["/app"]
`,
  );
});

test('knows the build commands of several languages', () => {
  checkRule(
    rule,
    `
FROM rust:1-slim
#    ^^^^^^^^^^^ The final image is 'rust:1-slim' with its whole toolchain, which 'cargo build' needs and the finished program does not.
RUN cargo build --release
CMD ["./target/release/app"]
`,
  );
  checkRule(
    rule,
    `
FROM maven:3-eclipse-temurin-21
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^ The final image is 'maven:3-eclipse-temurin-21' with its whole toolchain, which 'mvn -B' needs and the finished program does not.
RUN mvn -B package
ENTRYPOINT ["java", "-jar", "target/app.jar"]
`,
  );
});

test('follows builds and base images through the stages that a stage continues', () => {
  checkRule(
    rule,
    `
FROM golang:1.26 AS build
RUN go build -o /app .
FROM build
#    ^^^^^ The final image is 'golang:1.26' with its whole toolchain, which 'go build' needs and the finished program does not.
ENTRYPOINT ["/app"]
`,
  );
});

test('is silent where a later stage takes the program', () => {
  checkSilent(
    rule,
    `
FROM golang:1.26 AS build
RUN CGO_ENABLED=0 go build -o /app .
FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
  );
});

test('is silent about images that start the toolchain or a shell', () => {
  const start = (command: string) => `FROM golang:1.26\nRUN go build -o /app .\n${command}\n`;
  checkSilent(rule, start('CMD ["go", "run", "."]'));
  checkSilent(rule, start('CMD go test ./...'));
  checkSilent(rule, start('CMD ["bash"]'));
  checkSilent(rule, start('ENTRYPOINT ["/usr/local/go/bin/go"]'));
  checkSilent(rule, start('LABEL a=b'));
});

test('is silent about tools of others, which may need the toolchain', () => {
  checkSilent(
    rule,
    `
FROM golang:1.26
RUN go install github.com/go-delve/delve/cmd/dlv@latest
ENTRYPOINT ["/entrypoint"]
`,
  );
  checkSilent(
    rule,
    `
FROM rust:1
RUN cargo install cargo-chef
CMD ["/app"]
`,
  );
});

test('is silent where nothing is built, and about stages named for building', () => {
  checkSilent(
    rule,
    `
FROM golang:1.26
CMD ["/app"]
`,
  );
  checkSilent(
    rule,
    `
FROM golang:1.26 AS ci
RUN go build -o /app .
CMD ["/app"]
`,
  );
});

test('leaves development variants to their own rule', () => {
  checkSilent(
    rule,
    `
FROM mcr.microsoft.com/dotnet/sdk:10.0
RUN dotnet publish -o /app
ENTRYPOINT ["dotnet", "/app/app.dll"]
`,
  );
});

test('is silent about unknown images and images that are no toolchain', () => {
  checkSilent(
    rule,
    `
FROM registry.example.com/golang:1.26
RUN go build -o /app .
CMD ["/app"]
`,
  );
  checkSilent(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y golang && go build -o /app .
CMD ["/app"]
`,
  );
});

test('is silent where a shell starts the toolchain, whatever comes before', () => {
  const silent = (start: string) => checkSilent(rule, `FROM golang:1.26\nRUN go build -o /tool ./tool\n${start}\n`);
  silent('CMD ["sh", "-c", "go run ."]');
  silent('CMD cd /src && go run .');
  silent('CMD ["/usr/bin/env", "GOFLAGS=-mod=mod", "go", "run", "."]');
});

test('is information where a script is started, which may call the toolchain', () => {
  checkRule(
    rule,
    `
FROM golang:1.26
#    ^^^^^^^^^^^ (information) The final image is 'golang:1.26' with its whole toolchain, which 'go build' needs and the finished program does not.
COPY . .
RUN go build -o /app .
ENTRYPOINT ["/entrypoint.sh"]
`,
  );
});
