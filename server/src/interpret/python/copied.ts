import type { Evidence } from '../../fact.js';
import type { Span } from '../../text/span.js';
import type { Stage } from '../state.js';
import { isWithin, pythonAt, type Environment, type Packages } from './places.js';
import type { PythonStart } from './start.js';

/** Packages that were installed elsewhere and copied into the finished stage. */
export type CopiedPackages = {
  /** The directory of the packages. */
  readonly folder: string;
  readonly place: Packages;
  /** The virtual environment they lie in. */
  readonly environment: { readonly root: string; readonly place: Environment } | null;
  /** The instruction that put them there. */
  readonly placedBy: Span;
  readonly because: readonly Evidence[];
};

export function copiedPackages({ end }: Stage): CopiedPackages[] {
  const found: CopiedPackages[] = [];
  for (const [folder, place] of end.python.entries()) {
    if (place.kind !== 'packages') continue;
    const placedBy = copiedBy(place.because);
    if (placedBy)
      found.push({ folder, place, environment: environmentOf(end, folder), placedBy, because: place.because });
  }
  return found.sort((a, b) => a.placedBy.start - b.placedBy.start);
}

/** The instruction that copied what was made before; null for what was made where it is. */
export function copiedBy(because: readonly Evidence[]): Span | null {
  const [first] = because;
  return because.length > 1 && first?.kind === 'instruction' ? first.span : null;
}

export type EnvironmentAt = { readonly root: string; readonly place: Environment };

/** The environment that a directory of packages belongs to. */
export function environmentOf(end: Stage['end'], folder: string): EnvironmentAt | null {
  const root = /^(.+)\/lib(?:64)?\/python3\.\d+\/site-packages$/.exec(folder)?.[1];
  const place = root === undefined ? null : pythonAt(end, root);
  return root !== undefined && place?.kind === 'environment' ? { root, place } : null;
}

/**
 * Whether the start fails as soon as the packages of a directory are not found: a console script that lies beside them,
 * or a server that is known to be no part of Python, by its module.
 */
export function needsPackages({ interpreter, program, words }: PythonStart, root: string | null): boolean {
  if (!interpreter) return root !== null && isWithin(program, root);
  const at = words.findIndex((word) => !word.startsWith('-') || word === '-m');
  return words[at] === '-m' && servers.test(words[at + 1] ?? '');
}

const servers =
  /^(aiohttp|alembic|celery|daphne|fastapi|flask|granian|gunicorn|hypercorn|sanic|streamlit|uvicorn|waitress)(\.|$)/;
