import type { BuildContext } from '../context/context.js';
import { knownTrue } from '../fact.js';
import { basedOn } from '../interpret/bases.js';
import { interpreterName, interpreterOf } from '../interpret/interpreters.js';
import { placedAt } from '../interpret/placements.js';
import { finalStage } from '../interpret/processes.js';
import { fileFact, resolvePath } from '../interpret/query.js';
import type { Stage } from '../interpret/state.js';
import type { Cmd, CommandBody } from '../syntax/model.js';
import { insert, replace } from '../text/edit.js';
import { defineRule, dockerfile, type Severity } from './rule.js';

type Data = { readonly instruction: Cmd; readonly body: CommandBody & { form: 'exec' }; readonly java: string };

/** Options of java that take the next word. */
const valued = [
  '-cp',
  '-classpath',
  '--class-path',
  '-p',
  '--module-path',
  '--add-modules',
  '--add-opens',
  '--add-exports',
  '--add-reads',
];

export default defineRule<Data>({
  meta: {
    id: 'java-entrypoint-is-java-jar',
    summary: 'Main class or class path after an ENTRYPOINT of java -jar',
    category: 'start',
    severity: 'error',
    fix: 'safe',
  },

  docs: {
    why:
      'The ENTRYPOINT of the Google Distroless Java images is `java -jar`. The first word of CMD that is not an option is ' +
      'taken for a jar file, and -jar makes Java ignore a class path: "Error: Unable to access jarfile ' +
      'org.springframework.boot.loader.launch.JarLauncher". To start a class, set ENTRYPOINT to java without -jar. ' +
      'JVM options belong before the jar; after it they go to the application.',
    bad: dockerfile`
      FROM gcr.io/distroless/java21-debian13:nonroot
      COPY dependencies/ ./
      CMD ["org.springframework.boot.loader.launch.JarLauncher"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/java21-debian13:nonroot
      COPY dependencies/ ./
      ENTRYPOINT ["/usr/bin/java", "org.springframework.boot.loader.launch.JarLauncher"]
    `,
    references: [
      'https://github.com/GoogleContainerTools/distroless/blob/main/java/README.md',
      'https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage?.end.entrypoint.known || !stage.end.cmd.known) return;
    const entrypoint = stage.end.entrypoint.value;
    const cmd = stage.end.cmd.value;
    const interpreter = interpreterOf(entrypoint);
    if (interpreter?.name !== 'java' || interpreter.options.at(-1) !== '-jar' || entrypoint?.instruction) return;
    const instruction = cmd?.instruction;
    if (cmd?.form !== 'exec' || instruction?.kind !== 'cmd' || instruction.body?.form !== 'exec') return;
    const problem = problemOf(instruction.body);
    if (!problem || isFile(stage, problem.operand, analysis.context)) return;
    yield {
      span: problem.span,
      message: problem.message,
      because: [...basedOn(stage), ...stage.end.entrypoint.because],
      data: { instruction, body: instruction.body, java: interpreter.path },
      severity: problem.severity,
    };
  },

  fix(report) {
    const { instruction, body, java } = report.data;
    const [first] = body.words;
    if (report.severity === 'warning' || !first) return [];
    const keyword = instruction.keyword.text === 'cmd' ? 'entrypoint' : 'ENTRYPOINT';
    const edits = [replace(instruction.keyword.span, keyword), insert(first.span.start, `${JSON.stringify(java)}, `)];
    return [{ title: 'Start the class with ENTRYPOINT', edits }];
  },
});

function problemOf(body: CommandBody & { form: 'exec' }) {
  const { words } = body;
  // `CMD ["java", …]` is wrong for another reason, which has a rule of its own.
  if (interpreterName(words[0]?.value ?? '') === 'java') return null;
  const classPath = words.find((word) => valued.slice(0, 3).includes(word.value));
  const at = firstOperand(words.map((word) => word.value));
  const operand = at === null ? undefined : words[at];
  if (operand && isClassName(operand.value)) {
    const message = `The ENTRYPOINT of the base image is 'java -jar', so the class '${operand.value}' is taken for a jar file.`;
    return { span: operand.span, message, severity: 'error' as Severity, operand: operand.value };
  }
  if (classPath && operand && !/[./]/.test(operand.value)) {
    const message = `The ENTRYPOINT of the base image is 'java -jar', which ignores '${classPath.value}'.`;
    return { span: classPath.span, message, severity: 'error' as Severity, operand: operand.value };
  }
  const late = at === null ? undefined : words.slice(at + 1).find((word) => /^-(X|XX:|D[\w.]+=)/.test(word.value));
  if (!late || !operand || !isJar(operand.value)) return null;
  const message = `The JVM option '${late.value}' stands after the jar file, so it goes to the application.`;
  return { span: late.span, message, severity: 'warning' as Severity, operand: null };
}

/** A jar file may have any name. */
function isFile({ end }: Stage, name: string | null, context: BuildContext): boolean {
  if (name === null || !end.workdir.known) return false;
  const path = resolvePath(end.workdir.value, name);
  return knownTrue(fileFact(end, path)) || placedAt(end, path, context) !== null;
}

function firstOperand(words: readonly string[]): number | null {
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (valued.includes(word)) index++;
    else if (!word.startsWith('-') && !word.startsWith('@')) return index;
  }
  return null;
}

/** com.example.Main, not app.jar and not a path. */
function isClassName(word: string): boolean {
  return /^([A-Za-z_][\w]*\.)+[A-Z][\w$]*$/.test(word);
}

function isJar(word: string): boolean {
  return /\.(jar|war)$/i.test(word);
}
