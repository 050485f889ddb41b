import { envProgram, readShebang, type Shebang } from '../../context/script.js';
import { knownAbsent } from '../../fact.js';
import { programFact } from '../../interpret/query.js';
import { startedFiles, type StartedFile } from '../../interpret/start-scripts.js';
import type { Stage } from '../../interpret/state.js';
import { code } from './markdown.js';
import type { View } from './view.js';

/** Who runs the scripts that the final image starts, by their first lines, and whether that is in the image. */
export function scriptNotes(stage: Stage, role: StartedFile['role'], { analysis }: View): string[] {
  if (!stage.isFinal) return [];
  return startedFiles(analysis).flatMap((started) => {
    const { placed } = started;
    if (started.role !== role || placed?.kind !== 'file' || !placed.isSure) return [];
    const shebang = readShebang(placed.file.text);
    return shebang ? [scriptNote(started, shebang)] : [];
  });
}

function scriptNote({ path, at }: StartedFile, shebang: Shebang): string {
  if (shebang.endsInCarriageReturn)
    return `**It does not start:** the first line of ${code(path)} ends in a carriage return.`;
  const programs = [shebang.interpreter, envProgram(shebang)].filter((program) => program !== null);
  const missing = programs.find((program) => knownAbsent(programFact(at, program)));
  return missing === undefined
    ? `${code(path)} is a script for ${code(programs.at(-1) ?? '')}.`
    : `**It does not start:** ${code(path)} is a script for ${code(missing)}, which is not in this image.`;
}
