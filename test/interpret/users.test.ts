import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facts } from '../support/facts.js';

/** Commands that make the account `app`, with the uid that shows. */
const creations: readonly [base: string, script: string, account: string][] = [
  ['debian:12-slim', 'useradd app', 'app ?'],
  ['debian:12-slim', 'useradd -u 1001 app', 'app 1001'],
  ['debian:12-slim', 'useradd --uid 1001 --create-home --shell /bin/bash app', 'app 1001'],
  ['debian:12-slim', 'useradd --uid=1001 -r app', 'app 1001'],
  ['debian:12-slim', 'useradd -ms /bin/bash app', 'app ?'],
  ['debian:12-slim', 'useradd app -ms /bin/bash', 'app ?'],
  ['debian:12-slim', 'useradd -rmu 1001 app', 'app 1001'],
  ['debian:12-slim', 'useradd -u1001 -g0 app', 'app 1001'],
  ['debian:12-slim', 'groupadd -g 1001 app && useradd -u 1001 -g app app', 'app 1001'],
  ['debian:12-slim', 'groupadd -r app && useradd -r -g app -d /home/app -s /sbin/nologin -c "The app" app', 'app ?'],
  ['debian:12-slim', 'adduser --disabled-password --gecos "" app', 'app ?'],
  ['debian:12-slim', 'adduser --system --group --uid 1001 app', 'app 1001'],
  [
    'debian:12-slim',
    'adduser --disabled-password --gecos "" --home /app --shell /sbin/nologin --no-create-home --uid 10001 app',
    'app 10001',
  ],
  ['debian:12-slim', '/usr/sbin/useradd app', 'app ?'],
  ['alpine:3.20', 'adduser -D app', 'app ?'],
  ['alpine:3.20', 'adduser -D -u 1001 app', 'app 1001'],
  ['alpine:3.20', 'adduser -D -H -s /sbin/nologin -G staff -u 1001 app', 'app 1001'],
  ['alpine:3.20', 'addgroup -S app && adduser -S -G app app', 'app ?'],
  ['alpine:3.20', 'addgroup -S app && adduser -S app -G app', 'app ?'],
  ['alpine:3.20', 'adduser -Du 1001 app', 'app 1001'],
  ['alpine:3.20', 'adduser -D -u 1001 app && adduser app wheel', 'app 1001'],
];

for (const [base, script, account] of creations) {
  test(`${script}`, () => {
    const stage = facts(`FROM ${base}\nRUN ${script}`);
    assert.equal(stage.account('app'), account);
    assert.equal(stage.blur, 'no');
    assert.equal(stage.why(stage.state.accounts.get('app') ?? assert.fail()), '2');
  });
}

test('an account that may not have been made', () => {
  const stage = facts('FROM alpine:3.20\nRUN id app || adduser -D -u 1 app');
  assert.equal(stage.account('app'), 'unknown');
});

test('an account whose name is not known makes absence of others unknown', () => {
  const base = 'FROM gcr.io/distroless/static-debian12:debug';
  assert.equal(facts(`${base}`).account('app'), 'none');
  assert.equal(facts(`${base}\nARG NAME\nRUN adduser -D $NAME`).account('app'), 'unknown');
  assert.equal(facts(`${base}\nRUN cat users >> /etc/passwd`).account('app'), 'unknown');
  assert.equal(facts(`${base}\nRUN sed -i s/a/b/ /etc/passwd`).account('app'), 'unknown');
  assert.equal(facts(`${base}\nRUN deluser nonroot`).account('nonroot'), 'none');
});

test('accounts of the base', () => {
  assert.equal(facts('FROM gcr.io/distroless/static-debian12').account('nonroot'), 'nonroot 65532');
  assert.equal(facts('FROM gcr.io/distroless/static-debian12').account('app'), 'none');
  assert.equal(facts('FROM node:22').account('node'), 'node 1000');
  assert.equal(facts('FROM node:22').account('app'), 'unknown');
});

test('lines written to /etc/passwd', () => {
  const written = facts(`
    FROM alpine:3.20 AS build
    RUN echo "app:x:10001:10001:App:/:/sbin/nologin" > /tmp/x && echo "app:x:10001:10001::/:" > /etc/passwd
    FROM scratch
    COPY --from=build /etc/passwd /etc/passwd
    USER app
  `);
  assert.equal(written.account('app'), 'app 10001');
  assert.equal(written.account('root'), 'none');
  assert.equal(written.user, 'app (10001)');
  const appended = facts('FROM gcr.io/distroless/static-debian12:debug\nRUN echo "app:x:1:1::/:" >> /etc/passwd');
  assert.equal(appended.account('app'), 'app 1');
  assert.equal(appended.account('nonroot'), 'nonroot 65532');
  assert.equal(appended.account('other'), 'none');
  const heredoc = facts('FROM scratch\nCOPY <<EOF /etc/passwd\nroot:x:0:0::/:\napp:x:7:7::/:\nEOF');
  assert.equal(heredoc.account('app'), 'app 7');
  assert.equal(heredoc.account('other'), 'none');
  assert.equal(facts('FROM scratch\nCOPY <<EOF /etc/passwd\n$LINE\nEOF').account('app'), 'unknown');
  assert.equal(facts('FROM alpine:3.20\nRUN printf "a:x:5:5::/:\\nb:x:6:6::/:\\n" > /etc/passwd').account('b'), 'b 6');
});

test('usermod gives an account another name, and the old one is gone', () => {
  const stage = facts('FROM debian:trixie-slim\nRUN useradd -u 1001 app && usermod -l web -d /home/web -m app');
  assert.equal(stage.account('web'), 'web 1001');
  assert.equal(stage.account('app'), 'none');
  const both = facts('FROM debian:trixie-slim\nRUN useradd app && usermod --login web --uid 1234 app');
  assert.equal(both.account('web'), 'web 1234');
  assert.equal(facts('FROM debian:trixie-slim\nRUN useradd app && usermod -l $(cat n) app').account('web'), 'unknown');
});

test('groups that come and go leave the rest known', () => {
  assert.equal(facts('FROM alpine:3.22\nRUN addgroup app && delgroup app').blur, 'no');
});
