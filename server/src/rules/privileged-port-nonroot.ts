import { isWorkshop, rootFacts } from '../interpret/bases.js';
import { nonrootUser } from '../interpret/end-user.js';
import { portSigns, type PortSign } from '../interpret/ports.js';
import { finalStage } from '../interpret/processes.js';
import type { Analysis } from '../interpret/state.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<PortSign>({
  meta: {
    id: 'privileged-port-nonroot',
    summary: 'A port below 1024 in an image that does not run as root',
    category: 'users',
    severity: 'warning',
    fix: 'none',
  },

  docs: {
    why:
      'Listening below port 1024 takes a capability that a process of another user than root does not have: "listen tcp ' +
      ':80: bind: permission denied". Docker since 20.10 and containerd since 2.0 lift the limit inside their ' +
      'containers, so it works on the laptop and fails where the runtime leaves it in place, as CRI-O and older ' +
      'containerd do. Listen on a high port and map the low one from outside. EXPOSE alone only says which port is ' +
      'meant, and is told as information.',
    bad: dockerfile`
      FROM gcr.io/distroless/static-debian13:nonroot
      COPY app /app
      ENTRYPOINT ["/app", "--port=80"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/static-debian13:nonroot
      COPY app /app
      ENTRYPOINT ["/app", "--port=8080"]
    `,
    references: [
      'https://docs.kernel.org/networking/ip-sysctl.html',
      'https://github.com/moby/moby/pull/41030',
      'https://github.com/cri-o/cri-o/issues/10050',
      'https://github.com/dotnet/dotnet-docker/issues/3796',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage || isWorkshop(stage) || !nonrootUser(stage) || setsCapability(analysis)) return;
    const low = portSigns(stage, analysis.file).filter(({ port }) => port > 0 && port < 1024);
    const sign = low.at(-1);
    if (!sign || (sign.by === 'expose' && rootFacts(stage)?.purpose === 'application')) return;
    const isDocumented = sign.by === 'expose';
    yield {
      span: sign.span,
      message: isDocumented
        ? `The image does not run as root, which may keep it from listening on port ${sign.port}.`
        : `The image does not run as root, so listening on port ${sign.port} fails where low ports are restricted.`,
      because: stage.end.user.because,
      data: sign,
      severity: isDocumented ? 'information' : 'warning',
    };
  },
});

/** A program may have been given the right; COPY keeps it. */
function setsCapability({ file }: Analysis): boolean {
  return file.text.includes('setcap') || file.text.includes('cap_net_bind_service');
}
