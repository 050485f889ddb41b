import type { StagesRequest } from '../../protocol.js';
import type { Session } from '../session.js';

export async function onStages(_session: Session, _params: StagesRequest['params']): Promise<StagesRequest['result']> {
  return Promise.resolve(null);
}
