import { parse, type AndOr, type CommandNode, type CompoundList, type Pipeline, type Statement } from 'unbash';
import { toSourceSpan, type MappedText } from '../text/mapped.js';
import type { Script, SimpleCommand } from './model.js';
import { readCommand } from './read.js';

const longest = 200_000;

export function parseShell(text: MappedText): Script {
  if (text.text.length > longest) return { commands: [], plain: false };
  try {
    const tree = parse(text.text);
    const walk = new Walk(text);
    walk.list(tree.commands, { always: true, decisive: true, isolated: false, guards: [] });
    return { commands: walk.commands, plain: (tree.errors ?? []).length === 0 };
  } catch {
    return { commands: [], plain: false };
  }
}
type Place = { always: boolean; decisive: boolean; isolated: boolean; guards: readonly number[] };

class Walk {
  readonly commands: SimpleCommand[] = [];
  private errexit = false;
  private pipefail = false;
  constructor(private readonly text: MappedText) {}

  list(statements: readonly Statement[], place: Place): void {
    statements.forEach((statement, index) => {
      const isLast = index === statements.length - 1;
      const inner = { ...place, isolated: place.isolated || statement.background === true, decisive: place.decisive && !statement.background && (isLast || this.errexit) };
      this.node(statement.command, inner);
    });
  }
  node(node: AndOr | Pipeline | CommandNode, place: Place): void {
    if (node.type === 'AndOr') return this.andOr(node, place);
    if (node.type === 'Pipeline') return this.pipeline(node, place);
    this.command(node, place);
  }
  andOr(node: AndOr, place: Place): void {
    let guards = place.guards;
    let uncertain = false;
    node.commands.forEach((command, index) => {
      const before = node.operators[index - 1];
      const laterOr = node.operators.slice(index).includes('||');
      if (before === '||') uncertain = true;
      const first = this.commands.length;
      this.node(command, { ...place, guards, always: place.always && !uncertain && !(index > 0 && laterOr), decisive: place.decisive && !laterOr && before !== '||' });
      guards = [...guards, ...Array.from({ length: this.commands.length - first }, (_, i) => first + i)];
    });
  }
  pipeline(node: Pipeline, place: Place): void {
    const negated = node.prefixes.some((prefix) => prefix.type === 'Negation');
    const many = node.commands.length > 1;
    node.commands.forEach((command, index) => {
      const isLast = index === node.commands.length - 1;
      this.node(command, { ...place, isolated: place.isolated || many, decisive: place.decisive && !negated && (isLast || this.pipefail) });
    });
  }
  private body(list: CompoundList, place: Place): void { this.list(list.commands, place); }
  command(node: CommandNode, place: Place): void {
    const maybe = { ...place, always: false, decisive: false };
    const tolerated = { ...place, decisive: false };
    switch (node.type) {
      case 'Command': {
        const command = readCommand(node, this.text, place);
        this.commands.push(command);
        this.options(command, place);
        return;
      }
      case 'Redirected': return this.command(node.command, place);
      case 'Subshell': return this.body(node.body, { ...place, isolated: true });
      case 'BraceGroup': return this.body(node.body, place);
      case 'If': {
        const from = this.commands.length;
        this.body(node.clause, tolerated);
        const guards = [...place.guards, ...Array.from({ length: this.commands.length - from }, (_, i) => from + i)];
        this.body(node.then, { ...maybe, guards });
        for (const elif of node.elif) { this.body(elif.clause, { ...maybe, guards }); this.body(elif.then, { ...maybe, guards }); }
        if (node.else) this.body(node.else, { ...maybe, guards });
        return;
      }
      case 'While': this.body(node.clause, tolerated); return this.body(node.body, maybe);
      case 'For': case 'Select': case 'ArithmeticFor': return this.body(node.body, maybe);
      case 'Case': for (const item of node.items) this.body(item.body, maybe); return;
      case 'Function': { const b = node.body; if (b.type === 'CompoundList') this.body(b, maybe); else this.command(b, maybe); return; }
      case 'Coproc': case 'TestCommand': case 'ArithmeticCommand': return;
    }
  }
  private options(command: SimpleCommand, place: Place): void {
    const words = command.words.map((word) => word.raw);
    if (words[0] !== 'set' || !place.always || place.isolated) return;
    if (words.slice(1).some((word) => /^-[a-z]*e/.test(word) || word === 'errexit')) this.errexit = true;
    if (words.includes('pipefail')) this.pipefail = true;
  }
}
export { toSourceSpan };
