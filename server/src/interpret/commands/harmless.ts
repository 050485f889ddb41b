/** Commands that add no program outside the directories they are told to write to. */
export const harmless = new Set(
  (
    'echo printf true false : test [ [[ cd pwd ls cat head tail grep egrep fgrep awk gawk cut tr sort uniq wc find basename dirname ' +
    'chmod chown chgrp export set unset umask local read shift return exit exec sleep date uname hostname id whoami env which type command ' +
    'addgroup delgroup groupadd groupmod groupdel gpasswd passwd chpasswd getent locale locale-gen localedef update-locale ' +
    'ldconfig update-ca-certificates apt-key add-apt-repository dpkg-reconfigure apt-mark apt-cache gpg gpgconf dirmngr ' +
    'bundle composer java javac mvn mvnw gradle gradlew dotnet poetry uv pipenv hatch pdm tsc vite webpack ' +
    'sha256sum sha512sum sha1sum md5sum openssl base64 gzip gunzip bzip2 xz file strip upx du df stat readlink realpath mktemp sync setcap getcap ' +
    'break continue typeset hash alias unalias shopt ulimit times getopts mapfile let jobs fg bg builtin rustc swift zig trap wait kill jq yq diff protoc buf dpkg-architecture nproc arch seq expr strings ldd objdump readelf ' +
    'dnf-config-manager yum-config-manager subscription-manager crudini visudo chsh chage pwconv xx-info xx-verify xx-apk-info ' +
    'flask alembic django-admin pytest ruff mypy black eslint prettier jest vitest ng next nuxt turbo nx lerna esbuild rollup tailwindcss prisma ' +
    'phpunit artisan mix rebar3 stack cabal sbt lein dart flutter helm kubectl golangci-lint staticcheck gotestsum goimports gofmt ' +
    'docker-php-ext-configure docker-php-ext-install docker-php-ext-enable docker-php-source pecl pear phpize php a2enmod a2dismod a2ensite a2dissite ' +
    'a2enconf a2disconf debconf-set-selections dpkg-scanpackages dpkg-query dpkg-divert dpkg-statoverride envsubst jenkins-plugin-cli jar jdeps keytool ' +
    'gpg1 gpg2 gpg-connect-agent gpg-agent shasum b2sum cmp tac dd fold paste split comm join nl od xxd hexdump iconv msgfmt ' +
    'fc-cache mkfontscale setfacl getfacl chattr mknod mkfifo truncate ssh-keyscan ssh-keygen crontab service'
  ).split(' '),
);
