import type { AndOr, Command, CommandNode, CompoundList, Function, Pipeline, Statement } from 'unbash';

export type Node = AndOr | Pipeline | CommandNode;

/** The ways a piece of script may end, as a set of bits: going on with a status, or leaving the shell. */
export type Outcome = number;
export const well = 1;
export const badly = 2;
export const leavesWell = 4;
export const leavesBadly = 8;
const either = well | badly;
const leaves = leavesWell | leavesBadly;

/** What stands before a command of a chain; undefined before the first. */
export type Operator = '&&' | '||' | undefined;

/** `return` leaves its function only. */
const returnsWell = 16;
const returnsBadly = 32;
const returns = returnsWell | returnsBadly;

/** What may become of a node when nothing but its text is known. `set -e` is left to the caller. */
export class Outcomes {
  private readonly seen = new Map<Node | CompoundList, Outcome>();
  private readonly functions = new Map<string, Function>();

  constructor(statements: readonly Statement[]) {
    for (const { command } of statements) {
      if (command.type === 'Function') this.functions.set(command.name.value, command);
    }
  }

  /** Only the four exported bits; outside a function `return` may leave the shell or be refused. */
  of(node: Node, operator?: Operator): Outcome {
    const found = this.behind(operator, node);
    return found & returns ? (found & ~returns) | either | leaves : found;
  }

  /** `exit` and `return` without a number hand on the status that led to them. */
  private behind(operator: Operator, node: Node): Outcome {
    const found = this.node(node);
    if (!operator || node.type !== 'Command' || node.args.length > 0) return found;
    const isLeaving = node.name?.text === 'exit' || node.name?.text === 'return';
    return isLeaving ? found & (operator === '&&' ? leavesWell | returnsWell : leavesBadly | returnsBadly) : found;
  }

  private node(node: Node): Outcome {
    const known = this.seen.get(node);
    if (known !== undefined) return known;
    // A function that calls itself meets this entry.
    this.seen.set(node, either | leaves);
    const found = this.read(node);
    this.seen.set(node, found);
    return found;
  }

  private read(node: Node): Outcome {
    switch (node.type) {
      case 'AndOr':
        return this.chain(node);
      case 'Pipeline':
        return this.pipeline(node);
      case 'Command':
        return this.call(node);
      case 'Redirected': {
        const mayFail = node.redirects.some(({ type, operator }) => type === 'Redirect' && !operator.endsWith('&'));
        return this.node(node.command) | (mayFail ? badly : 0);
      }
      case 'Subshell':
        return contained(this.list(node.body));
      case 'BraceGroup':
        return this.list(node.body);
      case 'If':
        return this.choice([node, ...node.elif], node.else);
      case 'Case':
        return node.items.reduce((all, { body }) => all | this.list(body), well);
      case 'While':
        return either | away(this.list(node.clause)) | away(this.list(node.body));
      case 'For':
      case 'Select':
      case 'ArithmeticFor':
        return either | away(this.list(node.body));
      case 'Function':
      case 'Coproc':
        return well;
      case 'TestCommand':
      case 'ArithmeticCommand':
        return either;
    }
  }

  private list({ commands }: CompoundList): Outcome {
    let all = well;
    for (const { command, background } of commands) {
      if (!(all & either)) break;
      all = away(all) | (background ? well : this.node(command));
    }
    return all;
  }

  private chain({ commands, operators }: AndOr): Outcome {
    return commands.reduce((before, command, index) => {
      const operator = operators[index - 1];
      return afterOperator(operator, before, this.behind(operator, command));
    }, 0);
  }

  private pipeline(node: Pipeline): Outcome {
    const [only, ...others] = node.commands;
    if (!only || others.length > 0) return either;
    const found = this.node(only);
    if (countNegations(node) % 2 === 0) return found;
    return away(found) | (found & well ? badly : 0) | (found & badly ? well : 0);
  }

  private choice(branches: readonly { clause: CompoundList; then: CompoundList }[], rest?: CompoundList): Outcome {
    let all = 0;
    for (const { clause, then } of branches) {
      const condition = this.list(clause);
      all |= away(condition) | (condition & well ? this.list(then) : 0);
      if (!(condition & badly)) return all;
    }
    return all | (rest ? this.list(rest) : well);
  }

  private call({ name, prefix, args, redirects }: Command): Outcome {
    const status = args[0]?.text;
    if (!name) return redirects.length > 0 ? either : this.set(prefix);
    const made = this.functions.get(name.value);
    if (made) return this.body(made);
    switch (name.value) {
      case ':':
      case 'true':
      case 'set':
        return redirects.length > 0 ? either : well;
      case 'false':
        return badly;
      case 'exit':
        return choose(status, leavesWell, leavesBadly);
      case 'return':
        return choose(status, returnsWell, returnsBadly);
      case 'exec':
        return status === undefined ? either : leaves;
      default:
        return either;
    }
  }

  /** An assignment has the status of the command substitution in it. */
  private set(assignments: Command['prefix']): Outcome {
    return assignments.some((one) => one.type !== 'Assignment' || /\$\(|`/.test(one.text)) ? either : well;
  }

  private body({ body }: Function): Outcome {
    const found = body.type === 'CompoundList' ? this.list(body) : this.node(body);
    const ended = found & ~returns;
    return ended | (found & returnsWell ? well : 0) | (found & returnsBadly ? badly : 0);
  }
}

/** The outcome of a chain once the command behind `operator` has had its turn; undefined for its first command. */
export function afterOperator(operator: Operator, before: Outcome, command: Outcome): Outcome {
  if (operator === undefined) return command;
  const [runs, skips] = operator === '&&' ? [well, badly] : [badly, well];
  return away(before) | (before & skips) | (before & runs ? command : 0);
}

export function countNegations({ prefixes }: Pipeline): number {
  return prefixes.filter(({ type }) => type === 'Negation').length;
}

function away(outcome: Outcome): Outcome {
  return outcome & ~either;
}

/** A subshell ends where it is left. */
function contained(outcome: Outcome): Outcome {
  return (
    (outcome & (well | leavesWell | returnsWell) ? well : 0) |
    (outcome & (badly | leavesBadly | returnsBadly) ? badly : 0)
  );
}

function choose(status: string | undefined, good: Outcome, bad: Outcome): Outcome {
  if (status === '0') return good;
  const isBad = /^[1-9]\d{0,2}$/.test(status ?? '') && Number(status) < 256;
  return isBad ? bad : good | bad;
}
