import { sound } from './sound.js';

/** Node.js, Python, Java, .NET, Ruby, PHP and servers. */
export const interpreted = [
  sound('node on distroless')`
FROM node:24-trixie-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
COPY server.js ./

FROM gcr.io/distroless/nodejs24-debian13:nonroot
WORKDIR /app
COPY --from=build /app /app
ENV NODE_ENV=production
EXPOSE 8080
CMD ["server.js"]
`,
  sound('node on a hardened image')`
FROM dhi.io/node:24-debian13-dev AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
COPY . .

FROM dhi.io/node:24-debian13
WORKDIR /app
COPY --from=build --chown=1000:1000 /app /app
CMD ["node", "server.js"]
`,
  sound('node on slim')`
FROM node:24-trixie-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-trixie-slim
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER 1000:1000
CMD ["node", "dist/server.js"]
`,
  sound('node on Alpine')`
FROM node:24-alpine3.24 AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
COPY . .

FROM node:24-alpine3.24
WORKDIR /app
COPY --from=build /app /app
USER 1000:1000
HEALTHCHECK CMD ["wget", "-q", "-O", "/dev/null", "http://localhost:8080/"]
CMD ["node", "server.js"]
`,
  sound('node on Chainguard')`
FROM cgr.dev/chainguard/node:latest-dev AS build
WORKDIR /app
COPY --chown=65532:65532 package.json package-lock.json ./
RUN npm ci --omit=dev
COPY --chown=65532:65532 . .

FROM cgr.dev/chainguard/node:latest
WORKDIR /app
COPY --from=build /app /app
ENTRYPOINT ["/usr/bin/node", "server.js"]
`,
  sound('a front end on nginx unprivileged')`
FROM node:24-trixie-slim AS build
WORKDIR /app
COPY . .
RUN npm ci && npm run build

FROM nginxinc/nginx-unprivileged:alpine
COPY --from=build /app/dist /usr/share/nginx/html
`,
  sound('python on distroless')`
FROM python:3.13-slim-trixie AS build
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --target=/app/packages -r requirements.txt
COPY main.py .

FROM gcr.io/distroless/python3-debian13:nonroot
WORKDIR /app
COPY --from=build /app /app
ENV PYTHONPATH=/app/packages
CMD ["main.py"]
`,
  sound('python on slim')`
FROM python:3.13-slim-trixie AS build
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --no-cache-dir -r requirements.txt

FROM python:3.13-slim-trixie
COPY --from=build /venv /venv
WORKDIR /app
COPY main.py .
USER 65532:65532
CMD ["/venv/bin/python", "main.py"]
`,
  sound('python on a hardened image')`
FROM dhi.io/python:3.13-debian13-dev AS build
WORKDIR /app
RUN python -m venv /app/venv
COPY requirements.txt .
RUN /app/venv/bin/pip install --no-cache-dir -r requirements.txt

FROM dhi.io/python:3.13-debian13
WORKDIR /app
COPY --from=build /app/venv /app/venv
COPY main.py .
ENTRYPOINT ["/app/venv/bin/python", "main.py"]
`,
  sound('python on Chainguard')`
FROM cgr.dev/chainguard/python:latest-dev AS build
WORKDIR /app
RUN python -m venv /app/venv
COPY requirements.txt .
RUN /app/venv/bin/pip install --no-cache-dir -r requirements.txt

FROM cgr.dev/chainguard/python:latest
WORKDIR /app
COPY --from=build /app/venv /app/venv
COPY main.py .
ENTRYPOINT ["/app/venv/bin/python", "/app/main.py"]
`,
  sound('python on Alpine')`
FROM python:3.13-alpine3.24
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY main.py .
USER 65532:65532
CMD ["python", "main.py"]
`,
  sound('java on distroless')`
FROM eclipse-temurin:21-jdk AS build
WORKDIR /src
COPY . .
RUN ./gradlew bootJar

FROM gcr.io/distroless/java21-debian13:nonroot
COPY --from=build /src/build/libs/app.jar /app.jar
CMD ["/app.jar"]
`,
  sound('java on Chainguard')`
FROM maven:3-eclipse-temurin-21 AS build
WORKDIR /src
COPY . .
RUN mvn -q package

FROM cgr.dev/chainguard/jre:latest
WORKDIR /app
COPY --from=build /src/target/app.jar app.jar
CMD ["-jar", "app.jar"]
`,
  sound('java on a temurin JRE')`
FROM eclipse-temurin:21-jdk-noble AS build
WORKDIR /src
COPY . .
RUN ./mvnw -q package

FROM eclipse-temurin:21-jre-noble
COPY --from=build /src/target/app.jar /app.jar
USER 65532:65532
ENTRYPOINT ["java", "-jar", "/app.jar"]
`,
  sound('java on UBI')`
FROM registry.access.redhat.com/ubi9/openjdk-21:latest AS build
WORKDIR /src
COPY --chown=185:0 . .
RUN mvn -q package

FROM registry.access.redhat.com/ubi9/openjdk-21-runtime:latest
COPY --from=build /src/target/app.jar /deployments/app.jar
ENTRYPOINT ["java", "-jar", "/deployments/app.jar"]
`,
  sound('java on Corretto')`
FROM maven:3-amazoncorretto-21 AS build
WORKDIR /src
COPY . .
RUN mvn -q package

FROM amazoncorretto:21-al2023-headless
COPY --from=build /src/target/app.jar /app.jar
USER 65532:65532
ENTRYPOINT ["java", "-jar", "/app.jar"]
`,
  sound('aspnet on chiseled')`
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /src
COPY . .
RUN dotnet publish -c Release -o /out

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /out .
ENTRYPOINT ["dotnet", "app.dll"]
`,
  sound('aspnet on Alpine')`
FROM mcr.microsoft.com/dotnet/sdk:10.0-alpine AS build
WORKDIR /src
COPY . .
RUN dotnet publish -c Release -o /out

FROM mcr.microsoft.com/dotnet/aspnet:10.0-alpine
WORKDIR /app
COPY --from=build /out .
USER 1654
ENTRYPOINT ["dotnet", "app.dll"]
`,
  sound('dotnet self-contained')`
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /src
COPY . .
RUN dotnet publish -c Release --self-contained -r linux-x64 -o /out

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /out .
ENTRYPOINT ["/app/app"]
`,
  sound('ruby on slim')`
FROM ruby:3.4-trixie AS build
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle config set --local path vendor/bundle && bundle install
COPY . .

FROM ruby:3.4-slim-trixie
WORKDIR /app
COPY --from=build /app /app
RUN bundle config set --local path vendor/bundle
USER 65532:65532
CMD ["bundle", "exec", "ruby", "app.rb"]
`,
  sound('ruby on Alpine')`
FROM ruby:3.4-alpine3.24
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .
USER 65532:65532
CMD ["ruby", "app.rb"]
`,
  sound('php in fpm')`
FROM composer:2 AS vendor
WORKDIR /app
COPY composer.json composer.lock ./
RUN composer install --no-dev --no-scripts

FROM php:8.4-fpm-alpine3.24
WORKDIR /app
COPY --from=vendor /app/vendor ./vendor
COPY . .
USER 82:82
CMD ["php-fpm"]
`,
  sound('php command on Debian')`
FROM php:8.4-cli-trixie
WORKDIR /app
COPY . .
USER 33:33
CMD ["php", "worker.php"]
`,
  sound('a static site on busybox')`
FROM busybox:1.38-musl
WORKDIR /www
COPY public .
USER 65532:65532
EXPOSE 8080
CMD ["httpd", "-f", "-v", "-p", "8080"]
`,
  sound('nginx on Chainguard')`
FROM cgr.dev/chainguard/nginx:latest
COPY nginx.conf /etc/nginx/nginx.conf
COPY public /usr/share/nginx/html
`,
];
