import type { Fault } from './fault.js';
import { baseFaults } from './faults-bases.js';
import { libcAndUserFaults } from './faults-libc-and-users.js';
import { startFaults } from './faults-start.js';

export const faults: readonly Fault[] = [...startFaults, ...baseFaults, ...libcAndUserFaults];
