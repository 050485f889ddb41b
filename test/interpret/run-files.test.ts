import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facts } from '../support/facts.js';

/** A stage with one RUN of the given script. */
function after(script: string, base = 'alpine:3.20') {
  return facts(`FROM ${base}\nWORKDIR /work\nRUN ${script}`);
}

const files: readonly [script: string, path: string, expected: 'yes' | 'no' | 'unknown'][] = [
  ['touch a', '/work/a', 'yes'],
  ['echo hi > /etc/motd', '/etc/motd', 'yes'],
  ['echo hi >> b', '/work/b', 'yes'],
  ['echo hi 2>/dev/null', '/dev/null', 'unknown'],
  ['mkdir -p /a/b /c', '/a/b', 'yes'],
  ['mkdir -p /a/b', '/a', 'yes'],
  ['cd /tmp && touch a', '/tmp/a', 'yes'],
  ['(cd /tmp && touch a); touch b', '/tmp/a', 'unknown'],
  ['(cd /tmp && touch a); touch b', '/work/b', 'yes'],
  ['(cd /tmp && touch a) && touch b', '/work/b', 'yes'],
  ['(cd /tmp && touch a) && (cd /srv && touch b)', '/srv/b', 'yes'],
  ['cd $(mktemp -d) && touch a', '/work/a', 'unknown'],
  ['touch a && rm a', '/work/a', 'no'],
  ['rm -f /bin/sh', '/bin/sh', 'no'],
  ['rm -rf /opt/x', '/opt/x/y', 'no'],
  ['touch /d/a && rm -rf /d', '/d/a', 'no'],
  ['mkdir /d && rm -rf /d && mkdir /d && touch /d/b', '/d/b', 'yes'],
  ['mkdir /d && touch /d/a && rm -rf /d && mkdir /d', '/d/a', 'no'],
  ['touch a && mv a b', '/work/b', 'yes'],
  ['touch a && mv a b', '/work/a', 'no'],
  ['mkdir /d && touch /d/a && mv /d /e', '/e/a', 'yes'],
  ['mkdir /d && touch /d/a && mv /d /e', '/d/a', 'no'],
  ['touch a && cp a /usr/local/bin', '/usr/local/bin/a', 'yes'],
  ['touch a && cp a /usr/local/bin/b', '/usr/local/bin/b', 'yes'],
  ['touch a b && cp a b /opt', '/opt/b', 'yes'],
  ['cp -t /opt a b', '/opt/a', 'yes'],
  ['mkdir d && touch d/a && cp -r d /e', '/e/a', 'yes'],
  ['cp -r src /e', '/e/x', 'unknown'],
  ['install -m 755 a /usr/local/bin/a', '/usr/local/bin/a', 'yes'],
  ['install -Dm755 a /usr/share/x/a', '/usr/share/x/a', 'yes'],
  ['install -d /x/y', '/x/y', 'yes'],
  ['install -dm755 /x/y', '/x/y', 'yes'],
  ['ln -s /opt/tool/bin/tool /usr/local/bin/tool', '/usr/local/bin/tool', 'yes'],
  ['ln -sf /opt/tool/bin/tool /usr/local/bin/', '/usr/local/bin/tool', 'yes'],
  ['ln -s /opt/tool', '/work/tool', 'yes'],
  ['curl -fsSLo /usr/local/bin/x https://e.com/y', '/usr/local/bin/x', 'yes'],
  ['curl -O https://e.com/d/y', '/work/y', 'yes'],
  ['wget https://e.com/d/y', '/work/y', 'yes'],
  ['wget -qO- https://e.com/d/y', '/work/y', 'unknown'],
  ['wget -P /opt https://e.com/d/y', '/opt/y', 'yes'],
  ['tar -xzf a.tgz -C /opt', '/opt/x', 'unknown'],
  ['git clone https://e.com/a/repo.git', '/work/repo', 'yes'],
  ['git clone --depth 1 https://e.com/a/repo.git /src', '/src', 'yes'],
  ['sh -c "touch /a"', '/a', 'yes'],
  ['["/bin/sh", "-c", "touch /a && touch /b"]', '/b', 'yes'],
  ['["touch", "/a"]', '/a', 'yes'],
  ['test -e /x || touch /a', '/a', 'unknown'],
  ['if [ -e /x ]; then touch /a; fi', '/a', 'unknown'],
  ['touch /a; if [ -e /x ]; then touch /a; fi', '/a', 'yes'],
  ['touch /a && if [ -e /x ]; then rm /a; fi', '/a', 'unknown'],
  ['for f in a b; do touch /$f; done', '/a', 'unknown'],
  ['A=/x && touch $A', '/x', 'yes'],
  ['FILES="/x /y" && touch $FILES', '/y', 'yes'],
  ['true && { touch /a; }', '/a', 'yes'],
];

for (const [script, path, expected] of files) {
  test(`RUN ${script}: ${path} ${expected}`, () => assert.equal(after(script).file(path), expected));
}

test('evidence is the command, not only the RUN', () => {
  const stage = facts(`
    FROM scratch
    RUN touch /a && \\
        touch /b && \\
        rm /a
  `);
  assert.equal(stage.whyFile('/b'), '3');
  assert.equal(stage.whyFile('/a'), '4');
});

test('a RUN heredoc is a script', () => {
  const stage = facts(`
    FROM alpine:3.20
    RUN <<EOF
    touch /a
    apk add curl
    EOF
    RUN bash -e <<EOF
    touch /b
    EOF
    RUN cat <<EOF > /c
    touch /d
    EOF
    RUN <<EOF
    #!/usr/bin/env python3
    open('/e', 'w')
    EOF
  `);
  assert.equal(stage.file('/a'), 'yes');
  assert.equal(stage.packages, 'curl');
  assert.equal(stage.file('/b'), 'yes');
  assert.equal(stage.file('/c'), 'yes');
  assert.equal(stage.file('/d'), 'unknown');
  assert.match(stage.blur, /^12: /);
});

test('variables of the shell last for one RUN, those of a subshell for the subshell', () => {
  const stage = facts(`
    FROM scratch
    RUN D=/one && (D=/two && touch $D/a) && touch $D/b
    RUN touch /$D/c
  `);
  assert.equal(stage.file('/two/a'), 'yes');
  assert.equal(stage.file('/one/b'), 'yes');
  assert.equal(stage.file('/c'), 'yes');
});

test('what was written into a mount is not in the image', () => {
  const stage = facts(`
    FROM golang:1.22-alpine
    RUN --mount=type=cache,target=/cache go build -o /cache/app . && cp /cache/app /app
    RUN --mount=type=tmpfs,target=/tmp touch /tmp/a
    RUN --mount=type=bind,target=/src ls /src
  `);
  assert.equal(stage.file('/cache/app'), 'no');
  assert.equal(stage.linkage('/app'), 'static');
  assert.equal(stage.file('/tmp/a'), 'no');
  assert.equal(stage.file('/src'), 'yes');
});

test('a program that is removed from its folder is not known to be there any more', () => {
  const stage = facts('FROM alpine:3.20\nRUN rm -f /usr/bin/wget /sbin/apk');
  assert.equal(stage.program('wget'), 'unknown');
  assert.equal(stage.packageManager, 'unknown');
  assert.equal(facts('FROM alpine:3.20').program('wget'), 'wget');
});

test('removed shells', () => {
  const stage = facts('FROM debian:12-slim\nRUN rm -f /bin/sh /bin/bash /bin/dash');
  assert.equal(stage.program('/bin/sh'), 'none');
  assert.equal(stage.program('/bin/bash'), 'none');
  assert.equal(stage.program('/usr/bin/bash'), 'none');
});

const understood = [
  'echo hello',
  'npm ci && npm run build',
  'pip install -r requirements.txt',
  'apt-get update && rm -rf /var/lib/apt/lists/*',
  'chmod +x /app && chown -R app /app',
  'set -eux; . /etc/os-release; echo "$VERSION_CODENAME"',
  'tini --version',
  'java -version 2>&1 | head -1',
  'update-ca-certificates',
  'find / -name "*.pyc" | xargs rm -f',
  'adduser -D app',
];

for (const script of understood) {
  test(`RUN ${script} leaves absence known`, () => assert.equal(after(script).blur, 'no'));
}

const strange: readonly [script: string, reason: string][] = [
  ['./install.sh', "3: What './install.sh' adds to the image is not known."],
  ['make install', "3: What 'make' adds to the image is not known."],
  ['curl https://e.com/x | sh', "3: What 'sh' adds to the image is not known."],
  ['$TOOL setup', "3: What 'setup' adds to the image is not known."],
  ['eval "$X"', "3: What 'eval' adds to the image is not known."],
  ['. ./env.sh', "3: What '.' adds to the image is not known."],
  ['case', '3: Parts of this RUN could not be read.'],
  ['dpkg -i x.deb', "3: The files given to 'dpkg' may bring any program."],
];

for (const [script, reason] of strange) {
  test(`RUN ${script} makes absence unknown, and says why`, () => {
    const stage = after(script, 'debian:12-slim');
    assert.equal(stage.blur, reason);
    assert.equal(stage.has('curl'), 'unknown');
    assert.equal(stage.shell, '/bin/sh');
  });
}

test('what is removed after something strange is known to be gone', () => {
  const stage = facts('FROM alpine:3.20\nRUN ./setup && rm -f /bin/sh');
  assert.equal(stage.file('/bin/sh'), 'no');
  assert.equal(facts('FROM alpine:3.20\nRUN rm -f /bin/sh && ./setup').file('/bin/sh'), 'unknown');
});

test('the shell of a Windows image is not read', () => {
  const stage = facts('FROM example.com/x\nSHELL ["powershell", "-Command"]\nRUN touch /a');
  assert.equal(stage.file('/a'), 'unknown');
  assert.equal(stage.blur, '3: What this RUN does is not known.');
});
