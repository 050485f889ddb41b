import { flagOf } from '../fixes/copy-flags.js';
import { rootFacts } from '../interpret/bases.js';
import { needsNoList } from '../interpret/certificates.js';
import { placedPrograms, type PlacedProgram } from '../interpret/placed.js';
import { startsProduct } from '../interpret/product.js';
import { contentFact, startProcess } from '../interpret/query.js';
import type { Analysis, Stage, StageState } from '../interpret/state.js';
import { certificates, copiedFrom, goOnScratch, lackOf, stagesWith } from './missing-file.js';
import { defineRule, type Severity } from './rule.js';

export default defineRule<Stage>({
  meta: {
    id: 'scratch-no-ca-certs',
    summary: 'No CA certificates in the image',
    category: 'files',
    severity: 'warning',
    fix: 'safe',
  },

  docs: {
    why:
      'Without a list of certificate authorities a program cannot check any TLS certificate: its first HTTPS request ' +
      'fails with "x509: certificate signed by unknown authority". scratch holds no files at all, and BusyBox, Debian ' +
      'and Ubuntu base images come without the list too. Copy it from a stage that has it, or install ca-certificates; ' +
      'a program that makes no outgoing TLS connection, or that carries its own list, does not need it. Not reported where ' +
      'the sources of a Go program or Cargo.lock show that; told as information where the program was not built in ' +
      'Go or Rust in this file, as nothing shows then that it uses TLS.',
    bad: goOnScratch({ copied: [] }),
    good: goOnScratch(),
    references: [
      'https://docs.docker.com/build/building/base-images/',
      'https://pkg.go.dev/crypto/x509#SystemCertPool',
    ],
  },

  *check(analysis) {
    const lack = lackOf(analysis, (end) => contentFact(end, 'ca-certificates'));
    if (!lack) return;
    const { stage, image, because } = lack;
    if (!startsProduct(stage) || carriesFile(stage) || setsCertificates(stage.end)) return;
    const { libc } = stage.end;
    const started = placedPrograms(stage).filter(({ isStarted }) => isStarted);
    if (started.some(({ artifact }) => needsNoList(artifact))) return;
    const isBare = libc.known && libc.value.kind === 'none';
    // Node.js and Java bring a list of their own; a native program looks for the system's.
    if (!isBare && !started.some(({ artifact }) => artifact.language)) return;
    const severity: Severity =
      isBare && (started.some(mayRequest) || takesFromCompiler(stage, analysis)) ? 'warning' : 'information';
    yield {
      span: image.span,
      message:
        'This image has no CA certificates: a program that relies on the system for them cannot verify TLS connections.',
      because,
      data: stage,
      severity,
    };
  },

  fix({ data: stage }, analysis) {
    const source = stagesWith('ca-certificates', analysis).findLast(keepsOneFile);
    if (!source) return [];
    return [copiedFrom({ from: source, to: stage, path: certificates, title: 'the CA certificates' }, analysis)];
  },
});

/** A WebAssembly module or an Android package is run by something outside the image, with that one's certificates. */
function carriesFile({ end }: Stage): boolean {
  const process = startProcess(end);
  return process.known && /\.(wasm|apk)$/.test(process.value?.argv[0] ?? '');
}

/** Go and Rust bring their own TLS and look for the list; of other programs nothing shows that they use TLS. */
function mayRequest({ artifact }: PlacedProgram): boolean {
  const isLinked = artifact.libraries?.some((name) => /^-?l?(ssl|curl)|openssl|libssl|libcurl/.test(name)) ?? false;
  return artifact.language === 'go' || artifact.language === 'rust' || isLinked;
}

/** A Makefile or script of a builder on the image of Go or Rust builds a program of that language. */
function takesFromCompiler(stage: Stage, { sources }: Analysis): boolean {
  return stage.steps.some(({ instruction }) => {
    const from = instruction.kind === 'copy' ? flagOf(instruction, 'from') : undefined;
    const source = from && sources.get(from.valueSpan.start);
    return source?.kind === 'stage' && /^(golang|rust)$/.test(rootFacts(source.stage)?.name ?? '');
  });
}

function setsCertificates({ env }: StageState): boolean {
  return ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'].some(
    (name) => env.get(name) !== undefined,
  );
}

/** Debian, Ubuntu, Alpine and Wolfi all keep the list in one file of the same name. */
function keepsOneFile({ end: { os } }: Stage): boolean {
  return os.known && ['debian', 'ubuntu', 'alpine', 'wolfi'].includes(os.value?.id ?? '');
}
