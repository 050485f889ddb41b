import { byInstruction, knownAbsent } from '../fact.js';
import { execForm } from '../fixes/exec-form.js';
import { interpreterName } from '../interpret/interpreters.js';
import { finalStage, programOf, startUses, type ProcessUse } from '../interpret/processes.js';
import { programFact } from '../interpret/query.js';
import { parseShell } from '../shell/parse.js';
import { literal, unwrap } from '../shell/words.js';
import { replace } from '../text/edit.js';
import type { Span } from '../text/span.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

type Data = { readonly use: ProcessUse; readonly words: readonly (string | null)[] };

const tools = [
  'curl',
  'wget',
  'nc',
  'netcat',
  'ncat',
  'pg_isready',
  'redis-cli',
  'mysqladmin',
  'grpc_health_probe',
  'node',
  'python',
  'python3',
  'bash',
  'ps',
  'pgrep',
  'netstat',
  'ss',
  'lsof',
];

export default defineRule<Data>({
  meta: {
    id: 'healthcheck-tool-missing',
    summary: 'HEALTHCHECK runs a tool that the image lacks',
    category: 'health',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'The check runs inside the container, with the programs of the image. A missing one fails every time (exec: ' +
      '"curl": executable file not found in $PATH, or /bin/sh: curl: not found), and the container is unhealthy for ' +
      'good although the service runs. Let the program check itself (a `healthcheck` subcommand, or a request from the ' +
      'interpreter that is there), use what the image has (BusyBox wget on Alpine), or leave the check to the ' +
      'orchestrator.',
    bad: dockerfile`
      FROM gcr.io/distroless/nodejs24-debian13:nonroot
      WORKDIR /app
      COPY server.js .
      HEALTHCHECK CMD ["curl", "-f", "http://localhost:3000/health"]
      CMD ["server.js"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/nodejs24-debian13:nonroot
      WORKDIR /app
      COPY server.js .
      HEALTHCHECK CMD ["/nodejs/bin/node", "-e", "fetch('http://localhost:3000/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
      CMD ["server.js"]
    `,
    references: [
      'https://docs.docker.com/reference/dockerfile/#healthcheck',
      'https://github.com/GoogleContainerTools/distroless/issues/183',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    const use = stage && startUses(stage).find(({ role }) => role === 'healthcheck');
    if (!stage || !use) return;
    // Without a shell the shell form itself is the problem, and another rule says so.
    if (use.body.form === 'shell' && knownAbsent(programOf(use))) return;
    const called = calledTool(use);
    if (!called || !tools.includes(called.program)) return;
    const found = programFact(stage.end, called.program);
    if (!knownAbsent(found)) return;
    const base = stage.syntax.from.image;
    yield {
      span: called.span,
      message: `HEALTHCHECK runs '${called.program}', which is not in this image.`,
      because: base
        ? [byInstruction(base.span, `The stage is based on '${base.text}'.`), ...found.because]
        : found.because,
      data: { use, words: called.words },
    };
  },

  fix: ({ data }) => [...fetchWithNode(data), ...busyboxWget(data)],
});

type Called = { readonly program: string; readonly span: Span; readonly words: readonly (string | null)[] };

/** The first program of the check, where it surely runs and nothing replaces it when it fails. */
function calledTool({ body }: ProcessUse): Called | null {
  if (body.form === 'exec') {
    const [first] = body.words;
    return first ? { program: first.value, span: first.span, words: body.words.map((word) => word.value) } : null;
  }
  const { commands, plain } = parseShell(body.text);
  const [command, second] = commands;
  if (!plain || !command?.always || (second && !isExit(second.words.map((word) => literal(word))))) return null;
  const at = unwrap(command.words);
  const words = command.words.slice(at).map((word) => literal(word));
  const [program] = words;
  const span = command.words[at]?.span;
  return program && span ? { program, span, words } : null;
}

function isExit(words: readonly (string | null)[]): boolean {
  return words[0] === 'exit' || words[0] === 'false' || words[0] === 'kill';
}

/** The address of a plain `curl -f http://…` or `wget -q --spider http://…`. */
function addressOf(words: readonly (string | null)[]): string | null {
  const [program, ...rest] = words;
  if (program !== 'curl' && program !== 'wget') return null;
  const address = rest.filter((word) => word === null || !word.startsWith('-'));
  const options = rest.filter((word) => word?.startsWith('-'));
  const simple = options.every((word) =>
    /^-[fsSLqkO]+-?$|^--(fail|silent|show-error|location|spider|quiet|no-verbose|tries=\d+)$/.test(word ?? ''),
  );
  const [only] = address;
  return simple && address.length === 1 && only && /^https?:\/\/[^'"\\$`\s]+$/.test(only) ? only : null;
}

function* fetchWithNode({ use, words }: Data): Iterable<Fix> {
  const { runtime } = use.at;
  const path = runtime.known ? runtime.value?.path : null;
  const version = Number(/^\d+/.exec((runtime.known ? runtime.value?.version : null) ?? '')?.[0] ?? 0);
  const address = addressOf(words);
  // fetch is part of Node.js since version 18.
  if (!path || interpreterName(path) !== 'node' || version < 18 || !address) return;
  const script = `fetch('${address}').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`;
  yield { title: 'Check with Node.js itself', edits: [replace(use.body.span, execForm([path, '-e', script]))] };
}

function* busyboxWget({ use, words }: Data): Iterable<Fix> {
  const address = addressOf(words);
  const wget = programFact(use.at, 'wget');
  if (words[0] !== 'curl' || !address || !wget.known || wget.value === null) return;
  const command = ['wget', '-q', '-O', '/dev/null', address];
  const text = use.body.form === 'exec' ? execForm(command) : `${command.join(' ')} || exit 1`;
  yield { title: 'Check with wget, which the image has', edits: [replace(use.body.span, text)] };
}
