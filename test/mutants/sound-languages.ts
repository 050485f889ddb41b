import { sound } from './sound.js';

/** Ways in which libc, versions and libraries of Node.js, Java, .NET and PHP go together. */
export const languages = [
  sound('node with pnpm deploy on Alpine')`
FROM node:24-alpine3.24 AS build
WORKDIR /repo
RUN corepack enable
COPY . .
RUN pnpm install --frozen-lockfile && pnpm --filter=api deploy --prod /out

FROM node:24-alpine3.24
WORKDIR /app
COPY --from=build /out .
USER node
CMD ["node", "server.js"]
`,
  sound('node with compiled packages')`
FROM node:24-bookworm-slim AS deps
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++
COPY package.json yarn.lock ./
RUN yarn install --frozen-lockfile --production

FROM node:24-bookworm-slim
WORKDIR /app
COPY --from=deps /app/node_modules ./node_modules
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  sound('java with jlink on distroless')`
FROM eclipse-temurin:21-jdk-noble AS jre
RUN jlink --add-modules java.base,java.net.http --strip-debug --no-man-pages --output /jre

FROM maven:3-eclipse-temurin-21 AS build
WORKDIR /src
COPY . .
RUN mvn -q package

FROM gcr.io/distroless/java-base-debian13:nonroot
COPY --from=jre /jre /jre
COPY --from=build /src/target/app.jar /app.jar
ENTRYPOINT ["/jre/bin/java", "-jar", "/app.jar"]
`,
  sound('java with jlink on Alpine')`
FROM eclipse-temurin:21-jdk-alpine AS jre
RUN $JAVA_HOME/bin/jlink --add-modules java.base --output /opt/java

FROM alpine:3.24
ENV PATH=/opt/java/bin:/usr/local/bin:/usr/bin:/bin
COPY --from=jre /opt/java /opt/java
COPY app.jar /app.jar
USER 65532:65532
CMD ["java", "-jar", "/app.jar"]
`,
  sound('java compiled for an older release')`
FROM eclipse-temurin:25-jdk-noble AS build
WORKDIR /src
COPY . .
RUN javac --release 21 -d /out Main.java

FROM gcr.io/distroless/java21-debian13:nonroot
COPY --from=build /out /app
ENTRYPOINT ["java", "-cp", "/app", "Main"]
`,
  sound('dotnet ahead of time on Alpine')`
FROM mcr.microsoft.com/dotnet/sdk:10.0-alpine AS build
RUN apk add --no-cache clang build-base zlib-dev
WORKDIR /src
COPY . .
RUN dotnet publish -r linux-musl-x64 -p:PublishAot=true -o /out

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-alpine
COPY --from=build /out/app /usr/local/bin/app
USER 1654
ENTRYPOINT ["/usr/local/bin/app"]
`,
  sound('dotnet with cultures')`
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /src
COPY . .
RUN dotnet publish -c Release -o /out

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /out .
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false
ENTRYPOINT ["./app"]
`,
  sound('php with extensions')`
FROM php:8.4-fpm-alpine3.24
RUN apk add --no-cache libpng libzip && \
    apk add --no-cache --virtual .build libpng-dev libzip-dev && \
    docker-php-ext-install -j "$(nproc)" gd zip && \
    apk del .build
COPY . .
USER 82:82
CMD ["php-fpm"]
`,
];
