import { byInstruction, knownTrue } from '../fact.js';
import { baseName, isWorkshop, lineage, rootFacts, rootStage } from '../interpret/bases.js';
import { lastUser } from '../interpret/end-user.js';
import { portSigns } from '../interpret/ports.js';
import { finalStage, startUses } from '../interpret/processes.js';
import {
  startedCommands,
  startsDevelopment,
  startsProduct,
  startsScript,
  startsToolchain,
} from '../interpret/product.js';
import { pythonStart } from '../interpret/python/start.js';
import { contentFact, startProcess } from '../interpret/query.js';
import { startedFiles } from '../interpret/start-scripts.js';
import type { Analysis, Stage } from '../interpret/state.js';
import type { Dockerfile } from '../syntax/model.js';
import { insert, newlineOf, replace } from '../text/edit.js';
import { lineSpan, indexLines, lineAt } from '../text/lines.js';
import { userOfBase } from './causes.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

export default defineRule<Stage>({
  meta: {
    id: 'final-stage-runs-as-root',
    summary: 'The image starts as root',
    category: 'users',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'A process that runs as uid 0 may write anywhere in its container and has more to attack with when it breaks out. ' +
      'Having no shell does not change the user: the plain tags of Google Distroless start as root, their `:nonroot` ' +
      'tags as 65532. Kubernetes refuses such an image under runAsNonRoot: "container has runAsNonRoot and image will ' +
      'run as root". Images whose base already starts as another user are not reported, nor are those that start a ' +
      'server or a tool which changes the user itself, such as nginx or gosu, or what an application image starts ' +
      'anyway, and functions of AWS Lambda, which has a user of its own.',
    bad: dockerfile`
      FROM gcr.io/distroless/static-debian13
      COPY app /app
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/static-debian13:nonroot
      COPY app /app
      ENTRYPOINT ["/app"]
    `,
    references: [
      'https://docs.docker.com/build/building/best-practices/#user',
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage || isWorkshop(stage) || !startsProduct(stage) || dropsPrivileges(stage) || changesInScript(analysis))
      return;
    const { user } = stage.end;
    if (!user.known || user.value.uid !== 0) return;
    const written = lastUser(stage);
    const { image } = rootStage(stage).syntax.from;
    if (!image) return;
    const at = stage.syntax.from.image ?? image;
    yield {
      span: written?.span ?? at.span,
      message: written
        ? 'The image starts as root, because of this USER.'
        : `The image starts as root, the default user of '${baseName(stage)}'.`,
      because: [
        ...(written ? [] : [byInstruction(image.span, `No USER follows '${baseName(stage)}'.`)]),
        ...user.because,
      ],
      data: stage,
      cause: written ? 'USER' : userOfBase(image.text),
      severity: isForPeople(stage) || startsScript(stage) ? 'information' : 'warning',
    };
  },

  fix({ data: stage }, { file }) {
    if (lastUser(stage) || listensLow(stage, file) || livesInRootHome(stage)) return [];
    return [...nonrootTag(stage), ...userInstruction(stage, file.text)];
  },
});

/** A compiler, a debugger or a server for development is started by developers. */
function isForPeople(stage: Stage): boolean {
  return startsToolchain(stage) || startsDevelopment(stage);
}

const changers = /(^|\/)(gosu|su-exec|setpriv|runuser|su|sudo|s6-setuidgid|s6-svscan|chpst|init)$/;

/** Servers that need root to start and hand the work to processes of another user. */
const servers =
  /(^|\/)(nginx|openresty(-\w+)?|apache2|apache2ctl|apachectl|apache2-foreground|httpd|httpd-foreground|php-fpm[\d.]*|sshd|crond?|supervisord|systemd|dockerd|containerd|postfix|dovecot|named|unbound|dnsmasq|squid|openvpn|keepalived|rsyslogd)$/;

/** Programs that change the user are there to be used; servers of application images change it themselves. */
function dropsPrivileges(stage: Stage): boolean {
  const { end } = stage;
  const process = startProcess(end);
  const { value } = process.known ? process : { value: null };
  if (!value) return true;
  if (value.argv.flatMap((word) => word.split(/\s+/)).some((word) => changers.test(word))) return true;
  if ([value.argv, ...startedCommands(stage)].some(([program = '']) => servers.test(program))) return true;
  if (['gosu', 'su-exec', 's6-overlay'].some((name) => knownTrue(contentFact(end, name)))) return true;
  if ([...end.files.entries()].some(([path, { kind }]) => kind === 'file' && /\/(gosu|su-exec)$/.test(path)))
    return true;
  const facts = rootFacts(stage);
  if (facts && functions.test(facts.name)) return true;
  const isBaseEntrypoint =
    end.entrypoint.known && end.entrypoint.value !== null && end.entrypoint.value.instruction === null;
  return facts?.purpose === 'application' && (isBaseEntrypoint || value.instruction === null);
}

/** The script that is started lies in the build context and calls a program that changes the user. */
function changesInScript(analysis: Analysis): boolean {
  return startedFiles(analysis).some(({ role, placed }) => {
    const text = placed?.kind === 'file' ? placed.file.text : placed?.text.text;
    return role === 'start' && text !== undefined && calledChangers.test(text);
  });
}

const calledChangers =
  /(^|[\s/"'`(])(gosu|su-exec|setpriv|runuser|chpst|s6-setuidgid|capsh|su -|sudo -u|sudo -E -u)(?=[\s"',]|$)/m;

/** AWS Lambda starts every image as a user of its own: "Requirements for container images" in its developer guide. */
const functions = /(^|\/)(lambda|aws-lambda)\//;

/** A port below 1024 may be for root only: another user needs another port. */
function listensLow(stage: Stage, file: Dockerfile): boolean {
  return portSigns(stage, file).some(({ port, by }) => port > 0 && port < 1024 && by !== 'expose');
}

/** What is started lies where only root may enter. */
function livesInRootHome(stage: Stage): boolean {
  const start = pythonStart(stage);
  const places = start ? [start.program, start.environment?.root, start.interpreter?.folder] : [];
  const words = startUses(stage).flatMap(({ argv }) => argv);
  return [...places, ...words].some((path) => path?.startsWith('/root/'));
}

/** The tags of another user have another working directory as well. */
function startsRelative(stage: Stage): boolean {
  const isMoved = lineage(stage).some(({ steps }) => steps.some(({ instruction }) => instruction.kind === 'workdir'));
  return !isMoved && startUses(stage).some(({ argv }) => argv.some((word) => /^[^-/].*[./]/.test(word)));
}

function* nonrootTag(stage: Stage): Iterable<Fix> {
  const { image } = stage.syntax.from;
  const nonroot = stage.base.kind === 'image' ? stage.base.facts?.variants.nonroot : null;
  if (!image || !nonroot || image.text.includes('$') || image.text.includes('@') || startsRelative(stage)) return;
  const tag = nonroot.slice(nonroot.lastIndexOf(':'));
  const colon = image.text.lastIndexOf(':');
  const name = colon > image.text.lastIndexOf('/') ? image.text.slice(0, colon) : image.text;
  yield { title: `Use the tag '${tag.slice(1)}'`, edits: [replace(image.span, `${name}${tag}`)] };
}

/** USER before the first ENTRYPOINT or CMD, after everything that may need root. */
function* userInstruction(stage: Stage, text: string): Iterable<Fix> {
  const own = rootFacts(stage)?.namedUsers.find(
    ({ name, uid }) => uid !== null && uid >= 1000 && uid < 60000 && name !== 'nobody',
  );
  const at = placeForUser(stage, text);
  if (at === null) return;
  const newline = newlineOf(text);
  const title = own ? `Run as '${own.name}' (uid ${own.uid}), a user of the base image` : 'Run as uid 65532';
  const user = own ? `${own.uid}:${own.uid}` : '65532:65532';
  yield { title, edits: [insert(at, `USER ${user}${newline}`)] };
}

/** The start of the line of the first ENTRYPOINT or CMD, comments above it included; null where a RUN follows. */
function placeForUser({ steps }: Stage, text: string): number | null {
  const first = steps.findIndex(
    ({ instruction }) => ['entrypoint', 'cmd'].includes(instruction.kind) && !instruction.isOnbuild,
  );
  const start = steps[first];
  if (!start || steps.slice(first).some(({ instruction }) => instruction.kind === 'run')) return null;
  const lines = indexLines(text);
  let line = lineAt(lines, start.instruction.span.start);
  while (line > 0 && /^[ \t]*#/.test(text.slice(lineSpan(lines, line - 1).start))) line--;
  return lineSpan(lines, line).start;
}
