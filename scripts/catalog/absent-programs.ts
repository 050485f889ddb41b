type RawLike = { readonly repository: string; readonly os: { readonly id: string } | null };

/** Wanted by health checks and builds; none of them is an applet of BusyBox. */
const tools = '-curl -git -gcc -make -openssl -perl -python3';

/**
 * Programs that are in no layer of an image, with a minus each, as far as the fact file leaves it open. Sources:
 * docker-library/busybox, whose images hold BusyBox, getconf and the C library; dotnet/dotnet-docker@3ed00b611cc8
 * src/runtime-deps/10.0/alpine3.24, which adds libraries to Alpine, and src/runtime and src/aspnet, which add .NET.
 */
export function absentPrograms({ repository, os }: RawLike): string {
  if (repository === 'busybox') return tools;
  const isOnAlpine = os?.id === 'alpine' && /^mcr\.microsoft\.com\/dotnet\/(?!sdk)/.test(repository);
  return isOnAlpine ? '-curl' : '';
}
