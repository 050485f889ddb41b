/**
 * What some packages bring besides in Debian 11 (bullseye, main) and Ubuntu 22.04 and 24.04 (jammy and noble, main), as
 * dependencies or recommended packages. By the package indices, read on 2026-11-21; amd64.
 */
export const otherReleasesBringing: Readonly<Record<string, string>> = {
  anacron: 'python3 tzdata',
  bzr: 'ca-certificates openssl',
  cron: 'python3 tzdata',
  'default-jdk': 'python3 tzdata',
  'default-jre': 'python3 tzdata',
  'libatk-bridge2.0-0': 'python3',
  libgl1: 'ca-certificates openssl python3 tzdata',
  'libgl1-mesa-dri': 'ca-certificates openssl python3 tzdata',
  'libgtk-3-0': 'python3',
  libvips42: 'python3',
  logrotate: 'python3 tzdata',
  'lsb-release': 'ca-certificates openssl python3',
  'openjdk-17-jdk': 'python3 tzdata',
  'openjdk-17-jre': 'python3 tzdata',
  'openjdk-21-jdk': 'python3 tzdata',
  'openjdk-21-jre': 'python3 tzdata',
  'openssh-server': 'python3 tzdata wget',
  postgresql: 'python3',
  'postgresql-common': 'python3 tzdata',
  rsyslog: 'python3 tzdata',
  'software-properties-common': 'tzdata',
  systemd: 'python3 tzdata',
  'tk-dev': 'python3',
  vim: 'tzdata',
  xorg: 'ca-certificates openssl python3 tzdata',
  'xserver-xorg': 'ca-certificates openssl python3 tzdata',
};
