import { allOf, anyOf, type Truth } from '../truth.js';
import type { Machine } from './wheel.js';

/** Where a condition is asked: CPython on Linux. `minor` of Python 3 is null when it is not known. */
export type MarkerPlace = { readonly minor: number | null; readonly machine: Machine };

/**
 * Whether an environment marker holds; null when that is not known, as for extras.
 * https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers
 */
export function markerHolds(marker: string | null, place: MarkerPlace): Truth {
  if (marker === null || marker.trim() === '') return true;
  if (marker.length > longestMarker) return null;
  const tokens = marker.match(token) ?? [];
  if (marker.replace(token, '').trim() !== '') return null;
  const reading: Reading = { tokens, at: 0, place };
  const result = readOr(reading, 0);
  return reading.at === tokens.length ? result : null;
}

const token = /\(|\)|"[^"]*"|'[^']*'|[<>=!~]+|[\w.]+/g;
const longestMarker = 4000;
const deepest = 40;

type Reading = { readonly tokens: readonly string[]; at: number; readonly place: MarkerPlace };

function readOr(reading: Reading, depth: number): Truth {
  const truths = [readAnd(reading, depth)];
  while (reading.tokens[reading.at] === 'or') {
    reading.at++;
    truths.push(readAnd(reading, depth));
  }
  return anyOf(truths);
}

function readAnd(reading: Reading, depth: number): Truth {
  const truths = [readOne(reading, depth)];
  while (reading.tokens[reading.at] === 'and') {
    reading.at++;
    truths.push(readOne(reading, depth));
  }
  return allOf(truths);
}

function readOne(reading: Reading, depth: number): Truth {
  const token = reading.tokens[reading.at++];
  if (token === '(' && depth < deepest) {
    const truth = readOr(reading, depth + 1);
    if (reading.tokens[reading.at] === ')') reading.at++;
    return truth;
  }
  const left = token ?? '';
  let operator = reading.tokens[reading.at++] ?? '';
  if (operator === 'not') operator += ` ${reading.tokens[reading.at++] ?? ''}`;
  const right = reading.tokens[reading.at++] ?? '';
  return compare({ left, operator, right }, reading.place);
}

type Comparison = { readonly left: string; readonly operator: string; readonly right: string };

function compare({ left, operator, right }: Comparison, place: MarkerPlace): Truth {
  const isTurned = isText(left) && !isText(right);
  const name = isTurned ? right : left;
  const value = unquoted(isTurned ? left : right);
  const asked = isTurned ? (turned[operator] ?? operator) : operator;
  if (name === 'python_version' || name === 'python_full_version')
    return comparePython({ left: name, operator: asked, right: value }, place.minor);
  const own = Object.hasOwn(fixed, name) ? fixed[name] : name === 'platform_machine' ? place.machine : undefined;
  if (own === undefined) return null;
  if (asked === '==' || asked === '===') return own === value;
  if (asked === '!=') return own !== value;
  const isIn = isTurned ? own.includes(value) : value.includes(own);
  return asked === 'in' ? isIn : asked === 'not in' ? !isIn : null;
}

const turned: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

const fixed: Readonly<Record<string, string>> = {
  os_name: 'posix',
  sys_platform: 'linux',
  platform_system: 'Linux',
  platform_python_implementation: 'CPython',
  implementation_name: 'cpython',
};

function isText(token: string): boolean {
  return /^["']/.test(token);
}

function unquoted(token: string): string {
  return token.replace(/^["']|["']$/g, '');
}

/** Only the minor version is known: what the patch version decides is not. */
function comparePython({ left: name, operator, right: value }: Comparison, minor: number | null): Truth {
  if (minor === null) return null;
  if (operator === 'in' || operator === 'not in') {
    const isIn = value.split(/[\s,]+/).includes(`3.${minor}`);
    return name === 'python_version' ? isIn === (operator === 'in') : null;
  }
  const match = /^3\.(\d+)((?:\.(?:\d+|\*))*)$/.exec(value);
  const difference = minor - Number(match?.[1]);
  if (!match || difference !== 0) return match ? ordered(operator, difference) : isAnyThree(operator, value);
  const rest = match[2] ?? '';
  if (rest === '.*') return operator === '==' ? true : operator === '!=' ? false : null;
  if (/[1-9*]/.test(rest)) return null;
  if (operator === '>=') return true;
  if (operator === '<') return false;
  return name === 'python_version' ? ordered(operator, 0) : null;
}

/** Of `>= 3`, `< 4`, `>= 2.7`. */
function isAnyThree(operator: string, value: string): Truth {
  if (operator === '>=' && value === '3') return true;
  if (operator === '<' && value === '3') return false;
  const major = /^(\d+)(\.\d+|\.\*)*$/.exec(value)?.[1];
  return major === undefined || major === '3' ? null : ordered(operator, 3 - Number(major));
}

function ordered(operator: string, difference: number): Truth {
  switch (operator) {
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    case '==':
    case '===':
      return difference === 0;
    case '!=':
      return difference !== 0;
    default:
      return null;
  }
}
