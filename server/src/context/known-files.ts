/**
 * The files that readers of this folder look for, as patterns of the ends of paths (`*`, `{a,b}`): what is watched where
 * the editor cannot watch the folders that are looked into.
 */
export const contextFileNames: readonly string[] = [
  '{.dockerignore,*.dockerignore}',
  '{compose,docker-compose}*.{yml,yaml}',
  '{docker-bake*.hcl,docker-bake*.json,.env}',
  '{package.json,package-lock.json,npm-shrinkwrap.json,yarn.lock,.yarnrc.yml,pnpm-lock.yaml,pnpm-workspace.yaml,.npmrc}',
  '*.prisma',
  '{requirements*.txt,constraints*.txt,pyproject.toml,uv.lock,poetry.lock,pylock*.toml,Pipfile.lock}',
  'requirements/*.txt',
  '{go.mod,go.work,*.go}',
  '{Cargo.toml,Cargo.lock,rust-toolchain,rust-toolchain.toml,*.rs}',
  '.cargo/{config,config.toml}',
  '.bundle/config',
  '{pom.xml,*.gradle,*.gradle.kts,gradle.properties,gradle.lockfile,libs.versions.toml}',
  '{*.csproj,*.fsproj,*.vbproj,*.sln,*.slnx,Directory.*.props,Directory.*.targets,Directory.Build.rsp,global.json}',
  'runtimeconfig.template.json',
  '{Gemfile,Gemfile.lock,composer.json}',
  '*.{sh,bash,py,rb,pl,js,mjs,cjs}',
];
