import { checkTruths } from './truth.js';

const bashShells = '/bin/sh /bin/bash';
const usage = ['/bin/sh', '-c', '$STI_SCRIPTS_PATH/usage'];

// sclorg/s2i-python-container@e007f85: {3.12-minimal,3.12}/Dockerfile.rhel9, 3.14-minimal/Dockerfile.rhel10.
checkTruths([
  [
    'registry.access.redhat.com/ubi9/python-312-minimal',
    {
      os: 'rhel 9',
      libc: 'glibc 2.34',
      shells: bashShells,
      manager: 'microdnf',
      user: '1001',
      cmd: usage,
      entrypoint: '?',
      workdir: '/opt/app-root/src',
      has: 'pip find',
      lacks: 'gcc',
      runtime: 'python 3.12',
    },
  ],
  ['registry.access.redhat.com/ubi9/python-312', { manager: 'dnf', user: '1001', cmd: usage, has: 'pip httpd' }],
  ['registry.access.redhat.com/ubi10/python-314-minimal', { os: 'rhel 10', runtime: 'python 3.14', user: '1001' }],
  ['registry.access.redhat.com/ubi9/python-312-minimal:9.8', { runtime: 'python 3.12' }],
  ['registry.redhat.io/rhel9/python-312-minimal', { access: 'free-login', user: '1001', manager: 'microdnf' }],
]);

// sclorg/s2i-nodejs-container@cb79a8b: 22-minimal/Dockerfile.rhel9, 22/Dockerfile.rhel9, 24/Dockerfile.rhel10.
checkTruths([
  [
    'registry.access.redhat.com/ubi9/nodejs-22-minimal:latest',
    {
      user: '1001',
      manager: 'microdnf',
      cmd: '?',
      workdir: '/opt/app-root/src',
      has: 'node npm nodemon find tar which',
      lacks: 'gcc git',
      runtime: 'node 22',
      dev: 'registry.access.redhat.com/ubi9/nodejs-22',
    },
  ],
  ['registry.access.redhat.com/ubi8/nodejs-20', { runtime: 'node 20', has: 'gcc g++ make git npm', status: null }],
  ['registry.access.redhat.com/ubi9/nodejs-22', { manager: 'dnf', has: 'gcc g++ make git node npm', cmd: usage }],
  ['registry.access.redhat.com/ubi10/nodejs-24', { os: 'rhel 10', has: 'gcc g++ make git', user: '1001' }],
]);

// rh-openjdk/redhat-openjdk-containers@7b635be (branch ubi9): ubi9-openjdk-21-runtime.yaml, modules/{user,jre,s2i}.
checkTruths([
  [
    'registry.access.redhat.com/ubi9/openjdk-21-runtime:1.21',
    {
      os: 'rhel 9',
      manager: 'microdnf',
      user: '185',
      cmd: ['/opt/jboss/container/java/run/run-java.sh'],
      workdir: '/home/default',
      runtime: 'java 21',
      has: 'java tzdata tar useradd',
      lacks: 'javac mvn',
      eol: '2029-12-31',
    },
  ],
  [
    'registry.access.redhat.com/ubi9/openjdk-21',
    {
      user: '185',
      cmd: ['/usr/local/s2i/run'],
      has: 'javac mvn',
      production: 'registry.access.redhat.com/ubi9/openjdk-21-runtime',
    },
  ],
  ['registry.access.redhat.com/ubi8/openjdk-8-runtime', { os: 'rhel 8', runtime: 'java 8', eol: '2026-11-30' }],
  ['registry.access.redhat.com/ubi9/openjdk-11', { status: 'deprecated', eol: '2024-10-31' }],
]);

// Red Hat Hardened Images, "Build custom application images"; crunchtools/constitution@0a3713b, profiles/mcp-server.md.
checkTruths([
  [
    'registry.access.redhat.com/hi/python:3.12',
    {
      shells: '',
      manager: null,
      user: '65532',
      isFips: false,
      signing: 'cosign, key',
      access: 'public',
      runtime: 'python 3.12',
      dev: 'registry.access.redhat.com/hi/python:3.12-builder',
      fips: 'registry.access.redhat.com/hi/python:3.12-fips',
    },
  ],
  [
    'registry.access.redhat.com/hi/python:latest-builder',
    { shells: '?', manager: 'dnf', user: '65532', has: 'sh gcc', flavor: 'dev' },
  ],
  ['registry.access.redhat.com/hi/python:latest-fips', { isFips: true, shells: '', runtime: 'python' }],
  ['registry.access.redhat.com/hi/python:3.14-fips-builder', { isFips: true, manager: 'dnf', runtime: 'python 3.14' }],
  ['registry.access.redhat.com/hi/core-runtime', { libc: 'glibc', has: 'libstdc++ ca-certificates', shells: '' }],
  ['registry.access.redhat.com/hi/core-runtime:2.42', { libc: 'glibc 2.42' }],
  ['registry.access.redhat.com/hi/static', { libc: 'none', shells: '', has: 'ca-certificates tzdata passwd' }],
]);

// Red Hat Enterprise Linux 10, "Types of container images"; endoflife.date, products/rhel.md.
checkTruths([
  [
    'registry.access.redhat.com/ubi10/ubi-micro',
    {
      os: 'rhel 10',
      libc: 'glibc 2.39',
      manager: null,
      shells: bashShells,
      lacks: 'ca-certificates',
      eol: '2035-05-31',
    },
  ],
  ['registry.access.redhat.com/ubi8/ubi-micro', { shells: '?', manager: null, lacks: 'ca-certificates' }],
  ['redhat/ubi9-minimal', { manager: 'microdnf', family: 'red-hat', eol: '2032-05-31' }],
  ['registry.access.redhat.com/ubi9/ubi-init', { cmd: ['/sbin/init'] }],
]);
