import { bringsCertificates, isStandard, speaksTls } from '../context/go/packages.js';
import { goProgram, type GoProgram } from './go-program.js';
import { declaresList } from './rust-crates.js';
import { lockedCrate } from './rust-sources.js';
import type { Artifact } from './state.js';

/** Whether the sources show that a program carries a list of certificate authorities, or that it speaks no TLS. */
export function needsNoList({ sources }: Artifact): boolean {
  if (sources?.kind === 'go') {
    const program = goProgram(sources);
    return program !== null && (carriesList(program) || isWithoutTls(program));
  }
  if (sources?.kind !== 'rust') return false;
  const list = lockedCrate(sources, ...ownLists);
  return list === undefined ? declaresList(sources) : Boolean(list) || lockedCrate(sources, ...tlsCrates) === null;
}

/** Mozilla's list as a package. */
const ownLists = ['webpki-roots', 'webpki-root-certs'];

/** Crates that speak TLS, or link a library that does. */
const tlsCrates = (
  'rustls openssl openssl-sys native-tls boring boring-sys aws-lc-sys s2n-tls-sys s2n-tls curl-sys mbedtls gnutls-sys ' +
  'wolfssl-sys schannel security-framework librdkafka-sys rdkafka-sys pq-sys mysqlclient-sys libgit2-sys grpcio-sys'
).split(' ');

function carriesList({ imports }: GoProgram): boolean {
  return [...imports.values()].some(({ path, isSure }) => isSure && bringsCertificates(path));
}

/** All that is imported is Go's own, and at most a server of HTTP is made of it. */
function isWithoutTls({ imports, isWhole, files }: GoProgram): boolean {
  const isPlain = [...imports.keys()].every(
    (path) => isStandard(path) && (!speaksTls(path) || serverPackages.has(path)),
  );
  return isWhole && isPlain && !files.some(({ text }) => client.test(text));
}

/** With these a program makes no TLS connection of its own, but for the client of net/http. */
const serverPackages = new Set(
  'net net/http net/http/pprof net/textproto net/mail expvar mime/multipart archive/tar os/user'.split(' '),
);

/** The client of net/http, and the package under another name. */
const client =
  /\bhttp\.(Get|Head|Post|PostForm)\b|\b(Default)?(Client|Transport)\b|\bNewRequest|\bListenAndServeTLS|(^|\s)(?!import\b)[\w.]+[ \t]+"net\/http"/m;
