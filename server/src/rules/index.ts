import baseNotDigestPinned from './base-not-digest-pinned.js';
import chownNameUnresolvable from './chown-name-unresolvable.js';
import chromiumUnsupportedBase from './chromium-unsupported-base.js';
import composerPhpVersion from './composer-php-version.js';
import copyFromLosesOwnership from './copy-from-loses-ownership.js';
import debugOrDevVariantInFinal from './debug-or-dev-variant-in-final.js';
import debugTagBusyboxEntrypoint from './debug-tag-busybox-entrypoint.js';
import debugToolsInFinalStage from './debug-tools-in-final-stage.js';
import distrolessNameWithoutDebianSuffix from './distroless-name-without-debian-suffix.js';
import distrolessUnsupportedImage from './distroless-unsupported-image.js';
import dotnetFrameworkVersionSkew from './dotnet-framework-version-skew.js';
import dotnetIcuMissing from './dotnet-icu-missing.js';
import dotnetRidLibcMismatch from './dotnet-rid-libc-mismatch.js';
import entrypointNotExecutable from './entrypoint-not-executable.js';
import entrypointScriptCrlf from './entrypoint-script-crlf.js';
import eolBaseDistribution from './eol-base-distribution.js';
import eolLanguageRuntime from './eol-language-runtime.js';
import execFormInvokesShell from './exec-form-invokes-shell.js';
import execFormShellSyntax from './exec-form-shell-syntax.js';
import finalStageRunsAsRoot from './final-stage-runs-as-root.js';
import glibcBinaryInMuslStage from './glibc-binary-in-musl-stage.js';
import glibcShimOnAlpine from './glibc-shim-on-alpine.js';
import glibcVersionSkew from './glibc-version-skew.js';
import goAlpineCgoNoCompiler from './go-alpine-cgo-no-compiler.js';
import goCgoDependencyWithCgoDisabled from './go-cgo-dependency-with-cgo-disabled.js';
import goDynamicBinaryInStaticBase from './go-dynamic-binary-in-static-base.js';
import handCopiedLibraries from './hand-copied-libraries.js';
import hardcodedArchLibraryPath from './hardcoded-arch-library-path.js';
import healthcheckShellFormNoShell from './healthcheck-shell-form-no-shell.js';
import healthcheckToolMissing from './healthcheck-tool-missing.js';
import hostNodeModulesCopied from './host-node-modules-copied.js';
import initBinaryMissing from './init-binary-missing.js';
import javaClassVersionSkew from './java-class-version-skew.js';
import javaEntrypointIsJavaJar from './java-entrypoint-is-java-jar.js';
import javaFontsMissing from './java-fonts-missing.js';
import javaJlinkLibcMismatch from './java-jlink-libc-mismatch.js';
import javaJniOnMusl from './java-jni-on-musl.js';
import libgccMissingForRust from './libgcc-missing-for-rust.js';
import libstdcxxMissing from './libstdcxx-missing.js';
import localeNotAvailable from './locale-not-available.js';
import muslBinaryInGlibcStage from './musl-binary-in-glibc-stage.js';
import nodeAbiSkew from './node-abi-skew.js';
import nodeGypToolchainMissing from './node-gyp-toolchain-missing.js';
import nodeModulesLibcMismatch from './node-modules-libc-mismatch.js';
import npmLockLacksTargetLibc from './npm-lock-lacks-target-libc.js';
import nsswitchMissing from './nsswitch-missing.js';
import numericUidWithoutPasswdEntry from './numeric-uid-without-passwd-entry.js';
import onbuildNeedsShell from './onbuild-needs-shell.js';
import opensslSonameSkew from './openssl-soname-skew.js';
import packageInstallAsNonroot from './package-install-as-nonroot.js';
import packageManagerMissing from './package-manager-missing.js';
import packageRunnerMissing from './package-runner-missing.js';
import phpExtensionRuntimeLibs from './php-extension-runtime-libs.js';
import pipExternallyManaged from './pip-externally-managed.js';
import prismaEngineTargetMissing from './prisma-engine-target-missing.js';
import privilegedPortNonroot from './privileged-port-nonroot.js';
import pythonConsoleScriptAsCmd from './python-console-script-as-cmd.js';
import pythonDepsNotOnPath from './python-deps-not-on-path.js';
import pythonFindLibrary from './python-find-library.js';
import pythonInstallUnderRootHome from './python-install-under-root-home.js';
import pythonNoMusllinuxWheel from './python-no-musllinux-wheel.js';
import pythonVenvNotPortable from './python-venv-not-portable.js';
import pythonVersionSkew from './python-version-skew.js';
import relativeExecAfterWorkdirChange from './relative-exec-after-workdir-change.js';
import rubyGemGlibcOnMusl from './ruby-gem-glibc-on-musl.js';
import runProgramMissing from './run-program-missing.js';
import runSetupInShelllessStage from './run-setup-in-shellless-stage.js';
import runtimeEntrypointOverriddenWrongly from './runtime-entrypoint-overridden-wrongly.js';
import runtimeEntrypointRepeated from './runtime-entrypoint-repeated.js';
import runtimeSharedLibraryMissing from './runtime-shared-library-missing.js';
import rustMuslNeedsOpensslVendored from './rust-musl-needs-openssl-vendored.js';
import scratchDynamicBinary from './scratch-dynamic-binary.js';
import scratchNoCaCerts from './scratch-no-ca-certs.js';
import scratchNoTmp from './scratch-no-tmp.js';
import scriptEntrypointNoInterpreter from './script-entrypoint-no-interpreter.js';
import scriptProgramMissing from './script-program-missing.js';
import shadowToolsOnBusybox from './shadow-tools-on-busybox.js';
import shellFormCmdNoShell from './shell-form-cmd-no-shell.js';
import shellFormEntrypointNoShell from './shell-form-entrypoint-no-shell.js';
import shellFormRunNoShell from './shell-form-run-no-shell.js';
import shellInstructionMissingShell from './shell-instruction-missing-shell.js';
import shellOrBusyboxCopiedIntoDistroless from './shell-or-busybox-copied-into-distroless.js';
import singleStageWithToolchain from './single-stage-with-toolchain.js';
import toolchainInstalledInFinalStage from './toolchain-installed-in-final-stage.js';
import tzdataMissing from './tzdata-missing.js';
import unusedIgnore from './unused-ignore.js';
import userNameUnresolvable from './user-name-unresolvable.js';
import userNotNumeric from './user-not-numeric.js';
import usrmergeCopyConflict from './usrmerge-copy-conflict.js';
import wholeContextOrRootfsIntoFinal from './whole-context-or-rootfs-into-final.js';
import workdirRootOwned from './workdir-root-owned.js';
import type { Rule } from './rule.js';

/** Every rule, in alphabetical order of ids. */
export const rules: readonly Rule[] = [
  baseNotDigestPinned,
  chownNameUnresolvable,
  chromiumUnsupportedBase,
  composerPhpVersion,
  copyFromLosesOwnership,
  debugOrDevVariantInFinal,
  debugTagBusyboxEntrypoint,
  debugToolsInFinalStage,
  distrolessNameWithoutDebianSuffix,
  distrolessUnsupportedImage,
  dotnetFrameworkVersionSkew,
  dotnetIcuMissing,
  dotnetRidLibcMismatch,
  entrypointNotExecutable,
  entrypointScriptCrlf,
  eolBaseDistribution,
  eolLanguageRuntime,
  execFormInvokesShell,
  execFormShellSyntax,
  finalStageRunsAsRoot,
  glibcBinaryInMuslStage,
  glibcShimOnAlpine,
  glibcVersionSkew,
  goAlpineCgoNoCompiler,
  goCgoDependencyWithCgoDisabled,
  goDynamicBinaryInStaticBase,
  handCopiedLibraries,
  hardcodedArchLibraryPath,
  healthcheckShellFormNoShell,
  healthcheckToolMissing,
  hostNodeModulesCopied,
  initBinaryMissing,
  javaClassVersionSkew,
  javaEntrypointIsJavaJar,
  javaFontsMissing,
  javaJlinkLibcMismatch,
  javaJniOnMusl,
  libgccMissingForRust,
  libstdcxxMissing,
  localeNotAvailable,
  muslBinaryInGlibcStage,
  nodeAbiSkew,
  nodeGypToolchainMissing,
  nodeModulesLibcMismatch,
  npmLockLacksTargetLibc,
  nsswitchMissing,
  numericUidWithoutPasswdEntry,
  onbuildNeedsShell,
  opensslSonameSkew,
  packageInstallAsNonroot,
  packageManagerMissing,
  packageRunnerMissing,
  phpExtensionRuntimeLibs,
  pipExternallyManaged,
  prismaEngineTargetMissing,
  privilegedPortNonroot,
  pythonConsoleScriptAsCmd,
  pythonDepsNotOnPath,
  pythonFindLibrary,
  pythonInstallUnderRootHome,
  pythonNoMusllinuxWheel,
  pythonVenvNotPortable,
  pythonVersionSkew,
  relativeExecAfterWorkdirChange,
  rubyGemGlibcOnMusl,
  runProgramMissing,
  runSetupInShelllessStage,
  runtimeEntrypointOverriddenWrongly,
  runtimeEntrypointRepeated,
  runtimeSharedLibraryMissing,
  rustMuslNeedsOpensslVendored,
  scratchDynamicBinary,
  scratchNoCaCerts,
  scratchNoTmp,
  scriptEntrypointNoInterpreter,
  scriptProgramMissing,
  shadowToolsOnBusybox,
  shellFormCmdNoShell,
  shellFormEntrypointNoShell,
  shellFormRunNoShell,
  shellInstructionMissingShell,
  shellOrBusyboxCopiedIntoDistroless,
  singleStageWithToolchain,
  toolchainInstalledInFinalStage,
  tzdataMissing,
  unusedIgnore,
  userNameUnresolvable,
  userNotNumeric,
  usrmergeCopyConflict,
  wholeContextOrRootfsIntoFinal,
  workdirRootOwned,
];
