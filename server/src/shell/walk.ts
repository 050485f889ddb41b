import type {
  AndOr,
  ArithmeticFor,
  Case,
  Command,
  CommandNode,
  CompoundList,
  For,
  Function,
  If,
  Pipeline,
  Select,
  Statement,
  While,
} from 'unbash';
import type { MappedText } from '../text/mapped.js';
import type { SimpleCommand } from './model.js';
import {
  afterOperator,
  badly,
  countNegations,
  leavesBadly,
  leavesWell,
  Outcomes,
  well,
  type Node,
  type Operator,
} from './outcome.js';
import { readCommand, readLoopVariable, readRedirects, readTest, type Circumstances } from './read.js';
import { changeOptions } from './options.js';

/** `isRefused` when a shell would not take the script although the parser did. */
export type Commands = { readonly commands: readonly SimpleCommand[]; readonly isRefused: boolean };

/** The simple commands of a script with the circumstances under which each of them runs. */
export function listCommands(
  statements: readonly Statement[],
  text: MappedText,
  options: { readonly errexit: boolean; readonly pipefail: boolean },
): Commands {
  const walk = new Walk(text, new Outcomes(statements));
  const shell = { ...options, isTrapped: false, exitMatters: true };
  walk.list(statements, { always: true, matters: true, tolerated: false, isolated: false, guards: [], shell });
  return walk;
}

/** One shell process. */
type Shell = {
  errexit: boolean;
  pipefail: boolean;
  /** A trap may give the shell another status. */
  isTrapped: boolean;
  /** The script fails if this shell exits with a failure. */
  readonly exitMatters: boolean;
};

type Place = {
  readonly always: boolean;
  /** The script fails if the last status of this place is a failure, `set -e` left aside. */
  readonly matters: boolean;
  /** `set -e` does not act here: in a condition, behind !, before && and ||. */
  readonly tolerated: boolean;
  readonly isolated: boolean;
  readonly guards: readonly number[];
  readonly shell: Shell;
};

/** More of them would make a long chain cost its length squared. */
const mostGuards = 32;

class Walk {
  readonly commands: SimpleCommand[] = [];
  isRefused = false;

  constructor(
    private readonly text: MappedText,
    private readonly outcomes: Outcomes,
  ) {}

  list(statements: readonly Statement[], place: Place): void {
    let always = place.always;
    statements.forEach(({ command, background }, index) => {
      const matters = place.matters && index === statements.length - 1;
      if (background) return this.apart(command, { ...place, always });
      this.node(command, { ...place, always, matters });
      always = always && goesOn(this.outcomes.of(command), place);
    });
  }

  private node(node: Node, place: Place): void {
    if (node.type === 'AndOr') this.chain(node, place);
    else if (node.type === 'Pipeline') this.pipeline(node, place);
    else this.command(node, place);
  }

  /** In the background or as a coprocess. */
  private apart(node: Node, place: Place): void {
    const shell = { ...place.shell, exitMatters: false };
    this.node(node, { ...place, matters: false, isolated: true, shell });
  }

  private chain(node: AndOr, place: Place): void {
    const failures = this.failures(node, place);
    let guards = place.guards;
    let before = 0;
    node.commands.forEach((command, index) => {
      const isLast = index === node.commands.length - 1;
      const operator = node.operators[index - 1];
      const first = this.commands.length;
      this.node(command, {
        ...place,
        guards,
        always: place.always && surelyReached({ operator, before, isFatal: failures[index] === true }, place),
        matters: isLast ? place.matters : failures[index + 1] === true,
        tolerated: place.tolerated || !isLast,
      });
      before = afterOperator(operator, before, this.outcomes.of(command, operator));
      guards = this.guardsSince(first, guards);
    });
  }

  /** For each operator of a chain, whether the script fails when the status before it is a failure. */
  private failures({ commands, operators }: AndOr, place: Place): boolean[] {
    const fatal: boolean[] = [];
    fatal[commands.length] = place.matters;
    for (let index = commands.length - 1; index > 0; index--) {
      const command = commands[index];
      const isOr = operators[index - 1] === '||';
      const after = fatal[index + 1] === true;
      const isLast = index === commands.length - 1;
      fatal[index] = isOr && command ? this.failsToo(command, place, isLast ? isDecisive(place) : after) : after;
    }
    return fatal;
  }

  /** Whether the command behind || cannot save the script: `|| exit 1`, `|| false`. */
  private failsToo(command: Node, place: Place, failureIsFatal: boolean): boolean {
    const outcome = this.outcomes.of(command, '||');
    if (outcome & (well | leavesWell)) return false;
    if (outcome & leavesBadly && !place.shell.exitMatters) return false;
    return !(outcome & badly) || failureIsFatal;
  }

  private pipeline(node: Pipeline, place: Place): void {
    const negations = countNegations(node);
    const tolerated = place.tolerated || negations > 0;
    const outer = { ...place, tolerated, matters: place.matters && negations % 2 === 0 };
    if (node.commands.length === 1) return node.commands.forEach((command) => this.command(command, outer));
    node.commands.forEach((command, index) => {
      const counts = isDecisive(outer) && (index === node.commands.length - 1 || place.shell.pipefail);
      const shell = { ...place.shell, exitMatters: counts };
      this.command(command, { ...outer, matters: counts, isolated: true, shell });
    });
  }

  private command(node: CommandNode, place: Place): void {
    switch (node.type) {
      case 'Command':
        return this.simple(node, place);
      case 'TestCommand':
      case 'ArithmeticCommand':
        this.commands.push(readTest(node, this.text, circumstances(place)));
        return;
      case 'Redirected':
        this.command(node.command, place);
        this.commands.push(readRedirects(node.redirects, this.text, circumstances(place)));
        return;
      case 'Subshell': {
        const shell = { ...place.shell, exitMatters: isDecisive(place) };
        return this.body(node.body, { ...place, matters: isDecisive(place), isolated: true, shell });
      }
      case 'BraceGroup':
        return this.body(node.body, place);
      case 'If':
        return this.choice(node, place);
      case 'Case':
        return this.cases(node, place);
      case 'Coproc':
        return node.body.type === 'CompoundList'
          ? this.body(node.body, { ...place, always: false, matters: false, isolated: true })
          : this.apart(node.body, place);
      default:
        return this.repeated(node, place);
    }
  }

  private body(list: CompoundList, place: Place): void {
    this.list(list.commands, place);
  }

  private simple(node: Command, place: Place): void {
    // The parser takes `name (word` without the closing parenthesis for a command.
    if (node.name && isParenthesis(this.text.text, node.name.end)) this.isRefused = true;
    const command = readCommand(node, this.text, circumstances(place));
    const [name, argument] = command.words.map(({ raw }) => raw);
    // The shell ends with this status, or with that of what replaces it.
    const isEnd = name === 'exit' || (name === 'exec' && argument !== undefined);
    // To dash, what stands before &> runs in the background.
    const isBackground = command.redirects.some(({ operator }) => operator.startsWith('&>'));
    const decisive = isEnd ? place.shell.exitMatters && !place.shell.isTrapped : command.decisive && !isBackground;
    this.commands.push({ ...command, decisive });
    changeOptions(command, place.shell, place.always);
  }

  /** Behind ;& the commands of the next item follow. */
  private cases({ items }: Case, place: Place): void {
    items.forEach(({ body, terminator }, index) => {
      const isEnd = terminator !== ';&' && terminator !== ';;&';
      const matters = place.matters && (isEnd || index === items.length - 1);
      this.body(body, { ...place, always: false, matters });
    });
  }

  private choice(node: If, place: Place): void {
    let branch = place;
    for (const { clause, then } of [node, ...node.elif]) {
      const first = this.commands.length;
      this.body(clause, { ...branch, matters: false, tolerated: true });
      branch = { ...place, always: false, guards: this.guardsSince(first, branch.guards) };
      this.body(then, branch);
    }
    if (node.else) this.body(node.else, branch);
  }

  /** Bodies that may run any number of times. */
  private repeated(node: While | For | Select | ArithmeticFor | Function, place: Place): void {
    const body = { ...place, always: false, matters: false };
    switch (node.type) {
      case 'While': {
        const first = this.commands.length;
        this.body(node.clause, { ...place, matters: false, tolerated: true });
        return this.body(node.body, { ...body, guards: this.guardsSince(first, place.guards) });
      }
      case 'For':
      case 'Select':
        this.commands.push(readLoopVariable(node, this.text, circumstances(body)));
        return this.body(node.body, body);
      case 'ArithmeticFor':
        return this.body(node.body, body);
      case 'Function': {
        const shell = { errexit: false, pipefail: false, isTrapped: true, exitMatters: false };
        const inside = { ...body, guards: [], shell };
        return node.body.type === 'CompoundList' ? this.body(node.body, inside) : this.command(node.body, inside);
      }
    }
  }

  private guardsSince(first: number, guards: readonly number[]): readonly number[] {
    const room = Math.min(mostGuards - guards.length, this.commands.length - first);
    return room <= 0 ? guards : [...guards, ...Array.from({ length: room }, (_, index) => first + index)];
  }
}

function isParenthesis(text: string, from: number): boolean {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return text[at] === '(';
}

function circumstances(place: Place): Circumstances {
  const { isolated, guards } = place;
  return { always: place.always && !place.shell.isTrapped, decisive: isDecisive(place), isolated, guards };
}

function isDecisive({ matters, tolerated, shell }: Place): boolean {
  return !shell.isTrapped && (matters || (shell.errexit && !tolerated && shell.exitMatters));
}

/** Whether every successful run goes on behind something with this outcome. */
function goesOn(outcome: number, { shell, tolerated }: Place): boolean {
  if (outcome & leavesWell || !(outcome & (well | badly))) return false;
  if (shell.exitMatters) return true;
  return !(outcome & leavesBadly) && !(shell.errexit && !tolerated && outcome & badly);
}

type Step = { readonly operator: Operator; readonly before: number; readonly isFatal: boolean };

/** Whether every successful run comes to the command behind an operator. */
function surelyReached({ operator, before, isFatal }: Step, { shell }: Place): boolean {
  if (operator === undefined) return true;
  if (before & leavesWell || (before & leavesBadly && !shell.exitMatters)) return false;
  if (operator === '||') return (before & (well | badly)) === badly;
  return (before & well) !== 0 && (!(before & badly) || isFatal);
}
