import type { BuildContext } from '../context/context.js';
import { folderOf, joinPath } from '../context/file-tree.js';
import { cgoModule, cgoPackage, isOtherDriver, isPureSqlite, type CgoPackage } from '../context/go/packages.js';
import type { Evidence } from '../fact.js';
import {
  goProgram,
  importEvidence,
  libcImport,
  requiredFor,
  type GoImport,
  type GoProgram,
  type GoSources,
} from './go-program.js';
import { endsAfter, isAlwaysDone } from './go-start.js';
import type { SourceFile } from '../text/source-file.js';
import type { Artifact, CommandStep } from './state.js';

/** A package of C code that a build without cgo leaves out. */
export type LeftOut = {
  readonly path: string;
  readonly left: CgoPackage['left'];
  /** True when the build fails, or the program cannot open its only database. */
  readonly isCertain: boolean;
  readonly because: readonly Evidence[];
};

/** What a build command leaves out because cgo is off; null when it leaves out nothing, or when that is not known. */
export function leftOut({ go, command }: CommandStep): LeftOut | null {
  if (!go?.sources || !go.isOn.known || go.isOn.value) return null;
  const program = goProgram(go.sources);
  const found = program && imported(program);
  if (!found) return null;
  const isOther = found.left === 'stub' && hasOtherSqlite(program, go.sources.context);
  const isCertain = found.isCertain && command.always && command.decisive && !isOther;
  return { ...found, isCertain, because: [...found.because, ...go.isOn.because] };
}

/** A copy in the folder vendor may be another package by that name: that of go-sqlite3 has this file. */
function hasOtherSqlite({ file }: GoProgram, context: BuildContext): boolean {
  const folder = joinPath(folderOf(file.path), 'vendor');
  if (folder === null || context.kind(folder) !== 'directory') return false;
  return context.kind(`${folder}/github.com/mattn/go-sqlite3/static_mock.go`) !== 'file';
}

/** Whether the sources, or what go.mod requires, show C code that the program may need. */
export function mayHoldC(sources: GoSources): boolean {
  const program = goProgram(sources);
  if (!program) return false;
  const imported = [...program.imports.keys()].some((path) => cgoPackage(path) !== null || path === 'C');
  return imported || (!program.isWhole && requiresC(program));
}

/** For which import a Go program is linked dynamically; null where the sources do not decide. */
export function libcReason({ linkage, sources }: Artifact): { readonly path: string; readonly isC: boolean } | null {
  if (sources?.kind !== 'go' || !linkage.because.some(({ kind }) => kind === 'file')) return null;
  const program = goProgram(sources);
  const found = program && libcImport(program);
  return found ? { path: found.path, isC: cgoPackage(found.path) !== null } : null;
}

const gravity: readonly CgoPackage['left'][] = ['nothing', 'name', 'little', 'stub'];

function imported(program: GoProgram): LeftOut | null {
  const found: LeftOut[] = [];
  for (const each of program.imports.values()) {
    const known = cgoPackage(each.path);
    const line = known && requiredFor(program, each.path);
    if (!known || !line || isReplaceable(program, known)) continue;
    const { path, left } = known;
    const isCertain = each.isSure && fails(each, { left, program });
    found.push({ path, left, isCertain, because: [importEvidence(each), line.because] });
  }
  const rank = ({ isCertain, left }: LeftOut): number => (isCertain ? 0 : 10) + gravity.indexOf(left);
  return found.sort((a, b) => rank(a) - rank(b))[0] ?? null;
}

/** Whether the import alone shows that the build or the program fails. */
function fails({ isBlank, file, path }: GoImport, it: { left: CgoPackage['left']; program: GoProgram }): boolean {
  if (it.left === 'nothing') return true;
  if (it.left === 'name') return !isBlank;
  if (it.left === 'little' || [...it.program.imports.keys()].some(isOtherDriver)) return false;
  const connects = path.startsWith('gorm.io/')
    ? /\bsqlite\.Open\(/
    : /\b(Must)?Connect(Context)?\([^"\n]{0,40}"sqlite3"/;
  if (isFatal(connects, file, it.program)) return true;
  return isAlwaysDone(/\b(Must)?Open\([^"\n]{0,40}"sqlite3"/, file, it.program) && isFatal(uses, file, it.program);
}

/** sql.Open makes no connection yet: https://pkg.go.dev/database/sql#Open. */
const uses = /\.(Ping|Exec|Query|Prepare|Begin)\w*\(/;

function isFatal(pattern: RegExp, file: SourceFile, program: GoProgram): boolean {
  return isAlwaysDone(pattern, file, program) && endsAfter(pattern, file);
}

/** Some programs choose between drivers with and without C code. */
function isReplaceable({ imports, mod }: GoProgram, { left }: CgoPackage): boolean {
  if (left !== 'stub') return false;
  return [...imports.keys(), ...mod.requires.keys()].some((path) => isPureSqlite(path) && isUsed(path, mod.requires));
}

function isUsed(path: string, requires: GoProgram['mod']['requires']): boolean {
  return requires.get(path)?.isDirect ?? true;
}

/** Whether a package of the module, perhaps one of this program, imports C code. */
function requiresC({ mod }: GoProgram): boolean {
  return [...mod.requires.values()].some(({ path, isDirect }) => isDirect && cgoModule(path) !== null);
}
