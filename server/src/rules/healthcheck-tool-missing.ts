import { knownAbsent, knownPresent } from '../fact.js';
import { inExecForm } from '../fixes/exec-form.js';
import { basedOn } from '../interpret/bases.js';
import { interpreterName } from '../interpret/interpreters.js';
import { finalUse, type ProcessUse } from '../interpret/processes.js';
import { programFact } from '../interpret/query.js';
import { parseShell } from '../shell/parse.js';
import { literal, unwrap } from '../shell/words.js';
import type { Span } from '../text/span.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

type Data = { readonly use: ProcessUse; readonly words: readonly (string | null)[] };

const tools = (
  'curl wget nc netcat ncat pg_isready redis-cli mysqladmin grpc_health_probe node python python3 bash ps pgrep netstat ' +
  'ss lsof'
).split(' ');

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
    const use = finalUse(analysis, 'healthcheck');
    if (!use) return;
    const called = calledTool(use);
    if (!called || !tools.includes(called.program) || isForOthers(use, called)) return;
    const found = programFact(use.at, called.program);
    if (!knownAbsent(found)) return;
    yield {
      span: called.span,
      message: `HEALTHCHECK runs '${called.program}', which is not in this image.`,
      because: [...basedOn(use.stage), ...found.because],
      data: { use, words: called.words },
    };
  },

  fix: ({ data }, { file }) => [...fetchWithRuntime(data, file.text), ...busyboxWget(data, file.text)],
});

type Called = { readonly program: string; readonly span: Span; readonly words: readonly (string | null)[] };

/** A shell in exec form, and an interpreter that is there but not on PATH, have rules of their own. */
function isForOthers({ body, at }: ProcessUse, { program }: Called): boolean {
  const path = at.runtime.known ? at.runtime.value?.path : null;
  return (body.form === 'exec' && program === 'bash') || path?.endsWith(`/${program}`) === true;
}

/** The first program of the check, where it surely runs and its failure is that of the check. */
function calledTool({ body }: ProcessUse): Called | null {
  if (body.form === 'exec') {
    const [first] = body.words;
    return first ? { program: first.value, span: first.span, words: body.words.map((word) => word.value) } : null;
  }
  const [command] = parseShell(body.text).commands;
  if (!command?.always || !command.decisive) return null;
  const at = unwrap(command.words);
  const words = command.words.slice(at).map((word) => literal(word));
  const [program] = words;
  const span = command.words[at]?.span;
  return program && span ? { program, span, words } : null;
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

/** A request by the interpreter that the image exists for. */
function fetchWithRuntime({ use, words }: Data, text: string): Fix[] {
  const runtime = use.at.runtime.known ? use.at.runtime.value : null;
  const path = runtime?.path;
  const address = addressOf(words);
  if (!path || !address) return [];
  const script = requestOf(interpreterName(path), address);
  // fetch is part of Node.js since version 18.
  const isOld = interpreterName(path) === 'node' && !(parseInt(runtime.version ?? '', 10) >= 18);
  const edits = script && !isOld && inExecForm(use.body, text, [path, ...script]);
  return edits
    ? [{ title: `Check with ${interpreterName(path) === 'node' ? 'Node.js' : 'Python'} itself`, edits }]
    : [];
}

function requestOf(interpreter: string | null, address: string): string[] | null {
  if (interpreter === 'node') {
    return ['-e', `fetch('${address}').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`];
  }
  return interpreter === 'python' ? ['-c', `import urllib.request; urllib.request.urlopen('${address}')`] : null;
}

function busyboxWget({ use, words }: Data, text: string): Fix[] {
  const address = addressOf(words);
  const wget = programFact(use.at, 'wget');
  if (words[0] !== 'curl' || !address || !knownPresent(wget)) return [];
  const edits = inExecForm(use.body, text, ['wget', '-q', '-O', '/dev/null', address]);
  return edits ? [{ title: 'Check with wget, which the image has', edits }] : [];
}
