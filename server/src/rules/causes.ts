import { chosenShell, type ProcessUse } from '../interpret/processes.js';
import type { Artifact } from '../interpret/state.js';
import type { Report } from './rule.js';

/** The SHELL instruction that starts at an offset, as a cause. */
export function shellCause(start: number): string {
  return `SHELL ${start}`;
}

/** A missing shell that SHELL chose is the fault of that SHELL; another is that of the base. */
export function causeOfShell(use: ProcessUse): Pick<Report, 'cause'> {
  const start = chosenShell(use);
  return start === null ? {} : { cause: shellCause(start) };
}

/** Programs that one stage (or image) builds and links alike have their faults in common. */
export function causeOfBuild({ stage, libc, linkage }: Artifact): string {
  const built = libc.known ? `${libc.value.kind} ${libc.value.version ?? ''}` : '';
  return `${stage ?? ''} ${built} ${linkage.known ? linkage.value : ''}`;
}

/** The user that an image starts as, where the file sets none. */
export function userOfBase(image: string): string {
  return `user of ${image}`;
}
