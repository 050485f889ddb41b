import { rootFacts } from '../../interpret/bases.js';
import type { Account } from '../../catalog/model.js';
import { accountFact } from '../../interpret/query.js';
import type { StageState } from '../../interpret/state.js';
import type { Completion, Suggestion } from './model.js';
import type { Place } from './place.js';
import { matches } from './typed.js';

/** The number that the non-root variants of most hardened images use, for user and group. */
const nonroot = 65532;

/**
 * Who a stage may run as, or own files with --chown: accounts that the stage creates, those of its base, a number that
 * needs no account, and root last. An account that is not known to exist is not offered.
 */
export function users({ stage, step, span, typed }: Place): Completion | null {
  const facts = rootFacts(stage);
  if (!step || facts?.isWindows || typed.includes('$')) return null;
  const accounts = accountsOf(step.before).filter(({ uid, name }) => uid !== 0 && name !== 'root');
  const usual = facts?.user.known ? facts.user.value : null;
  const isUsual = ({ uid, name }: Account) =>
    usual !== null && (name === usual.name || (uid !== null && uid === usual.uid));
  const own = accounts.filter(({ isCreated }) => isCreated);
  const given = accounts.filter(({ isCreated }) => !isCreated);
  const items = [
    ...own.flatMap((one) => [named(one), ...numbered(one)]),
    ...given.filter(isUsual).flatMap((one) => [...numbered(one), named(one)]),
    ...given.filter((one) => one.uid === nonroot).flatMap((one) => [...numbered(one), named(one)]),
    ...given.filter(isForServices).map(named),
    item(`${nonroot}:${nonroot}`, 'a number needs no account'),
    rootOf(step.before),
  ];
  const unique = new Map<string, Suggestion>();
  for (const one of items) if (!unique.has(one.text)) unique.set(one.text, one);
  return { span, items: [...unique.values()].filter((one) => matches(typed, one)), isCapped: false };
}

type Known = Account & { readonly isCreated: boolean };

function accountsOf({ accounts }: StageState): Known[] {
  return [...accounts.entries()].flatMap(([, fact]) => {
    if (!fact.known || !fact.value) return [];
    return [{ ...fact.value, isCreated: fact.because.some(({ kind }) => kind === 'instruction') }];
  });
}

/** Accounts below 1000 belong to the distribution, but for those that services run as. */
function isForServices({ uid, name }: Account): boolean {
  return services.has(name) || (uid !== null && uid >= 1000 && uid < 60_000);
}

const services = new Set(
  'haproxy memcache mongodb mysql nginx nobody node postgres rabbitmq redis www-data'.split(' '),
);

function named({ name, uid, isCreated }: Known): Suggestion {
  const origin = isCreated ? 'created in this stage' : 'account of the base image';
  return item(name, uid === null ? origin : `uid ${uid} · ${origin}`);
}

/** The group is only written where it is sure to be the one of that number. */
function numbered({ name, uid }: Known): Suggestion[] {
  if (uid === null) return [];
  return [item(uid === nonroot ? `${uid}:${uid}` : String(uid), `'${name}' as a number`)];
}

/** Every image can run as number 0; the name needs an account, which is there unless it is known to be missing. */
function rootOf(state: StageState): Suggestion {
  const account = accountFact(state, 'root');
  return account.known && account.value === null ? item('0', 'root as a number') : item('root', 'uid 0');
}

function item(text: string, detail: string): Suggestion {
  return { kind: 'user', label: text, text, hint: '', detail, reference: null, isDeprecated: false };
}
