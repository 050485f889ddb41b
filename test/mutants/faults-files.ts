import { append, both, finalBase, halves, inBuild, inFinal, insert, onBase, withBuilder, type Edit } from './edits.js';
import { apt, google, type Fault } from './fault.js';

const shipped = /^COPY --from=build (\/out\/app|\/src\/target\/\S*release\/app) (\S+)$/m;

/** The named build stage gives a directory to the user of the hardened images. */
const prepared = inBuild(/\n$/, '\nRUN mkdir /data && chown 65532:65532 /data\n', '');

/** Only for files with a stage called build. */
function withBuild(edit: Edit): Edit {
  return (text) => (/ AS build$/m.test(halves(text).head) ? edit(text) : null);
}

export const fileFaults: readonly Fault[] = [
  {
    name: '--chown with a name on an empty scratch',
    rules: ['chown-name-unresolvable'],
    apply: onBase(/^scratch$/, insert('COPY --chown=app:app config.json /config.json')),
  },
  {
    name: '--link with a name in --chown',
    rules: ['chown-name-unresolvable'],
    apply: onBase(google, insert('COPY --link --chown=nonroot:nonroot config.json /config.json')),
  },
  {
    name: '--chown with an account of the builder',
    rules: ['chown-name-unresolvable'],
    apply: onBase(google, insert('COPY --chown=builder config.json /config.json')),
  },
  {
    name: 'USER nonroot by name',
    rules: ['user-not-numeric'],
    apply: onBase(google, insert('USER nonroot')),
  },
  {
    name: 'a number without an account',
    rules: ['numeric-uid-without-passwd-entry'],
    apply: onBase(/distroless\/(nodejs|python|java)/, append('USER 10001')),
  },
  {
    name: 'a low port as another user',
    rules: ['privileged-port-nonroot'],
    apply: onBase(/:nonroot$/, insert('ENV PORT=80')),
  },
  {
    name: 'a low port in EXPOSE',
    rules: ['privileged-port-nonroot'],
    apply: onBase(/:nonroot$/, insert('EXPOSE 443')),
  },
  {
    name: 'a prepared directory without --chown',
    rules: ['copy-from-loses-ownership'],
    apply: withBuild(onBase(/:nonroot$/, both(prepared, insert('COPY --from=build /data /data')))),
  },
  {
    name: 'the program without execute permission',
    rules: ['entrypoint-not-executable'],
    apply: onBase(/^(?!.*(nodejs|python|java))/, inFinal(shipped, 'COPY --from=build --chmod=644 $1 $2', 'ENTRYPOINT')),
  },
  {
    name: 'TZ without its data',
    rules: ['tzdata-missing'],
    apply: onBase(/^scratch$/, insert('ENV TZ=Europe/Berlin')),
  },
  {
    name: '/tmp not there',
    rules: ['scratch-no-tmp'],
    apply: (text) => (finalBase(text) === 'scratch' ? { text, at: 'FROM scratch' } : null),
  },
  {
    name: 'a Go from before nsswitch.conf could be left out',
    rules: ['nsswitch-missing'],
    apply: onBase(/^scratch$/, inBuild(/golang:1\.26-alpine/, 'golang:1.15-alpine', 'FROM scratch')),
  },
  {
    name: 'a library path of one architecture',
    rules: ['hardcoded-arch-library-path'],
    apply: withBuild(
      withBuilder(apt, insert('COPY --from=build /usr/lib/x86_64-linux-gnu/libssl.so.3 /usr/local/lib/')),
    ),
  },
  {
    name: 'a library copied by hand',
    rules: ['hand-copied-libraries'],
    apply: withBuild(onBase(google, insert('COPY --from=build /usr/lib/*-linux-gnu/libcurl.so.4 /usr/lib/'))),
  },
  {
    name: '--link into /lib',
    rules: ['usrmerge-copy-conflict'],
    apply: onBase(/-debian13|trixie/, insert('COPY --link tool.so /lib/')),
  },
  {
    name: 'the root of the build stage over the image',
    rules: ['whole-context-or-rootfs-into-final'],
    apply: withBuild(onBase(/-debian13/, insert('COPY --from=build / /'))),
  },
  {
    name: 'a locale that is not there',
    rules: ['locale-not-available'],
    apply: onBase(/^gcr\S+-debian13|^(debian|ubuntu):/, insert('ENV LANG=de_DE.UTF-8')),
  },
];
