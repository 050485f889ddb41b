/**
 * The files that readers of this folder look for, as patterns of file names (`*`, `{a,b}`): what an editor watches that
 * cannot watch the folders that are looked into.
 */
export const contextFileNames: readonly string[] = [
  '{.dockerignore,*.dockerignore,.gitattributes}',
  '{compose,docker-compose}*.{yml,yaml}',
  'docker-bake*.{hcl,json}',
  '{package.json,package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,pnpm-workspace.yaml,.npmrc}',
  '*.prisma',
  '{requirements*.txt,pyproject.toml,uv.lock,poetry.lock,Pipfile,Pipfile.lock,.python-version}',
  '{go.mod,go.work}',
  '{Cargo.toml,Cargo.lock,rust-toolchain,rust-toolchain.toml,config.toml}',
  '{pom.xml,*.gradle,*.gradle.kts,gradle.properties,libs.versions.toml}',
  '{*.csproj,*.fsproj,*.vbproj,*.sln,*.slnx,Directory.*.props,Directory.*.targets,global.json}',
  '{Gemfile,Gemfile.lock,composer.json,composer.lock,mix.exs,mix.lock}',
  '*.{sh,bash,py,rb,pl}',
];
