import { byInstruction } from '../fact.js';
import { unfitOpenssl, type UnfitOpenssl } from '../interpret/musl-openssl.js';
import { insert } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<UnfitOpenssl>({
  meta: {
    id: 'rust-musl-needs-openssl-vendored',
    summary: 'OpenSSL that a static Rust build for musl cannot link',
    category: 'build',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'A Rust program for musl is linked statically. The libssl-dev of Debian and Ubuntu is made for glibc: the crate ' +
      'openssl-sys ends with "Could not find directory of OpenSSL installation", or the program crashes where it is linked ' +
      'all the same. Alpine\'s openssl-dev holds no archive to link from: "ld: cannot find -lssl", until ' +
      'openssl-libs-static is there too. Let the crate build it (the feature `vendored` of the crate openssl), or use ' +
      'rustls, which needs none. A warning where a setting, Cargo.lock or Cargo.toml shows that OpenSSL is linked; information where ' +
      'only the headers are installed, which may be without use; silent where Cargo.lock names no crate openssl-sys, or ' +
      'openssl-src beside it, which builds OpenSSL.',
    bad: dockerfile`
      FROM rust:1-alpine AS build
      RUN apk add --no-cache musl-dev openssl-dev
      ENV OPENSSL_STATIC=1
      WORKDIR /src
      COPY . .
      RUN cargo build --release

      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=build /src/target/release/app /app
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM rust:1-alpine AS build
      RUN apk add --no-cache musl-dev openssl-dev openssl-libs-static
      ENV OPENSSL_STATIC=1
      WORKDIR /src
      COPY . .
      RUN cargo build --release

      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=build /src/target/release/app /app
      ENTRYPOINT ["/app"]
    `,
    references: [
      'https://docs.rs/openssl/latest/openssl/#vendored',
      'https://github.com/rust-openssl/rust-openssl/issues/1314',
      'https://github.com/balovess/aria2_rust/pull/10',
    ],
  },

  *check({ stages }) {
    for (const stage of stages) {
      const found = unfitOpenssl(stage);
      if (!found) continue;
      const { headers, built, sign, problem, isLinked } = found;
      yield {
        span: headers.span,
        message:
          problem === 'glibc'
            ? `'${headers.name}' is made for glibc, and '${built.text}' cannot link it into a program for musl.`
            : `'${headers.name}' holds only shared libraries, and '${built.text}' links statically.`,
        because: [
          byInstruction(built.span, `'${built.text}' builds a static program for musl here.`),
          ...(sign ? [byInstruction(sign, 'This setting is for OpenSSL.')] : []),
          ...found.because,
        ],
        data: found,
        ...(sign || isLinked ? {} : { severity: 'information' as const }),
      };
    }
  },

  fix({ data: { headers, problem } }) {
    if (problem !== 'shared') return [];
    return [{ title: 'Install openssl-libs-static too', edits: [insert(headers.span.end, ' openssl-libs-static')] }];
  },
});
