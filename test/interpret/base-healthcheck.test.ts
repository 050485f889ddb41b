import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facts } from '../support/facts.js';

const kong = '["/bin/sh","-c","kong health"]';

test('the health check that an image brings', () => {
  assert.equal(facts('FROM kong:3.9').healthcheck, kong);
  assert.equal(
    facts('FROM quay.io/jupyter/scipy-notebook:latest').healthcheck,
    '["/etc/jupyter/docker_healthcheck.py"]',
  );
});

test('images that are known to bring none', () => {
  for (const image of [
    'alpine:3.24',
    'debian:13-slim',
    'node:24-alpine',
    'python:3.13-slim',
    'eclipse-temurin:21-jre',
    'mcr.microsoft.com/dotnet/aspnet:10.0',
    'gcr.io/distroless/static-debian13',
    'scratch',
  ])
    assert.equal(facts(`FROM ${image}`).healthcheck, 'none', image);
});

test('images of which that was not read may bring one', () => {
  for (const image of [
    'registry.example.com/node:24',
    'rabbitmq:4',
    'cgr.dev/chainguard/node:latest',
    'ubuntu:24.04',
    'mcr.microsoft.com/windows/nanoserver:ltsc2025',
  ])
    assert.equal(facts(`FROM ${image}`).healthcheck, 'unknown', image);
});

test('it travels with FROM stage, and the file may replace it or turn it off', () => {
  const base = 'FROM kong:3.9 AS base\nFROM base\n';
  assert.equal(facts(base).healthcheck, kong);
  assert.equal(facts(`${base}HEALTHCHECK NONE`).healthcheck, 'none');
  assert.equal(facts(`${base}HEALTHCHECK CMD ["/check"]`).healthcheck, '["/check"]');
  assert.equal(facts('FROM node:24\nHEALTHCHECK CMD ["/check"]').healthcheck, '["/check"]');
});
