import { project } from '../support/node-project.js';
import { glibcWheels, uvLock } from '../support/python-locks.js';

/** A sound Dockerfile with the files beside it. A name that ends in `(644)` is a file that may not be executed. */
export type Project = {
  readonly name: string;
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
};

const sharp = {
  sharp: { choices: ['@img/sharp-linux-x64', '@img/sharp-linuxmusl-x64'] },
  '@img/sharp-linux-x64': { os: 'linux', libc: 'glibc', isOptional: true },
  '@img/sharp-linuxmusl-x64': { os: 'linux', libc: 'musl', isOptional: true },
};

const sqliteProgram = `package main

import (
	"database/sql"
	"net/http"

	_ "github.com/mattn/go-sqlite3"
)

func main() {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		panic(err)
	}
	if err := db.Ping(); err != nil {
		panic(err)
	}
	http.ListenAndServe(":8080", nil)
}
`;

const pom = `<project>
  <groupId>com.example</groupId>
  <artifactId>app</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.release>21</maven.compiler.release>
  </properties>
  <dependencies>
    <dependency>
      <groupId>com.microsoft.onnxruntime</groupId>
      <artifactId>onnxruntime</artifactId>
      <version>1.23.0</version>
    </dependency>
  </dependencies>
</project>
`;

const csproj = `<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Data.SqlClient" Version="6.1.0" />
  </ItemGroup>
</Project>
`;

const gemfileLock = `GEM
  remote: https://gems.example.org/
  specs:
    nokogiri (1.18.10-x86_64-linux-gnu)
      racc (~> 1.4)
    racc (1.8.1)

PLATFORMS
  x86_64-linux-gnu

DEPENDENCIES
  nokogiri

BUNDLED WITH
   2.6.9
`;

const script = '#!/bin/sh\nset -e\nexec "$@"\n';

function scripted(base: string, lines = ''): string {
  return `FROM ${base}
COPY entrypoint.sh /entrypoint.sh
${lines}USER 65534
ENTRYPOINT ["/entrypoint.sh"]
CMD ["sleep", "infinity"]
`;
}

function node(builder: string, final: string): string {
  return `FROM ${builder} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
COPY . .

FROM ${final}
WORKDIR /app
COPY --from=build /app /app
CMD ["server.js"]
`;
}

function go(final: string, flags: string): string {
  return `FROM golang:1.26-trixie AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=${flags} go build -o /out/app .

FROM ${final}
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
`;
}

const nodeFiles = { '.dockerignore': 'node_modules\n.git\n', 'node_modules/sharp/a.js': '' };

export const projects: readonly Project[] = [
  { name: 'a script on Alpine', text: scripted('alpine:3.22'), files: { 'entrypoint.sh': script } },
  {
    name: 'a script on Debian',
    text: scripted('debian:13-slim'),
    files: { 'entrypoint.sh': script.replace('sh', 'bash') },
  },
  {
    name: 'a script on Alpine with bash',
    text: scripted('alpine:3.22', 'RUN apk add --no-cache bash\n'),
    files: { 'entrypoint.sh': '#!/bin/bash\nset -e\nexec "$@"\n' },
  },
  {
    name: 'a script made executable',
    text: scripted('alpine:3.22', 'RUN chmod +x /entrypoint.sh\n'),
    files: { 'entrypoint.sh (644)': script },
  },
  {
    name: 'a script in a build',
    text: `FROM golang:1.26-alpine AS build
WORKDIR /src
COPY . .
RUN ./build.sh /out/app

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
`,
    files: {
      'build.sh': '#!/bin/sh\nset -e\nCGO_ENABLED=0 go build -o "$1" .\n',
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
    },
  },
  {
    name: 'a script in a health check',
    text: `FROM nginx:1.29-alpine
COPY healthy.sh /healthy.sh
HEALTHCHECK CMD ["/healthy.sh"]
USER 65534
`,
    files: { 'healthy.sh': '#!/bin/sh\nwget -q --spider http://127.0.0.1:8080/\n' },
  },
  {
    name: 'sharp on distroless',
    text: node('node:24-trixie-slim', 'gcr.io/distroless/nodejs24-debian13:nonroot'),
    files: { ...project(sharp), ...nodeFiles },
  },
  {
    name: 'better-sqlite3 on distroless',
    text: node('node:24-trixie', 'gcr.io/distroless/nodejs24-debian13:nonroot'),
    files: {
      ...project({ 'better-sqlite3': { script: true, dependencies: ['bindings'] }, bindings: { isIndirect: true } }),
      ...nodeFiles,
    },
  },
  {
    name: 'express on distroless, built on Alpine',
    text: node('node:24-alpine', 'gcr.io/distroless/nodejs24-debian13:nonroot'),
    files: { ...project({ express: {} }), ...nodeFiles },
  },
  {
    name: 'a Go server with sqlite',
    text: go('gcr.io/distroless/base-debian13:nonroot', '1'),
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n\nrequire github.com/mattn/go-sqlite3 v1.14.32\n',
      'main.go': sqliteProgram,
    },
  },
  {
    name: 'a Go server',
    text: go('gcr.io/distroless/static-debian13:nonroot', '0'),
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go': 'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.ListenAndServe(":8080", nil)\n}\n',
    },
  },
  {
    name: 'a Rust program',
    text: `FROM rust:1-trixie AS build
WORKDIR /src
COPY . .
RUN cargo build --release

FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=build /src/target/release/app /app
ENTRYPOINT ["/app"]
`,
    files: {
      'Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n',
      'src/main.rs': 'fn main() {}\n',
    },
  },
  {
    name: 'Python with locked wheels',
    text: `FROM ghcr.io/astral-sh/uv:python3.13-trixie-slim
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev
COPY app.py ./
USER 65532:65532
CMD ["/app/.venv/bin/python", "app.py"]
`,
    files: {
      'app.py': '',
      'pyproject.toml':
        '[project]\nname = "app"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["onnxruntime"]\n',
      'uv.lock': uvLock('dependencies = [{ name = "onnxruntime" }]', [{ name: 'onnxruntime', wheels: glibcWheels }]),
    },
  },
  {
    name: 'Ruby with locked gems',
    text: `FROM ruby:3.4-slim
WORKDIR /app
ENV BUNDLE_DEPLOYMENT=1
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY app.rb ./
USER 65532:65532
CMD ["bundle", "exec", "ruby", "app.rb"]
`,
    files: {
      Gemfile: 'source "https://gems.example.org"\ngem "nokogiri"\n',
      'Gemfile.lock': gemfileLock,
      'app.rb': '',
    },
  },
  {
    name: 'Java with native code',
    text: `FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn package

FROM eclipse-temurin:21-jre
COPY --from=build /src/target/app-1.jar /app.jar
USER 65532:65532
ENTRYPOINT ["java", "-jar", "/app.jar"]
`,
    files: { 'pom.xml': pom },
  },
  {
    name: '.NET with SqlClient',
    text: `FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish app.csproj -c Release -o /out

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /out .
USER $APP_UID
ENTRYPOINT ["dotnet", "app.dll"]
`,
    files: { 'app.csproj': csproj },
  },
  {
    name: 'a stage that a compose file names',
    text: `FROM node:24-alpine AS base
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
COPY server.js ./
USER node

FROM base AS runtime
CMD ["node", "server.js"]

FROM base AS test
CMD ["node", "--test"]
`,
    files: {
      ...project({ express: {} }),
      'server.js': '',
      'compose.yaml': 'services:\n  web:\n    build:\n      context: .\n      target: runtime\n',
    },
  },
];
