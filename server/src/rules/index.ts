import debugOrDevVariantInFinal from './debug-or-dev-variant-in-final.js';
import debugToolsInFinalStage from './debug-tools-in-final-stage.js';
import distrolessNameWithoutDebianSuffix from './distroless-name-without-debian-suffix.js';
import distrolessUnsupportedImage from './distroless-unsupported-image.js';
import eolBaseDistribution from './eol-base-distribution.js';
import execFormInvokesShell from './exec-form-invokes-shell.js';
import finalStageRunsAsRoot from './final-stage-runs-as-root.js';
import glibcBinaryInMuslStage from './glibc-binary-in-musl-stage.js';
import glibcVersionSkew from './glibc-version-skew.js';
import goDynamicBinaryInStaticBase from './go-dynamic-binary-in-static-base.js';
import healthcheckShellFormNoShell from './healthcheck-shell-form-no-shell.js';
import healthcheckToolMissing from './healthcheck-tool-missing.js';
import javaEntrypointIsJavaJar from './java-entrypoint-is-java-jar.js';
import muslBinaryInGlibcStage from './musl-binary-in-glibc-stage.js';
import packageInstallAsNonroot from './package-install-as-nonroot.js';
import packageManagerMissing from './package-manager-missing.js';
import packageRunnerMissing from './package-runner-missing.js';
import runSetupInShelllessStage from './run-setup-in-shellless-stage.js';
import runtimeEntrypointOverriddenWrongly from './runtime-entrypoint-overridden-wrongly.js';
import runtimeEntrypointRepeated from './runtime-entrypoint-repeated.js';
import scratchDynamicBinary from './scratch-dynamic-binary.js';
import scratchNoCaCerts from './scratch-no-ca-certs.js';
import shellFormCmdNoShell from './shell-form-cmd-no-shell.js';
import shellFormEntrypointNoShell from './shell-form-entrypoint-no-shell.js';
import shellFormRunNoShell from './shell-form-run-no-shell.js';
import shellInstructionMissingShell from './shell-instruction-missing-shell.js';
import singleStageWithToolchain from './single-stage-with-toolchain.js';
import toolchainInstalledInFinalStage from './toolchain-installed-in-final-stage.js';
import unusedIgnore from './unused-ignore.js';
import userNameUnresolvable from './user-name-unresolvable.js';
import type { Rule } from './rule.js';

/** Every rule, in alphabetical order of ids. */
export const rules: readonly Rule[] = [
  debugOrDevVariantInFinal,
  debugToolsInFinalStage,
  distrolessNameWithoutDebianSuffix,
  distrolessUnsupportedImage,
  eolBaseDistribution,
  execFormInvokesShell,
  finalStageRunsAsRoot,
  glibcBinaryInMuslStage,
  glibcVersionSkew,
  goDynamicBinaryInStaticBase,
  healthcheckShellFormNoShell,
  healthcheckToolMissing,
  javaEntrypointIsJavaJar,
  muslBinaryInGlibcStage,
  packageInstallAsNonroot,
  packageManagerMissing,
  packageRunnerMissing,
  runSetupInShelllessStage,
  runtimeEntrypointOverriddenWrongly,
  runtimeEntrypointRepeated,
  scratchDynamicBinary,
  scratchNoCaCerts,
  shellFormCmdNoShell,
  shellFormEntrypointNoShell,
  shellFormRunNoShell,
  shellInstructionMissingShell,
  singleStageWithToolchain,
  toolchainInstalledInFinalStage,
  unusedIgnore,
  userNameUnresolvable,
];
