import { buildCases } from './cases-build.js';
import { languageCases } from './cases-languages.js';
import { libcCases } from './cases-libc.js';
import { nameCases } from './cases-names.js';
import { startCases } from './cases-start.js';
import { caseName, type LabCase, type NotStaged } from './model.js';

/** Every experiment, by name. */
export const cases: readonly LabCase[] = [
  ...buildCases,
  ...languageCases,
  ...libcCases,
  ...nameCases,
  ...startCases,
].sort((a, b) => (caseName(a) < caseName(b) ? -1 : 1));

/** Rules of severity error that no case covers. */
export const notStaged: readonly NotStaged[] = [
  { rule: 'dotnet-rid-libc-mismatch', because: 'Debian has no packages of .NET.' },
  {
    rule: 'python-deps-not-on-path',
    because: 'It speaks of the directories of Python 3.13, and the lab has the one Python of its release of Debian.',
  },
  { rule: 'python-install-under-root-home', because: 'Debian has no packages of uv.' },
  { rule: 'python-version-skew', because: 'A release of Debian has one version of Python only.' },
];
