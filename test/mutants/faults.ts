import type { Fault } from './fault.js';
import { baseFaults } from './faults-bases.js';
import { fileFaults } from './faults-files.js';
import { languageFaults } from './faults-languages.js';
import { libcAndUserFaults } from './faults-libc-and-users.js';
import { libraryFaults } from './faults-libraries.js';
import { pythonFaults } from './faults-python.js';
import { startFaults } from './faults-start.js';
import { startingFaults } from './faults-starting.js';

export const faults: readonly Fault[] = [
  ...startFaults,
  ...startingFaults,
  ...baseFaults,
  ...libcAndUserFaults,
  ...libraryFaults,
  ...languageFaults,
  ...pythonFaults,
  ...fileFaults,
];
