import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/eol-language-runtime.js';
import { allFindings, checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports the runtime of the final image', () => {
  checkRule(
    rule,
    `
FROM node:20-alpine
#    ^^^^^^^^^^^^^^ fixable: 'node:20-alpine' is Node.js 20, which has had no security support since 2026-04-30.
`,
  );
  checkRule(
    rule,
    `
FROM mcr.microsoft.com/dotnet/aspnet:8.0 AS base
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: 'mcr.microsoft.com/dotnet/aspnet:8.0' is .NET 8, which has had no security support since 2026-11-10.
FROM base
`,
  );
});

test('a stage that only builds is information, and the same image is one finding', () => {
  checkRule(
    rule,
    `
FROM golang:1.24 AS build
#    ^^^^^^^^^^^ fixable: (information) 'golang:1.24' is Go 1.24, which has had no security support since 2026-02-10.
FROM golang:1.24 AS tools
FROM scratch
COPY --from=build /app /app
COPY --from=tools /tool /tool
COPY --from=python:3.9 /x /x
#           ^^^^^^^^^^ fixable: (information) 'python:3.9' is Python 3.9, which has had no security support since 2025-10-31.
`,
  );
});

test('reports the deprecated image of OpenJDK', () => {
  checkRule(
    rule,
    `
FROM openjdk:17-jdk-slim
#    ^^^^^^^^^^^^^^^^^^^ fixable: 'openjdk:17-jdk-slim' gets no more updates, since the image 'openjdk' is deprecated.
`,
  );
});

test('is silent about runtimes with support, and about what is not known', () => {
  for (const image of [
    'node:24',
    'python:3.12-slim',
    'golang:1.26',
    'ruby:3.4',
    'php:8.3-fpm',
    'eclipse-temurin:8-jre',
  ])
    checkSilent(rule, `FROM ${image}\n`);
  checkSilent(rule, 'FROM registry.example.com/node:14\n');
  checkSilent(rule, 'ARG V\nFROM node:$V\n');
  checkSilent(rule, 'FROM node\n');
});

test('is silent where a distribution mends the runtime, or another rule speaks', () => {
  checkSilent(rule, 'FROM registry.access.redhat.com/ubi9/python-39\n');
  checkSilent(rule, 'FROM gcr.io/distroless/nodejs18-debian12\n');
  checkSilent(rule, 'FROM rust:1.70\n');
});

test('offers the newest runtime with long support on the same kind of image', () => {
  checkFix(rule, 'FROM node:17.0.1-bullseye-slim\n', 'FROM node:26-trixie-slim\n');
  checkFix(rule, 'FROM golang:1.21-alpine3.18\n', 'FROM golang:1.27-alpine\n');
  checkFix(
    rule,
    'FROM mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled\n',
    'FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled\n',
  );
  checkFix(rule, 'FROM openjdk:11-jre-slim\n', 'FROM eclipse-temurin:11-jre\n');
  checkFix(rule, 'FROM node:18 AS a\nFROM node:18\n', 'FROM node:26 AS a\nFROM node:26\n');
});

test('offers nothing for a digest, a day or an image of which not all tags are known', () => {
  const digest = 'a'.repeat(64);
  assert.deepEqual(fixTitles(rule, `FROM node:18@sha256:${digest}\n`), []);
  assert.deepEqual(fixTitles(rule, 'FROM mcr.microsoft.com/dotnet/sdk:7.0-cbl-mariner2.0\n'), []);
});

test('is one finding, also on a release that has ended', () => {
  const text = 'FROM python:3.7-slim-buster\nUSER 65532\nCMD ["python", "app.py"]\n';
  assert.deepEqual(
    allFindings(text).map((finding) => finding.rule.meta.id),
    ['eol-language-runtime'],
  );
});
