import { buildCases } from './cases-build.js';
import { libcCases } from './cases-libc.js';
import { startCases } from './cases-start.js';
import { caseName, type LabCase, type NotStaged } from './model.js';

/** Every experiment, by name. */
export const cases: readonly LabCase[] = [...buildCases, ...libcCases, ...startCases].sort((a, b) =>
  caseName(a) < caseName(b) ? -1 : 1,
);

/** Rules of severity error that no case covers. */
export const notStaged: readonly NotStaged[] = [];
