import type { Connection } from 'vscode-languageserver';
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

/** The same notification handler, whose failures are logged: nobody waits for its result. */
export function logged<P>(connection: Connection, handle: (params: P) => void | Promise<void>) {
  return async (params: P): Promise<void> => {
    try {
      await handle(params);
    } catch (error) {
      connection.console.error(`A notification could not be followed: ${describe(error)}`);
    }
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
