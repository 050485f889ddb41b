import type { Account } from '../catalog/model.js';
import { byInstruction, known } from '../fact.js';
import { putAccount, putContent, type Cause } from './effects.js';
import type { StageState } from './state.js';
import { putEntry } from './tree.js';
import { Versioned } from './versioned.js';

const mostLines = 1000;

/** Lines written to /etc/passwd: in place of all that was there, or behind it. */
export function writePasswd(before: StageState, lines: string, how: { by: Cause; appends: boolean }): StageState {
  const { by, appends } = how;
  const because = [by.evidence];
  const written = { because, artifact: null, unlisted: 'nothing', kind: by.certain ? 'file' : 'unknown' } as const;
  const state = putContent(putEntry(before, '/etc/passwd', written), 'passwd', { present: true, by });
  const accounts = readPasswd(lines);
  const isWhole = !appends && by.certain;
  const from: StageState = isWhole
    ? { ...state, accounts: Versioned.empty(), closed: { ...state.closed, accounts: known(true, by.evidence) } }
    : state;
  return accounts.reduce((next, account) => {
    const { evidence, certain } = by;
    const span = evidence.kind === 'instruction' ? evidence.span : { start: 0, end: 0 };
    return putAccount(next, account, { certain, evidence: byInstruction(span, `Writes the user '${account.name}'.`) });
  }, from);
}

/** `name:password:uid:gid:comment:home:shell` */
function readPasswd(lines: string): Account[] {
  return lines.split('\n', mostLines).flatMap((line) => {
    const match = /^\s*([A-Za-z_][\w.-]*):[^:]*:(\d{1,10}):/.exec(line);
    return match?.[1] ? [{ name: match[1], uid: Number(match[2]) }] : [];
  });
}
