import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Os, PackageManager } from '../../server/src/catalog/model.js';
import { findPackage } from '../../server/src/catalog/packages.js';
import { findRelease, opensslMajor, type Release } from '../../server/src/catalog/releases.js';
import { findRuntimeCycle, type JavaVendor, type RuntimeCycle } from '../../server/src/catalog/runtimes.js';

type ReleaseTruth = {
  readonly glibc?: string;
  readonly musl?: string;
  readonly openssl?: string;
  readonly python?: string;
  readonly gcc?: string;
  readonly glibcxx?: string;
  readonly released?: string;
  readonly eol?: string;
  readonly ltsEol?: string | null;
};

/**
 * Written from mayeut/pep600_compliance@2d70275ac129 (glibc, GLIBCXX), endoflife-date/endoflife.date@a70eca337600 (days),
 * the package indices of Debian 12 and 13 and the root file systems in alpinelinux/docker-alpine (the rest), and
 * canonical/chisel-releases (Ubuntu's gcc and python3).
 */
const releases: readonly (readonly [id: string, name: string, truth: ReleaseTruth])[] = [
  ['debian', 'buster', { glibc: '2.28', openssl: '1.1' }],
  [
    'debian',
    'bullseye',
    { glibc: '2.31', openssl: '1.1', released: '2021-08-14', eol: '2024-08-14', ltsEol: '2026-08-31' },
  ],
  ['debian', 'bookworm', { glibc: '2.36', glibcxx: '3.4.30', openssl: '3', python: '3.11', gcc: '12.2' }],
  ['debian', '12', { released: '2023-06-10', eol: '2026-07-11', ltsEol: '2028-06-30' }],
  ['debian', 'trixie', { glibc: '2.41', glibcxx: '3.4.33', openssl: '3', python: '3.13', gcc: '14.2' }],
  ['debian', '13', { released: '2025-08-09', eol: '2028-08-09', ltsEol: '2030-06-30' }],
  ['ubuntu', 'focal', { glibc: '2.31', openssl: '1.1', released: '2020-04-23', eol: '2025-05-31' }],
  ['ubuntu', 'jammy', { glibc: '2.35', glibcxx: '3.4.30', openssl: '3', eol: '2027-04-01', ltsEol: '2032-04-09' }],
  ['ubuntu', '24.04', { glibc: '2.39', glibcxx: '3.4.33', openssl: '3', python: '3.12', gcc: '13' }],
  ['ubuntu', 'noble', { released: '2024-04-25', eol: '2029-05-31', ltsEol: '2036-05-31' }],
  [
    'ubuntu',
    '26.04',
    { glibc: '2.43', openssl: '3', python: '3.14', gcc: '15', released: '2026-04-23', eol: '2031-04-30' },
  ],
  ['alpine', '3.15', { musl: '1.2.2', openssl: '1.1' }],
  ['alpine', '3.16', { musl: '1.2.3', openssl: '1.1' }],
  ['alpine', '3.17', { musl: '1.2.3', openssl: '3' }],
  ['alpine', '3.18', { musl: '1.2.4', openssl: '3' }],
  ['alpine', '3.20', { musl: '1.2.5', openssl: '3', released: '2024-05-22', eol: '2026-04-01', ltsEol: null }],
  ['alpine', '3.24', { released: '2026-06-09', eol: '2028-06-01', ltsEol: null }],
  ['fedora', '44', { glibc: '2.43', released: '2026-04-28', eol: '2027-06-02' }],
  ['rhel', '8', { glibc: '2.28', openssl: '1.1', released: '2019-05-07', eol: '2029-05-31', ltsEol: '2033-05-31' }],
  ['rhel', '9', { glibc: '2.34', openssl: '3', released: '2022-05-18', eol: '2032-05-31' }],
  ['rhel', '10', { glibc: '2.39' }],
  ['rocky', '9', { released: '2022-07-14', eol: '2032-05-31' }],
  ['centos', '7', { glibc: '2.17', released: '2014-07-07', eol: '2024-06-30' }],
  ['centos', '9', { glibc: '2.34', released: '2021-09-15', eol: '2027-05-31' }],
  ['oraclelinux', '9', { glibc: '2.34', released: '2022-07-06', eol: '2032-06-30', ltsEol: '2035-06-30' }],
  ['amazonlinux', '2', { glibc: '2.26', released: '2018-06-26', eol: '2026-06-30' }],
  ['amazonlinux', '2023', { glibc: '2.34', released: '2023-03-01', eol: '2029-06-30' }],
  ['photon', '5.0', { glibc: '2.36', released: '2023-05-02' }],
  ['opensuse-leap', '15.6', { released: '2024-06-12', eol: '2026-04-30' }],
];

for (const [id, name, truth] of releases) {
  test(`${id} ${name}: ${Object.keys(truth).join(', ')}`, () => {
    const release = findRelease(id, name);
    assert.ok(release, 'not known');
    assert.deepEqual(actualOf(release, truth), truth);
  });
}

type CycleTruth = Partial<Pick<RuntimeCycle, 'cycle' | 'released' | 'eol' | 'support' | 'extended' | 'ltsFrom'>>;

/** Written from the same commit of endoflife-date/endoflife.date, the pages below products/. */
const cycles: readonly (readonly [name: string, version: string, truth: CycleTruth, vendor?: JavaVendor])[] = [
  ['python', '3.9.25', { cycle: '3.9', released: '2020-10-05', eol: '2025-10-31' }],
  ['python', '3.13', { released: '2024-10-07', support: '2026-10-01', eol: '2029-10-31' }],
  ['python', '3.14.0', { cycle: '3.14', released: '2025-10-07', eol: '2030-10-31' }],
  ['node', '18', { released: '2022-04-19', eol: '2025-04-30' }],
  ['node', '20.19.5', { cycle: '20', ltsFrom: '2023-10-24', eol: '2026-04-30' }],
  ['node', '22', { released: '2024-04-24', ltsFrom: '2024-10-29', support: '2025-10-21', eol: '2027-04-30' }],
  ['node', '24', { released: '2025-05-06', eol: '2028-04-30' }],
  ['go', '1.24', { released: '2025-02-11', eol: '2026-02-10' }],
  ['go', '1.26.1', { cycle: '1.26', released: '2026-02-10', eol: null }],
  ['java', '21', { released: '2023-10-10', eol: '2029-12-31' }, 'temurin'],
  ['java', '8u402', { cycle: '8', eol: '2030-12-31' }, 'temurin'],
  ['java', '21.0.5', { cycle: '21', eol: '2030-10-31' }, 'corretto'],
  ['java', '21', { eol: '2028-09-30' }, 'microsoft'],
  ['java', '21', { eol: '2028-09-01' }, 'sapmachine'],
  ['java', '17', { eol: '2027-10-31', extended: '2030-03-31' }, 'liberica'],
  ['java', '17', { eol: '2027-12-31' }, 'red-hat'],
  ['java', '11', { eol: '2024-10-31' }, 'red-hat'],
  ['java', '17', { eol: '2029-09-30', extended: '2031-09-30' }, 'zulu'],
  ['dotnet', '8.0', { cycle: '8', released: '2023-11-14', eol: '2026-11-10' }],
  ['aspnetcore', '9.0.11', { cycle: '9', released: '2024-11-12', eol: '2026-11-10' }],
  ['dotnet', '10.0', { eol: '2028-11-14' }],
  ['php', '8.1.33', { cycle: '8.1', eol: '2025-12-31' }],
  ['php', '8.4', { released: '2024-11-21', eol: '2028-12-31' }],
  ['ruby', '3.2', { released: '2022-12-25', eol: '2026-03-31' }],
  ['ruby', '3.4', { eol: '2028-03-31' }],
  ['perl', '5.42', { released: '2025-07-03', eol: '2028-07-03' }],
  ['postgres', '13.22', { cycle: '13', eol: '2025-11-13' }],
  ['postgres', '16', { released: '2023-09-14', eol: '2028-11-09' }],
  ['mysql', '8.0', { eol: '2026-04-30' }],
  ['mariadb', '10.11', { eol: '2028-02-16' }],
  ['nginx', '1.28.0', { cycle: '1.28', released: '2025-04-23', eol: '2026-04-14' }],
  ['mongo', '7.0', { eol: '2027-08-31' }],
  ['redis', '7.4', { eol: '2029-12-01' }],
];

for (const [name, version, truth, vendor] of cycles) {
  test(`${vendor ?? ''} ${name} ${version}`.trim(), () => {
    const cycle = findRuntimeCycle(name, version, vendor ?? null);
    assert.ok(cycle, 'not known');
    assert.deepEqual(pick(cycle, truth), truth);
  });
}

/**
 * What a program built with the package on the left needs. Written from the Depends of the package indices of Debian 12
 * and 13, the slices in canonical/chisel-releases and the packages of wolfi-dev/os@8190a1652f45.
 */
const counterparts: readonly (readonly [name: string, system: string, counterpart: string])[] = [
  ['libssl-dev', 'apt debian 12', 'libssl3'],
  ['libssl-dev', 'apt debian 13', 'libssl3t64'],
  ['libcurl4-openssl-dev', 'apt debian 12', 'libcurl4'],
  ['libcurl4-openssl-dev', 'apt debian 13', 'libcurl4t64'],
  ['libicu-dev', 'apt debian 12', 'libicu72'],
  ['libicu-dev', 'apt debian 13', 'libicu76'],
  ['libpq-dev', 'apt debian 13', 'libpq5'],
  ['libffi-dev', 'apt debian 12', 'libffi8'],
  ['libreadline-dev', 'apt debian 13', 'libreadline8t64'],
  ['libc-ares-dev', 'apt debian 13', 'libcares2'],
  ['libpng-dev', 'apt debian 13', 'libpng16-16t64'],
  ['libzip-dev', 'apt debian 13', 'libzip5'],
  ['libvips-dev', 'apt debian 13', 'libvips42t64'],
  ['libxml2-dev', 'apt ubuntu 26.04', 'libxml2-16'],
  ['libssl-dev', 'apt ubuntu 22.04', 'libssl3'],
  ['libcurl4-openssl-dev', 'apt ubuntu 24.04', 'libcurl4t64'],
  ['curl-dev', 'apk wolfi 20230201', 'libcurl-openssl4'],
  ['postgresql-dev', 'apk wolfi 20230201', 'libpq'],
  ['icu-dev', 'apk wolfi 20230201', 'icu'],
  ['pcre2-dev', 'apk wolfi 20230201', 'libpcre2-8-0'],
  ['openldap-dev', 'apk wolfi 20230201', 'libldap'],
  ['libxml2-dev', 'apk wolfi 20230201', 'libxml2-16'],
];

for (const [name, system, counterpart] of counterparts) {
  test(`${name} (${system}) needs ${counterpart}`, () => {
    const [manager = '', id = '', version = null] = system.split(' ');
    const os: Os = { id, version, codename: null };
    assert.equal(findPackage(name, manager as PackageManager, os)?.runtimePackage, counterpart);
  });
}

function actualOf(release: Release, truth: ReleaseTruth): ReleaseTruth {
  const { libc, openssl, python, gcc, glibcxx, released, eol, ltsEol } = release;
  return pick(
    {
      glibc: libc?.kind === 'glibc' ? libc.version : null,
      musl: libc?.kind === 'musl' ? libc.version : null,
      openssl: opensslMajor(openssl),
      python: python?.split('.').slice(0, 2).join('.'),
      gcc: gcc?.split('.').slice(0, 2).join('.'),
      ...{ glibcxx, released, eol, ltsEol },
    },
    truth,
  );
}

/** The parts that the truth speaks of. */
function pick<T extends object>(value: object, truth: T): T {
  return Object.fromEntries(Object.keys(truth).map((key) => [key, (value as Record<string, unknown>)[key]])) as T;
}
