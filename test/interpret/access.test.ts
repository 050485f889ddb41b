import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeMode, modeMark, ownerBelow, ownerMark } from '../../server/src/interpret/access.js';
import { facts } from '../support/facts.js';

const debian = 'FROM debian:13-slim\n';

/** `name (uid)`, the uid alone, or `?`; a trailing ~ where the directory may have been there before. */
function owner(source: string, path: string, of = ownerMark): string {
  const mark = of(facts(source).state, path);
  if (!mark?.value) return '?';
  const { name, uid } = mark.value;
  const text = name === null ? String(uid) : `${name} (${uid ?? '?'})`;
  return `${text}${mark.isSure ? '' : '~'}`;
}

/** Bits that are surely set and surely not, in octal. */
function mode(source: string, path: string): string {
  const bits = modeMark(facts(source).state, path)?.value;
  return bits ? `+${bits.on.toString(8)} -${bits.off.toString(8)}` : '?';
}

test('COPY gives files to root unless --chown says otherwise', () => {
  assert.equal(owner(`${debian}COPY app.jar /app.jar`, '/app.jar'), '0');
  assert.equal(owner(`${debian}COPY --chown=1000:0 app.jar /app.jar`, '/app.jar'), '1000');
  assert.equal(owner(`${debian}COPY --chown=root app.jar /srv/`, '/srv/app.jar'), 'root (0)');
  assert.equal(owner(`FROM node:24-slim\nCOPY --chown=node:node a.js /app/`, '/app/a.js'), 'node (1000)');
  assert.equal(owner(`${debian}ARG UID=1001\nCOPY --chown=$UID app.jar /app.jar`, '/app.jar'), '1001');
  assert.equal(owner(`${debian}ARG UID\nCOPY --chown=$UID app.jar /app.jar`, '/app.jar'), '?');
});

test('a name that the accounts are known to lack becomes root', () => {
  const base = 'FROM gcr.io/distroless/static-debian13\n';
  assert.equal(owner(`${base}COPY --chown=app app.jar /app.jar`, '/app.jar'), '0');
  assert.equal(owner(`${debian}RUN ./setup\nCOPY --chown=app app.jar /app.jar`, '/app.jar'), 'app (?)');
});

test('COPY of a directory reaches what is in it, and the directory only where COPY makes it', () => {
  assert.equal(owner(`${debian}COPY --chown=7 . /new/`, '/new'), '7');
  assert.equal(owner(`${debian}COPY --chown=7 . /new/`, '/new/some/file'), '7');
  assert.equal(owner(`FROM scratch\nWORKDIR /app\nCOPY --chown=7 . .`, '/app'), '0');
  assert.equal(owner(`FROM scratch\nWORKDIR /app\nCOPY --chown=7 . .`, '/app', ownerBelow), '7');
});

test('WORKDIR belongs to the user of the moment', () => {
  assert.equal(owner('FROM scratch\nWORKDIR /app', '/app'), '0');
  assert.equal(owner('FROM scratch\nUSER 1000\nWORKDIR /app\nUSER 0', '/app'), '1000');
  assert.equal(owner('FROM gcr.io/distroless/static-debian13:nonroot\nWORKDIR /app', '/app'), 'nonroot (65532)~');
  assert.equal(owner(`${debian}WORKDIR /tmp`, '/tmp'), '?');
  assert.equal(owner('FROM registry.example.com/x\nWORKDIR /app', '/app'), '?');
});

test('chown, install and mkdir are followed', () => {
  assert.equal(owner(`${debian}RUN mkdir /data`, '/data'), '0');
  assert.equal(owner(`${debian}RUN mkdir -p /data`, '/data'), '0~');
  assert.equal(owner(`${debian}RUN mkdir -p /data && chown -R 1000:1000 /data`, '/data'), '1000');
  assert.equal(owner(`${debian}RUN chown -R 1000 /data`, '/data/a/b'), '1000');
  assert.equal(owner(`${debian}RUN chown 1000 /data`, '/data/a'), '?');
  assert.equal(owner(`${debian}RUN chown :1000 /data`, '/data'), '?');
  assert.equal(owner(`${debian}RUN useradd -u 1001 app\nRUN chown app.app /data`, '/data'), 'app (1001)');
  assert.equal(owner(`${debian}RUN install -d -o 1000 -g 1000 /data`, '/data'), '1000');
  assert.equal(owner(`${debian}RUN if [ -d /x ]; then chown 1000 /data; fi`, '/data'), '?');
});

test('the newest word counts, and a file written anew is another one', () => {
  assert.equal(owner(`${debian}COPY a.txt /d/a.txt\nRUN chown -R 1000 /d`, '/d/a.txt'), '1000');
  assert.equal(owner(`${debian}RUN chown -R 1000 /d\nCOPY a.txt /d/a.txt`, '/d/a.txt'), '0');
  assert.equal(owner(`${debian}COPY --chown=7 a.txt /a.txt\nRUN cp /b /a.txt`, '/a.txt'), '?');
  assert.equal(owner(`${debian}RUN chown -R 1000 /d\nRUN rm -rf /d`, '/d'), '?');
  assert.equal(owner(`${debian}RUN chown -R 1000 /d && tar xf /x.tar -C /d`, '/d/file'), '?');
});

test('COPY --from keeps owners, but makes the directory itself as root', () => {
  const build = `${debian.replace('\n', ' AS build\n')}RUN mkdir /data /data/sub && chown 1000 /data && chown 1001 /data/sub\n`;
  const copied = `${build}FROM scratch\nCOPY --from=build /data /data`;
  assert.equal(owner(copied, '/data'), '0');
  assert.equal(mode(copied, '/data'), '+755 -22');
  assert.equal(owner(copied, '/data/sub'), '1001');
  assert.equal(owner(copied, '/data/other'), '?');
  assert.equal(owner(`${build}FROM ${debian.slice(5)}COPY --from=build /data /data`, '/data'), '0~');
  assert.equal(owner(`${build}FROM scratch\nCOPY --from=build --chown=7 /data /data`, '/data/sub'), '7');
  assert.equal(owner(`${build}FROM scratch\nCOPY --from=build / /`, '/data'), '1000');
  assert.equal(owner(`${build}FROM scratch\nCOPY --from=build --chown=7 / /`, '/data'), '?');
  assert.equal(owner(`${build}FROM build`, '/data'), '1000');
});

test('COPY --from keeps the owner of a file, and of what lies in a prepared root', () => {
  const build = `${debian.replace('\n', ' AS build\n')}COPY --chown=7 a.txt /out/a.txt\nRUN install -d -o 65532 /out/var/lib/x\n`;
  assert.equal(owner(`${build}FROM scratch\nCOPY --from=build /out/a.txt /b.txt`, '/b.txt'), '7');
  assert.equal(owner(`${build}FROM scratch\nCOPY --from=build /out/a.txt /srv/`, '/srv/a.txt'), '7');
  assert.equal(owner(`${build}FROM scratch\nCOPY --from=build /out/ /`, '/var/lib/x'), '65532');
  assert.equal(owner(`${build}FROM scratch\nCOPY --from=build /out/ /`, '/a.txt'), '7');
  assert.equal(owner(`FROM scratch\nCOPY --from=registry.example.com/x /a.txt /a.txt`, '/a.txt'), '?');
  const deep = `${debian.replace('\n', ' AS build\n')}RUN chown -R 1000 /d && tar xf /x.tar -C /d/sub\n`;
  assert.equal(owner(`${deep}FROM scratch\nCOPY --from=build /d/ /e/`, '/e/file'), '1000');
  assert.equal(owner(`${deep}FROM scratch\nCOPY --from=build /d/ /e/`, '/e/sub/file'), '?');
});

test('COPY --link makes the directories of its destination anew', () => {
  assert.equal(owner('FROM scratch\nWORKDIR /app\nCOPY --link --chown=7 . .', '/app'), '7');
  assert.equal(owner('FROM scratch\nUSER 7\nWORKDIR /app\nCOPY --link a/ .', '/app'), '0');
});

test('modes come from --chmod, chmod, install, and ADD of an address', () => {
  assert.equal(mode(`${debian}COPY --chmod=0755 a.sh /a.sh`, '/a.sh'), '+755 -22');
  assert.equal(mode(`${debian}COPY --chmod=644 a.sh /a.sh\nRUN chmod +x /a.sh`, '/a.sh'), '+755 -22');
  assert.equal(mode(`${debian}COPY a.sh /a.sh\nRUN chmod u+x /a.sh`, '/a.sh'), '+100 -0');
  assert.equal(mode(`${debian}COPY a.sh /a.sh`, '/a.sh'), '?');
  assert.equal(mode(`${debian}ADD https://example.com/tool?x=1 /usr/bin/`, '/usr/bin/tool'), '+600 -177');
  assert.equal(mode(`${debian}ADD --chmod=755 https://example.com/tool /usr/bin/`, '/usr/bin/tool'), '+755 -22');
  assert.equal(mode(`${debian}RUN install -d -m 1777 /t`, '/t'), '+777 -0');
  assert.equal(mode(`${debian}RUN install -m 0644 a /b`, '/b'), '?');
  assert.equal(mode(`${debian}COPY --chmod=644 a.sh /a.sh\nRUN test -x /b || chmod +x /a.sh`, '/a.sh'), '?');
});

test('symbolic modes change just their bits', () => {
  const before = { on: 0o644, off: 0o133 };
  assert.deepEqual(changeMode(before, 'a+x'), { on: 0o755, off: 0o022 });
  assert.deepEqual(changeMode(before, 'go-r,u+x'), { on: 0o700, off: 0o077 });
  assert.deepEqual(changeMode(before, 'u=rwx,g=rx,o='), { on: 0o750, off: 0o027 });
  assert.deepEqual(changeMode(before, 'a=rX'), { on: 0o444, off: 0o222 });
  assert.deepEqual(changeMode(before, 'g=u'), { on: 0o604, off: 0o103 });
  assert.equal(changeMode(before, 'banana'), null);
  assert.deepEqual(changeMode(null, '4755'), { on: 0o755, off: 0o022 });
});
