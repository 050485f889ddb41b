import type { LibcKind } from '../catalog/model.js';
import type { Evidence } from '../fact.js';
import { builtHere, withoutCgo } from '../fixes/cgo.js';
import { linkedStatically } from '../fixes/static-link.js';
import { isCertain, placedPrograms, type PlacedProgram } from '../interpret/placed.js';
import { finalStage } from '../interpret/processes.js';
import type { Analysis, Stage, StageState } from '../interpret/state.js';
import { openFolder } from '../interpret/tree.js';
import { causeOfBuild } from './causes.js';
import type { Fix, Report } from './rule.js';

/** A program that is not linked statically, in a final stage where it may find no libc of its own. */
export type Misfit = { readonly program: PlacedProgram; readonly stage: Stage };

/** The programs of the final stage that are known to load a libc, where that stage has the libc `here`. */
export function* linkedPrograms(analysis: Analysis, here: LibcKind): Generator<Misfit> {
  const stage = finalStage(analysis);
  if (!stage?.end.libc.known || stage.end.libc.value.kind !== here) return;
  for (const program of placedPrograms(stage)) {
    const { linkage } = program.artifact;
    if (linkage.known && linkage.value !== 'static') yield { program, stage };
  }
}

/** An error where the program surely fails to start. `because` tells what else shows that. */
export function misfitReport(misfit: Misfit, message: string, because: readonly Evidence[] = []): Report<Misfit> {
  const { program, stage } = misfit;
  const { artifact, placedBy } = program;
  return {
    span: placedBy,
    message,
    because: [...builtHere(program), ...artifact.linkage.because, ...because, ...stage.end.libc.because],
    data: misfit,
    severity: isCertain(program, stage.end) ? 'error' : 'warning',
    cause: causeOfBuild(artifact),
  };
}

/** Reports programs linked against one libc in an image that has another one. */
export function* onOtherLibc(analysis: Analysis, built: LibcKind, here: LibcKind): Generator<Report<Misfit>> {
  for (const misfit of linkedPrograms(analysis, here)) {
    const { artifact, path } = misfit.program;
    const { linkage, libc } = artifact;
    if (!libc.known || libc.value.kind !== built) continue;
    const message =
      linkage.known && linkage.value === 'cgo'
        ? `The Go program '${path}' is built with cgo against ${built} and will not start on ${here} as soon as it uses net or os/user.`
        : `'${path}' is linked against ${built}, and this image has only ${here}.`;
    const said = misfitReport(misfit, message, libc.because);
    yield mayHoldLoader(misfit.stage.end) ? { ...said, severity: 'warning' } : said;
  }
}

/** Whether files that are not listed were put where the loaders of all C libraries lie. */
function mayHoldLoader(state: StageState): boolean {
  return ['/lib', '/lib64', '/usr/lib', '/usr/lib64'].some((folder) => openFolder(state, `${folder}/ld`) !== null);
}

/** Builds the program so that it loads no libc. */
export function withoutLibc({ program }: Misfit): readonly Fix[] {
  const rebuild = withoutCgo(program);
  return rebuild ? [rebuild] : linkedStatically(program);
}
