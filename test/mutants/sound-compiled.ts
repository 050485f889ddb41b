import { sound } from './sound.js';

/** Go, Rust, C and C++: what is compiled in one stage and runs in another. */
export const compiled = [
  sound('go static on distroless')`
FROM golang:1.26-trixie AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/app ./cmd/app

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /out/app /app
EXPOSE 8080
ENTRYPOINT ["/app"]
`,
  sound('go with ENV on scratch')`
FROM golang:1.26-alpine AS build
ENV CGO_ENABLED=0
WORKDIR /src
COPY . .
RUN go build -o /out/app .

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`,
  sound('go cross-compiled on Chainguard static')`
FROM --platform=$BUILDPLATFORM golang:1.26-trixie AS build
ARG TARGETOS TARGETARCH
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /out/app .

FROM cgr.dev/chainguard/static:latest
COPY --from=build /out/app /usr/bin/app
ENTRYPOINT ["/usr/bin/app"]
`,
  sound('go with cgo on distroless base')`
FROM golang:1.26-trixie AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=1 go build -o /out/app .

FROM gcr.io/distroless/base-debian13:nonroot
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
`,
  sound('go with cgo on Alpine')`
FROM golang:1.26-alpine3.24 AS build
RUN apk add --no-cache gcc musl-dev
WORKDIR /src
COPY . .
RUN CGO_ENABLED=1 go build -o /out/app .

FROM alpine:3.24
COPY --from=build /out/app /usr/local/bin/app
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/app"]
`,
  sound('go static with cache mounts on a hardened base')`
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -o /out/app .

FROM dhi.io/static:20250419-debian13
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
`,
  sound('go in a UBI micro image')`
FROM golang:1.26-trixie AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/app .

FROM registry.access.redhat.com/ubi9/ubi-micro:latest
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt
COPY --from=build /out/app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`,
  sound('rust for gnu on distroless cc')`
FROM rust:1-trixie AS build
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY src ./src
RUN cargo build --release --locked

FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=build /src/target/release/app /app
ENTRYPOINT ["/app"]
`,
  sound('rust for musl on scratch')`
FROM rust:1-alpine3.24 AS build
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY . .
RUN cargo build --release --target x86_64-unknown-linux-musl

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /src/target/x86_64-unknown-linux-musl/release/app /app
USER 65532
ENTRYPOINT ["/app"]
`,
  sound('rust on debian slim')`
FROM rust:1-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --release

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /src/target/release/app /usr/local/bin/app
USER 65532:65532
ENTRYPOINT ["app"]
`,
  sound('rust for musl on distroless static')`
FROM rust:1-trixie AS build
RUN rustup target add x86_64-unknown-linux-musl
WORKDIR /src
COPY . .
RUN cargo build --release --target x86_64-unknown-linux-musl

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /src/target/x86_64-unknown-linux-musl/release/app /app
ENTRYPOINT ["/app"]
`,
  sound('rust on Chainguard')`
FROM cgr.dev/chainguard/rust:latest AS build
WORKDIR /work
COPY --chown=65532:65532 . .
RUN cargo build --release

FROM cgr.dev/chainguard/glibc-dynamic:latest
COPY --from=build /work/target/release/app /usr/bin/app
ENTRYPOINT ["/usr/bin/app"]
`,
  sound('c++ on distroless cc')`
FROM debian:trixie AS build
RUN apt-get update && apt-get install -y --no-install-recommends g++ && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN g++ -O2 -o /out main.cpp

FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=build /out /app
ENTRYPOINT ["/app"]
`,
  sound('c static on scratch')`
FROM gcc:15 AS build
WORKDIR /src
COPY main.c .
RUN gcc -O2 -static -o /out main.c

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out /app
USER 65532:65532
ENTRYPOINT ["/app"]
`,
  sound('c on Alpine')`
FROM alpine:3.24 AS build
RUN apk add --no-cache gcc musl-dev
WORKDIR /src
COPY main.c .
RUN gcc -O2 -o /out main.c

FROM alpine:3.24
COPY --from=build /out /usr/local/bin/app
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/app"]
`,
  sound('c++ on Ubuntu')`
FROM ubuntu:24.04 AS build
RUN apt-get update && apt-get install -y --no-install-recommends g++ && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN g++ -O2 -o /out main.cpp

FROM ubuntu:24.04
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libstdc++6 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /out /usr/local/bin/app
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/app"]
`,
  sound('c++ on Alpine')`
FROM alpine:3.24 AS build
RUN apk add --no-cache g++
WORKDIR /src
COPY . .
RUN g++ -O2 -o /out main.cpp

FROM alpine:3.24
RUN apk add --no-cache libstdc++
COPY --from=build /out /usr/local/bin/app
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/app"]
`,
  sound('rust with PostgreSQL and OpenSSL')`
FROM rust:1-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends libpq-dev libssl-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --release

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libpq5 libssl3 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /src/target/release/app /usr/local/bin/app
USER 65532:65532
ENTRYPOINT ["app"]
`,
  sound('rust with static OpenSSL on scratch')`
FROM rust:1-alpine3.24 AS build
RUN apk add --no-cache musl-dev openssl-dev openssl-libs-static
ENV OPENSSL_STATIC=1
WORKDIR /src
COPY . .
RUN cargo build --release

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /src/target/release/app /app
USER 65532
ENTRYPOINT ["/app"]
`,
];
