import { knownAbsent } from '../fact.js';
import { basedOn } from '../interpret/bases.js';
import { finalUse, programOf, type ProcessUse, type StartRole } from '../interpret/processes.js';
import type { Analysis } from '../interpret/state.js';
import { causeOfShell } from './causes.js';
import type { Report } from './rule.js';

/** What starts the final image, or checks it, in shell form without that shell in the image. */
export function shellFormReport(analysis: Analysis, role: StartRole): Report<ProcessUse> | null {
  const use = finalUse(analysis, role);
  if (use?.body.form !== 'shell') return null;
  const shell = programOf(use);
  if (!knownAbsent(shell)) return null;
  return {
    span: use.body.span,
    message: `Shell-form ${role.toUpperCase()} runs through '${use.argv[0] ?? '/bin/sh'}', which this image does not have.`,
    because: [...basedOn(use.stage), ...shell.because],
    data: use,
    ...causeOfShell(use),
  };
}
