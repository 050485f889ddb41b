import { testSound } from '../support/sound.js';

testSound('a program is made otherwise', [
  [
    'a tool puts libc into it',
    'FROM golang:1.26 AS b\nRUN go build -race -o /out/app .\nRUN staticx --strip /out/app /out/app\nFROM scratch\nCOPY --from=b /out/app /app\nENTRYPOINT ["/app"]\n',
    {},
  ],
  [
    'its loader comes along by a pattern',
    'FROM golang:1.26-alpine AS b\nRUN apk add gcc musl-dev && CGO_ENABLED=1 go build -ldflags \'-linkmode external\' -o /app .\nFROM debian:13-slim\nCOPY --from=b /lib/ld-musl-*.so.1 /lib/\nCOPY --from=b /app /app\nENTRYPOINT ["/app"]\n',
    {},
  ],
  [
    'the linker is told its loader',
    'FROM golang:1.26-bookworm AS b\nRUN CGO_ENABLED=1 go build -ldflags \'-linkmode external -I /lib/ld-musl-x86_64.so.1\' -o /app .\nFROM alpine:3.22\nCOPY --from=b /app /app\nENTRYPOINT ["/app"]\n',
    {},
  ],
  [
    'the unwinder is linked statically',
    'FROM rust:1.90-bookworm AS b\nWORKDIR /src\nENV RUSTFLAGS="-C link-arg=-static-libgcc"\nCOPY . .\nRUN cargo build --release\nFROM gcr.io/distroless/base-debian12\nCOPY --from=b /src/target/release/app /app\nENTRYPOINT ["/app"]\n',
    { 'Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n', 'src/main.rs': 'fn main() {}\n' },
  ],
  [
    'gcc is a link to another compiler',
    'FROM debian:13 AS b\nRUN apt-get update && apt-get install -y musl-tools && ln -sf /usr/bin/musl-gcc /usr/local/bin/gcc && gcc -o /app main.c\nFROM alpine\nCOPY --from=b /app /app\nENTRYPOINT ["/app"]\n',
    {},
  ],
]);

testSound('another source of settings for Go', [
  [
    'its file of settings is copied',
    'FROM golang:1.26 AS b\nCOPY goenv /root/.config/go/env\nCOPY . .\nRUN go build -o /app .\nFROM scratch\nCOPY --from=b /app /app\nENTRYPOINT ["/app"]\n',
    {
      goenv: 'CGO_ENABLED=0\n',
      'go.mod': 'module x\ngo 1.26\n',
      'main.go': 'package main\nimport "net/http"\nfunc main() { http.ListenAndServe("",nil) }\n',
    },
  ],
  [
    'GOENV names a file',
    'FROM golang:1.26 AS b\nENV GOENV=/src/goenv\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nFROM scratch\nCOPY --from=b /app /app\nENTRYPOINT ["/app"]\n',
    {
      goenv: 'CGO_ENABLED=0\n',
      'go.mod': 'module x\ngo 1.26\n',
      'main.go': 'package main\nimport "net/http"\nfunc main() { http.ListenAndServe("",nil) }\n',
    },
  ],
  [
    'go.env is written',
    'FROM golang:1.26 AS b\nRUN echo CGO_ENABLED=0 >> /usr/local/go/go.env\nCOPY . .\nRUN go build -o /app .\nFROM scratch\nCOPY --from=b /app /app\nENTRYPOINT ["/app"]\n',
    {
      'go.mod': 'module x\ngo 1.26\n',
      'main.go': 'package main\nimport "net/http"\nfunc main() { http.ListenAndServe("",nil) }\n',
    },
  ],
  [
    'BASH_ENV is read',
    'FROM golang:1.26 AS b\nSHELL ["/bin/bash", "-c"]\nENV BASH_ENV=/etc/b.env\nRUN echo \'export CGO_ENABLED=0\' > /etc/b.env\nCOPY . .\nRUN go build -o /app .\nFROM scratch\nCOPY --from=b /app /app\nENTRYPOINT ["/app"]\n',
    {
      'go.mod': 'module x\ngo 1.26\n',
      'main.go': 'package main\nimport "net/http"\nfunc main() { http.ListenAndServe("",nil) }\n',
    },
  ],
  [
    'a login shell reads a profile',
    'FROM golang:1.26 AS b\nSHELL ["/bin/bash", "-lc"]\nRUN echo \'export CGO_ENABLED=0 PATH=$PATH:/usr/local/go/bin\' >> ~/.bash_profile\nCOPY . .\nRUN go build -o /app .\nFROM scratch\nCOPY --from=b /app /app\nENTRYPOINT ["/app"]\n',
    {
      'go.mod': 'module x\ngo 1.26\n',
      'main.go': 'package main\nimport "net/http"\nfunc main() { http.ListenAndServe("",nil) }\n',
    },
  ],
  [
    'a secret is a variable',
    '# syntax=docker/dockerfile:1\nFROM golang:1.26 AS b\nCOPY . .\nRUN --mount=type=secret,id=cgo,env=CGO_ENABLED go build -o /app .\nFROM scratch\nCOPY --from=b /app /app\nENTRYPOINT ["/app"]\n',
    {
      'go.mod': 'module x\ngo 1.26\n',
      'main.go': 'package main\nimport "net/http"\nfunc main() { http.ListenAndServe("",nil) }\n',
    },
  ],
  [
    'another package in vendor',
    'FROM golang:1.26-alpine AS b\nCOPY . .\nRUN CGO_ENABLED=0 go build -mod=vendor -o /app .\nFROM scratch\nCOPY --from=b /app /app\nENTRYPOINT ["/app"]\n',
    {
      'go.mod': 'module x\ngo 1.26\nrequire github.com/mattn/go-sqlite3 v1.14.32\n',
      'vendor/github.com/mattn/go-sqlite3/sqlite3.go': 'package sqlite3\n',
      'main.go':
        'package main\nimport ("database/sql"\n_ "github.com/mattn/go-sqlite3")\nfunc main() {\n\tdb, _ := sql.Open("sqlite3", "x")\n\tdb.Ping()\n}\n',
    },
  ],
]);

testSound('a virtual environment that was changed', [
  [
    'sed after the copy',
    'FROM python:3.13-slim AS b\nRUN python -m venv /build/v && /build/v/bin/pip install gunicorn\nFROM python:3.13-slim\nCOPY --from=b /build/v /app/v\nRUN sed -i \'s|/build/v|/app/v|g\' /app/v/bin/*\nENTRYPOINT ["/app/v/bin/gunicorn", "app:app"]\n',
    {},
  ],
  [
    'find and sed',
    'FROM python:3.13-slim AS b\nRUN python -m venv /build/v && /build/v/bin/pip install gunicorn\nFROM python:3.13-slim\nCOPY --from=b /build/v /app/v\nRUN find /app/v/bin -type f -exec sed -i \'s#/build#/app#\' {} +\nENTRYPOINT ["/app/v/bin/gunicorn", "app:app"]\n',
    {},
  ],
  [
    'sed before the copy',
    'FROM python:3.13-slim AS b\nRUN python -m venv /build/v && /build/v/bin/pip install gunicorn && sed -i \'1s#.*#!/app/v/bin/python#\' /build/v/bin/gunicorn\nFROM python:3.13-slim\nCOPY --from=b /build/v /app/v\nENTRYPOINT ["/app/v/bin/gunicorn", "app:app"]\n',
    {},
  ],
  [
    'sed in a loop',
    'FROM python:3.13-slim AS b\nRUN python -m venv /build/v && /build/v/bin/pip install gunicorn\nFROM python:3.13-slim\nCOPY --from=b /build/v /app/v\nRUN for f in /app/v/bin/*; do sed -i \'1s|/build|/app|\' "$f"; done\nENTRYPOINT ["/app/v/bin/gunicorn", "app:app"]\n',
    {},
  ],
  [
    'another script of that name',
    'FROM python:3.13-slim AS b\nRUN python -m venv /build/v && /build/v/bin/pip install gunicorn\nFROM python:3.13-slim\nCOPY --from=b /build/v /app/v\nCOPY gunicorn /app/v/bin/gunicorn\nENTRYPOINT ["/app/v/bin/gunicorn", "app:app"]\n',
    { gunicorn: { text: '#!/bin/sh\n', isExecutable: true } },
  ],
  [
    'another link to the interpreter',
    'FROM python:3.11-slim-bookworm AS b\nRUN python -m venv /v && /v/bin/pip install gunicorn && ln -sf /usr/bin/python3 /v/bin/python && ln -sf /usr/bin/python3 /v/bin/python3\nFROM gcr.io/distroless/python3-debian12 \nCOPY --from=b /v /v\nENTRYPOINT ["/v/bin/gunicorn"]\n',
    {},
  ],
  [
    'the link removed and made anew',
    'FROM python:3.11-slim-bookworm AS b\nRUN python -m venv /v && /v/bin/pip install gunicorn\nRUN cd /v/bin && rm python && ln -s /usr/bin/python3.11 python\nFROM gcr.io/distroless/python3-debian12 \nCOPY --from=b /v /v\nENTRYPOINT ["/v/bin/python", "-m", "gunicorn"]\n',
    {},
  ],
  [
    'PYTHONPATH on the start command',
    'FROM python:3.11-slim-bookworm AS b\nRUN pip install --target /sp gunicorn\nFROM python:3.11-slim-bookworm\nCOPY --from=b /sp /sp\nENTRYPOINT ["env", "PYTHONPATH=/sp", "python", "-m", "gunicorn"]\n',
    {},
  ],
  [
    'PIP_PREFIX behind env',
    'FROM debian:13\nRUN apt-get update && apt-get install -y python3-pip\nRUN env PIP_PREFIX=/x pip install flask\n',
    {},
  ],
]);

testSound('another way to build Rust', [
  [
    'a program around the compiler',
    'FROM rust:1.90 AS b\nWORKDIR /src\nCOPY . .\nENV RUSTC_WRAPPER=/src/wrap.sh\nRUN cargo build --release\nFROM scratch\nCOPY --from=b /src/target/release/app /app\nENTRYPOINT ["/app"]\n',
    {
      'wrap.sh': { text: '#!/bin/sh\nexec "$@" -Ctarget-feature=+crt-static\n', isExecutable: true },
      'Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n',
      'src/main.rs': 'fn main() {}\n',
    },
  ],
  [
    'a linker of the environment',
    'FROM rust:1.90 AS b\nWORKDIR /src\nCOPY . .\nENV CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER=musl-gcc\nRUN cargo build --release\nFROM alpine\nCOPY --from=b /src/target/release/app /app\nENTRYPOINT ["/app"]\n',
    { 'Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n', 'src/main.rs': 'fn main() {}\n' },
  ],
  [
    'arguments of the linker',
    'FROM rust:1.90 AS b\nWORKDIR /src\nCOPY . .\nENV RUSTFLAGS="-C link-arg=-static -C relocation-model=static"\nRUN cargo build --release\nFROM scratch\nCOPY --from=b /src/target/release/app /app\nENTRYPOINT ["/app"]\n',
    { 'Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n', 'src/main.rs': 'fn main() {}\n' },
  ],
  [
    'arguments behind cargo rustc',
    'FROM rust:1.90 AS b\nWORKDIR /src\nCOPY . .\nRUN cargo rustc --release -- -C link-args=-nostartfiles -C link-args=-static\nFROM scratch\nCOPY --from=b /src/target/release/app /app\nENTRYPOINT ["/app"]\n',
    { 'Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n', 'src/main.rs': 'fn main() {}\n' },
  ],
]);

testSound('packages that a command handed on', [
  [
    'cp of what is in the directory',
    'FROM python:3.11-slim AS b\nRUN pip install --target /d gunicorn\nFROM python:3.11-slim\nCOPY --from=b /d /d\nRUN cp -r /d/. /usr/local/lib/python3.11/site-packages/\nCMD ["python", "-m", "gunicorn"]\n',
    {},
  ],
  [
    'cp of all files',
    'FROM python:3.11-slim AS b\nRUN pip install --target /d gunicorn\nFROM python:3.11-slim\nCOPY --from=b /d /d\nRUN cp -r /d/* /usr/local/lib/python3.11/site-packages/\nCMD ["python", "-m", "gunicorn"]\n',
    {},
  ],
  [
    'mv of all files',
    'FROM python:3.11-slim AS b\nRUN pip install --target /d gunicorn\nFROM python:3.11-slim\nCOPY --from=b /d /d\nRUN mv /d/* /usr/local/lib/python3.11/site-packages/\nCMD ["python", "-m", "gunicorn"]\n',
    {},
  ],
  [
    'tar from one directory to another',
    'FROM python:3.11-slim AS b\nRUN pip install --target /d gunicorn\nFROM python:3.11-slim\nCOPY --from=b /d /d\nRUN tar -C /d -c . | tar -C /usr/local/lib/python3.11/site-packages -x\nCMD ["python", "-m", "gunicorn"]\n',
    {},
  ],
  [
    'a link in place of the directory',
    'FROM python:3.11-slim AS b\nRUN pip install --target /d gunicorn\nFROM python:3.11-slim\nCOPY --from=b /d /d\nRUN rm -rf /usr/local/lib/python3.11/site-packages && ln -s /d /usr/local/lib/python3.11/site-packages\nCMD ["python", "-m", "gunicorn"]\n',
    {},
  ],
  [
    'a link to one package',
    'FROM python:3.11-slim AS b\nRUN pip install --target /d gunicorn\nFROM python:3.11-slim\nCOPY --from=b /d /d\nRUN ln -s /d/gunicorn /usr/local/lib/python3.11/site-packages/gunicorn\nCMD ["python", "-m", "gunicorn"]\n',
    {},
  ],
  [
    'a link to each',
    'FROM python:3.11-slim AS b\nRUN pip install --target /d gunicorn\nFROM python:3.11-slim\nCOPY --from=b /d /d\nRUN for p in /d/*; do ln -s $p /usr/local/lib/python3.11/site-packages/; done\nCMD ["python", "-m", "gunicorn"]\n',
    {},
  ],
  [
    'a .pth file',
    'FROM python:3.11-slim AS b\nRUN pip install --target /d gunicorn\nFROM python:3.11-slim\nCOPY --from=b /d /d\nRUN echo /d > $(python -c \'import site; print(site.getsitepackages()[0])\')/d.pth\nCMD ["python", "-m", "gunicorn"]\n',
    {},
  ],
]);
