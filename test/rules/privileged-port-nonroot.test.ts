import { test } from 'node:test';
import rule from '../../server/src/rules/privileged-port-nonroot.js';
import { checkRule, checkSilent } from '../support/checks.js';

const nonroot = 'FROM gcr.io/distroless/static-debian13:nonroot';

test('EXPOSE alone is information', () => {
  checkRule(
    rule,
    `
${nonroot}
ARG PORT=80
EXPOSE 8080 \${PORT}/tcp
#           ^^^^^^^^^^^ (information) The image does not run as root, which may keep it from listening on port 80.
ENTRYPOINT ["/app"]
`,
  );
});

test('arguments and variables say that the program listens there', () => {
  checkRule(
    rule,
    `
${nonroot}
EXPOSE 443
CMD ["/app", "--listen", "0.0.0.0:443"]
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The image does not run as root, so listening on port 443 fails where low ports are restricted.
`,
  );
  checkRule(
    rule,
    `
FROM mcr.microsoft.com/dotnet/aspnet:9.0-noble-chiseled
ENV ASPNETCORE_URLS=http://+:80;https://+:8443
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The image does not run as root, so listening on port 80 fails where low ports are restricted.
ENTRYPOINT ["dotnet", "app.dll"]
`,
  );
});

test('follows the user through stages', () => {
  checkRule(
    rule,
    `
FROM alpine:3.22 AS base
EXPOSE 80
#      ^^ (information) The image does not run as root, which may keep it from listening on port 80.
FROM base
USER 1000
CMD ["/app"]
`,
  );
});

test('is silent about high ports, and about root', () => {
  checkSilent(rule, `${nonroot}\nEXPOSE 8080 1024\nENV PORT=3000\nENTRYPOINT ["/app", "-p", "8443"]\n`);
  checkSilent(rule, 'FROM alpine:3.22\nEXPOSE 80\nCMD ["/app"]\n');
  checkSilent(rule, 'FROM registry.example.com/base\nEXPOSE 80\nCMD ["/app"]\n');
});

test('is silent where the program was given the right', () => {
  const build = 'FROM golang:1.26 AS build\nRUN setcap cap_net_bind_service=+ep /out/app\n';
  checkSilent(rule, `${build}${nonroot}\nCOPY --from=build /out/app /app\nEXPOSE 80\nENTRYPOINT ["/app"]\n`);
});

test('is silent about what is no port, and not known', () => {
  checkSilent(rule, `${nonroot}\nENTRYPOINT ["/app", "--timeout=80", "80"]\n`);
  checkSilent(rule, `${nonroot}\nARG PORT\nEXPOSE $PORT\nENTRYPOINT ["/app"]\n`);
  checkSilent(rule, `${nonroot}\nENTRYPOINT ["/app", "-p", "0"]\n`);
  checkSilent(rule, 'FROM nginxinc/nginx-unprivileged:stable\nEXPOSE 80\n');
});

test('Windows knows no low ports', () => {
  const steps = 'ENV ASPNETCORE_URLS=http://+:80\nUSER ContainerUser\nENTRYPOINT ["dotnet", "app.dll"]\n';
  checkSilent(rule, `FROM mcr.microsoft.com/dotnet/aspnet:9.0-nanoserver-ltsc2022\n${steps}`);
  checkSilent(rule, `FROM mcr.microsoft.com/windows/nanoserver:ltsc2025 AS base\nFROM base\n${steps}`);
  checkSilent(rule, `ARG BASE\nFROM $BASE\n${steps}`);
  checkSilent(rule, `FROM traefik:1809\nSHELL ["powershell", "-Command"]\nUSER 1000\nEXPOSE 80\nCMD ["app"]\n`);
});
