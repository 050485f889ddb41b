import assert from 'node:assert/strict';
import libcMismatch from '../../server/src/rules/node-modules-libc-mismatch.js';
import { findingsOf } from './checks.js';
import { project, type Locked } from './node-project.js';

type App = {
  readonly final?: string;
  readonly install?: string;
  /** What the final stage does behind the copy. */
  readonly last?: string;
  readonly start?: string;
  readonly packages?: Locked;
};

export const bcrypt = { bcrypt: { dependencies: ['@mapbox/node-pre-gyp', 'node-addon-api'], script: true } };
export const sqlite = { 'better-sqlite3': { dependencies: ['bindings', 'prebuild-install'], script: true } };

export const dockerfile = (
  builder: string,
  { final = 'node:24-slim', install = 'RUN npm ci', last = '', start }: App,
) => `
FROM ${builder} AS build
WORKDIR /app
COPY . .
${install}
FROM ${final}
WORKDIR /app
COPY --from=build /app /app
${last}
${start ?? 'CMD ["node", "server.js"]'}
`;

type Files = Readonly<Record<string, string>>;

/** Those about the libc, of an app that Alpine installs and `final` runs. */
export const findings = (files: Files, app: App = {}) =>
  findingsOf(libcMismatch, dockerfile('node:24-alpine', app), {
    files: { '.dockerignore': 'node_modules', ...project(app.packages ?? bcrypt), ...files },
  });

export const severity = (files: Files, app: App = {}) => {
  const [finding, ...more] = findings(files, app);
  assert.deepEqual(more, []);
  return finding?.severity;
};

/** Imports `bcrypt`, as CommonJS and as an ECMAScript module. */
export const program = "const bcrypt = require('bcrypt')\n";
export const modular = "import bcrypt from 'bcrypt'\n";
