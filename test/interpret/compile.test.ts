import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facts } from '../support/facts.js';

const cases: readonly [base: string, script: string, path: string, artifact: string][] = [
  ['gcc:13', 'gcc -o /app main.c', '/app', 'c dynamic from glibc 2.36'],
  ['gcc:13', 'gcc main.c -static -o /app', '/app', 'c static from glibc 2.36'],
  ['gcc:13', 'gcc -static-pie -o /app main.c', '/app', 'c static from glibc 2.36'],
  ['gcc:13', 'gcc -static-libgcc -o /app main.c', '/app', 'c dynamic from glibc 2.36'],
  ['gcc:13', 'gcc -flto -Os -o /app main.c', '/app', 'c dynamic from glibc 2.36'],
  ['gcc:13', 'g++ -std=c++20 -O2 main.cpp -o /app', '/app', 'c++ dynamic from glibc 2.36'],
  ['gcc:13', 'clang++ main.cc -o /app', '/app', 'c++ dynamic from glibc 2.36'],
  ['gcc:13', 'cc main.c', '/src/a.out', 'c dynamic from glibc 2.36'],
  ['gcc:13', 'cc main.c -obin', '/src/bin', 'c dynamic from glibc 2.36'],
  ['gcc:13', 'gcc -c main.c -o /app', '/app', 'none'],
  ['gcc:13', 'gcc -shared -o /app lib.c', '/app', 'none'],
  ['gcc:13', 'gcc $(pkg-config --libs x) main.c -o /app', '/app', 'c unknown from glibc 2.36'],
  ['gcc:13', 'gcc $(pkg-config --libs x) -static main.c -o /app', '/app', 'c static from glibc 2.36'],
  ['alpine:3.20', 'apk add gcc musl-dev && gcc -o /app main.c', '/app', 'c dynamic from musl 1.2.5'],
  ['alpine:3.20', 'apk add gcc musl-dev && gcc -static -o /app main.c', '/app', 'c static from musl 1.2.5'],
  ['debian:12', 'musl-gcc -static -o /app main.c', '/app', 'c static from musl'],
  ['debian:12', 'x86_64-linux-gnu-gcc -o /app main.c', '/app', 'c dynamic from glibc 2.36'],
  ['debian:12', 'x86_64-w64-mingw32-gcc -o /app main.c', '/app', 'c unknown from glibc 2.36'],
  ['example.com/gcc', 'gcc -o /app main.c', '/app', 'c dynamic from unknown'],
  ['gcc:13', 'gcc --version', '/src/a.out', 'none'],
];

for (const [base, script, path, artifact] of cases) {
  test(`${base}: ${script}`, () => {
    assert.equal(facts(`FROM ${base}\nWORKDIR /src\nRUN ${script}`).artifact(path), artifact);
  });
}
