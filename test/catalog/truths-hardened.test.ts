import { checkTruths } from './truth.js';

// https://docs.minimus.io: introduction/compatibility, introduction/image-variants, basics/distroless,
// guides/multi-stage-build, foundations/authentication, advanced-tooling/image-creator.
checkTruths([
  [
    'reg.mini.dev/python:3.13',
    {
      shells: '',
      manager: null,
      user: '?',
      libc: 'glibc',
      runtime: 'python 3.13',
      access: 'free-login',
      signing: 'cosign, keyless',
      attestations: 'SBOM, provenance',
      dev: 'reg.mini.dev/python:3.13-dev',
      family: 'minimus',
    },
  ],
  ['reg.mini.dev/python:3.13.5', { packageCount: 23, shells: '' }],
  ['reg.mini.dev/python:3.13.5-dev', { packageCount: 73, manager: 'apk', files: '/bin/sh', flavor: 'dev' }],
  ['reg.mini.dev/nginx', { user: '1000', shells: '', dev: 'reg.mini.dev/nginx:latest-dev' }],
  [
    'reg.mini.dev/nginx:latest-dev',
    { manager: 'apk', shells: '?', user: '?', production: 'reg.mini.dev/nginx:latest' },
  ],
  ['reg.mini.dev/node', { user: '1000', fips: 'reg.mini.dev/node-fips' }],
  ['reg.mini.dev/node-fips', { isFips: true, runtime: 'node' }],
  ['reg.mini.dev/go', { user: '0', has: 'go' }],
  ['reg.mini.dev/keda', { user: '65532' }],
  ['reg.mini.dev/static', { libc: 'none', shells: '' }],
  [
    'reg.mini.dev/acme/python-with-ca:latest',
    { access: 'organisation', signing: null, shells: '?', libc: '?', user: '?' },
  ],
  ['reg.mini.dev/tomcat', { access: 'free-login', shells: '?', user: '?', family: 'minimus' }],
]);

// clnstrt/cleanstart-containers@ab3d08d: containers/*/README.md and the Dockerfiles of the sample projects.
checkTruths([
  [
    'cleanstart/go:latest-dev',
    {
      libc: 'glibc',
      manager: 'apk',
      files: '/bin/sh',
      shells: '?',
      user: '?',
      flavor: 'dev',
      production: 'cleanstart/go:latest',
    },
  ],
  // A sample installs packages in it, the documentation says it has no shell.
  ['cleanstart/nginx:latest', { shells: '?', manager: '?', libc: 'glibc', dev: 'cleanstart/nginx:latest-dev' }],
  ['cleanstart/python', { user: '?', runtime: 'python', access: 'public', signing: null }],
  ['cleanstart/step-cli:latest-dev', { manager: 'apk', family: 'cleanstart' }],
]);

// canonical/{python,jre,ruby,nginx}-rock: rockcraft.yaml; canonical/rockcraft: project.py, pebble.py, oci.py.
checkTruths([
  [
    'ubuntu/ruby:3.2-24.04',
    {
      os: 'ubuntu 24.04',
      user: '_daemon_:584792',
      shells: '',
      manager: null,
      lacks: 'ca-certificates tzdata',
      runtime: 'ruby 3.2',
    },
  ],
  ['ubuntu/python:3.10-22.04_stable', { os: 'ubuntu 22.04', has: 'libstdc++ ca-certificates', lacks: 'pip' }],
  [
    'ubuntu/jre:21-24.04',
    { entrypoint: ['/usr/bin/pebble', 'enter'], lacks: 'ca-certificates javac fontconfig', has: 'cacerts' },
  ],
  ['ubuntu/jre:25-26.04', { user: '0', shells: '?' }],
  ['ubuntu/nginx:1.28-26.04', { user: '0', has: 'sh dash tar ca-certificates', manager: null, status: 'deprecated' }],
  ['ubuntu/go:1.22-24.04', { os: 'ubuntu 24.04', shells: '?', user: '?', runtime: 'go 1.22' }],
]);

// docs.echohq.com; rapidfort/community-images@80bc756, README.md.
checkTruths([
  [
    'reg.echohq.com/python:3.12-slim',
    { os: 'echo', manager: 'apt', shells: '?', user: '?', access: null, family: 'echo' },
  ],
  ['reg.echohq.com/redis:7', { os: '?', family: 'echo' }],
  ['rapidfort/nginx', { family: 'rapidfort', user: '?', access: 'public' }],
  [
    'registry1.dso.mil/ironbank/redhat/ubi/ubi9:9.7',
    { family: 'iron-bank', access: 'free-login', os: '?', shells: '?' },
  ],
]);
