import { buildCases } from './cases-build.js';
import { languageCases } from './cases-languages.js';
import { libcCases } from './cases-libc.js';
import { nameCases } from './cases-names.js';
import { scriptCases } from './cases-scripts.js';
import { startCases } from './cases-start.js';
import { caseName, type LabCase, type NotStaged } from './model.js';

/** Every experiment, by name. */
export const cases: readonly LabCase[] = [
  ...buildCases,
  ...languageCases,
  ...libcCases,
  ...nameCases,
  ...scriptCases,
  ...startCases,
].sort((a, b) => (caseName(a) < caseName(b) ? -1 : 1));

/** Rules of severity error that no case covers. */
export const notStaged: readonly NotStaged[] = [
  { rule: 'dotnet-framework-version-skew', because: 'Debian has no packages of .NET.' },
  { rule: 'dotnet-rid-libc-mismatch', because: 'Debian has no packages of .NET.' },
  { rule: 'node-abi-skew', because: 'A release of Debian has one version of Node.js only.' },
  {
    rule: 'node-modules-libc-mismatch',
    because: 'Debian has no Node.js for musl, neither to install packages with nor to run them.',
  },
  { rule: 'python-no-musllinux-wheel', because: 'Debian has no packages of uv, and no Python for musl.' },
  { rule: 'python-version-skew', because: 'A release of Debian has one version of Python only.' },
  {
    rule: 'ruby-gem-glibc-on-musl',
    because: 'Debian has no Ruby for musl, and its RubyGems 3.3 takes the platforms of glibc and musl for one another.',
  },
];
