import { readShebang, type Shebang } from '../../context/script.js';
import { interpretersOf, missingInterpreter, startedFiles, type StartedFile } from '../../interpret/start-scripts.js';
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

function scriptNote(started: StartedFile, shebang: Shebang): string {
  const path = code(started.path);
  if (shebang.endsInCarriageReturn && !shebang.forgivesReturn)
    return `**It does not start:** the first line of ${path} ends in a carriage return.`;
  const missing = missingInterpreter(started, shebang);
  if (!missing) return `${path} is a script for ${code(interpretersOf(shebang).at(-1) ?? '')}.`;
  return `**It does not start:** ${path} is a script for ${code(missing.program)}, which is not in this image.`;
}
