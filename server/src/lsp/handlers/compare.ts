import type { CompareRequest } from '../../protocol.js';
import type { Session } from '../session.js';

export async function onCompare(
  _session: Session,
  _params: CompareRequest['params'],
): Promise<CompareRequest['result']> {
  return Promise.resolve(null);
}
