import type { Session } from './session.js';

/** Do one piece of work for one document: a failure is logged and shown in the status, and the fallback is the answer. */
export async function guarded<T>(session: Session, name: string, work: Work<T>): Promise<T> {
  const key = `${name} ${work.uri}`;
  try {
    const result = await work.run();
    session.status.set(key, null);
    return result;
  } catch (error) {
    const isNew = session.status.set(key, `${name} failed: ${error instanceof Error ? error.message : String(error)}`);
    if (isNew) session.connection.console.error(`${name} failed for ${work.uri}: ${describe(error)}`);
    return work.fallback;
  }
}

export type Work<T> = { readonly uri: string; readonly run: () => T | Promise<T>; readonly fallback: T };

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
