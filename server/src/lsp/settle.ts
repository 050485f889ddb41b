import type { AskedTree } from './asked-tree.js';
import type { OpenDocument } from './documents.js';
import type { Question } from './folder-files.js';
import type { Inspection, View } from './inspect.js';
import type { Session } from './session.js';

/** How often a document is read again because of what the files around it said, and how long all of that may take. */
const mostRounds = 12;
const patience = 1000;

/**
 * The inspection of a document after the files were read that it asks for, and those that these ask for in turn. What
 * is not there in time is as if it could not be read; when it comes after all, the session is told. A document that has
 * changed meanwhile is left as it was.
 */
export async function settle(session: Session, document: OpenDocument, view: View): Promise<Inspection> {
  const { documents } = session;
  let inspection = documents.inspection(document, view);
  const end = Date.now() + patience;
  for (let round = 1; ; round++) {
    const { asked } = inspection;
    if (!asked || isSettled(inspection)) return inspection;
    if (round > mostRounds) break;
    const loaded = asked.files.load(openQuestions(asked));
    void loaded.then((isLate) => session.onFilesRead(isLate));
    const isInTime = await isWithin(loaded, end - Date.now());
    if (!isInTime) asked.files.giveUp();
    if (documents.get(document.uri) !== document) return inspection;
    inspection = documents.inspection(document, view);
    if (!isInTime) return inspection;
  }
  // The rest is read when the documents are looked at again.
  session.onFilesRead(true);
  return inspection;
}

/** True when all that was asked so far is answered, or will not be. */
export function isSettled({ asked }: Inspection): boolean {
  return !asked || openQuestions(asked).length === 0;
}

function openQuestions({ open, files }: AskedTree): readonly Question[] {
  return open.filter((question) => files.isOpen(question));
}

async function isWithin(work: Promise<unknown>, time: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), Math.max(0, time))));
  const isDone = await Promise.race([work.then(() => true), over]);
  clearTimeout(timer);
  return isDone;
}
