#!/usr/bin/env bash
# Makes sure that Microsoft.ML.OnnxRuntime 1.29.0 can be restored. Where the package source serves it, nothing is done;
# elsewhere the same release is packed from npm into a local package folder. Safe to run again.
#   build/onnxruntime/pack.sh [--out DIR] [--force] [--from FILE.tgz]
#     --out DIR    where the package goes (default: artifacts/packages under the repository root)
#     --force      pack even if the released package is served
#     --from FILE  use this npm archive instead of asking npm for it
#     --arm64      take the library for Linux on arm64 along (done by itself on such a machine)
set -euo pipefail

readonly version=1.29.0
readonly npm_package=com.github.asus4.onnxruntime@0.4.9
readonly sha256=e59788788818fdde1b2e522e766a21ba0f7d8391de55737abf81e32cc801785d
# The first package has no library for Linux on arm64; ONNX Runtime's own npm package of the same release has.
readonly arm64_package=onnxruntime-node@1.29.0
readonly arm64_sha256=cfdfb45ec4044b1fdca43e5d2e180fb6817e649ff8ad1e0dfc90e18e51b67037
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out="$here/../../artifacts/packages"
force=no
from=
arm64=no
case "$(uname -s)-$(uname -m)" in Linux-aarch64 | Linux-arm64) arm64=yes ;; esac

fail() { echo "onnxruntime: $*" >&2; exit 1; }

while [ $# -gt 0 ]; do
  case $1 in
    --out) [ $# -ge 2 ] || fail "--out needs a folder"; out=$2; shift 2 ;;
    --from) [ $# -ge 2 ] || fail "--from needs a file"; from=$2; shift 2 ;;
    --force) force=yes; shift ;;
    --arm64) arm64=yes; shift ;;
    *) fail "unknown option $1; see the head of pack.sh" ;;
  esac
done

mkdir -p "$out"
out=$(cd "$out" && pwd)
package="$out/Microsoft.ML.OnnxRuntime.$version.nupkg"
if [ -f "$package" ]; then
  echo "onnxruntime: $version is packed already"
  exit 0
fi

command -v dotnet > /dev/null || fail "the .NET SDK is missing; install .NET 10 and run this again"
work=$(mktemp -d "${TMPDIR:-/tmp}/onnxruntime-pack.XXXXXX")
trap 'rm -rf "$work"' EXIT
# This build keeps its output in its own folder, whatever the caller's builds do.
unset ArtifactsPath

if [ $force = no ]; then
  # The probe restores into an empty package folder, so that a package cached earlier does not answer for the source.
  if dotnet restore "$here/probe/probe.csproj" --packages "$work/probe" -p:WorkFolder="$work/probe-build" \
    > "$work/probe.log" 2>&1; then
    echo "onnxruntime: the package source serves $version; nothing to pack"
    exit 0
  fi
fi

if [ -z "$from" ]; then
  command -v npm > /dev/null || fail "the package source does not serve Microsoft.ML.OnnxRuntime $version, and npm, where it could be had too, is missing; install Node.js 20"
  echo "onnxruntime: the package source lacks $version; fetching it from npm (150 MB)"
  name=$(npm pack "$npm_package" --silent --pack-destination "$work" | tail -n 1) || fail "npm could not fetch $npm_package"
  from="$work/$name"
fi

echo "$sha256  $from" | sha256sum --check --status || fail "$from is not the expected archive of $npm_package"
tar -xzf "$from" -C "$work" --exclude='*iOS~*' --exclude='*Android*' --exclude='*.meta'
if [ $arm64 = yes ]; then
  echo "onnxruntime: fetching the library for Linux on arm64 from npm (110 MB)"
  name=$(npm pack "$arm64_package" --silent --pack-destination "$work" | tail -n 1) || fail "npm could not fetch $arm64_package"
  echo "$arm64_sha256  $work/$name" | sha256sum --check --status || fail "$name is not the expected archive of $arm64_package"
  mkdir -p "$work/package/Plugins/Linux/arm64"
  tar -xzf "$work/$name" -C "$work/package/Plugins/Linux/arm64" --strip-components=5 package/bin/napi-v6/linux/arm64/libonnxruntime.so.1
  mv "$work/package/Plugins/Linux/arm64/libonnxruntime.so.1" "$work/package/Plugins/Linux/arm64/libonnxruntime.so"
fi
echo "onnxruntime: packing $version"
dotnet pack "$here/OnnxRuntime.csproj" -c Release -o "$work/out" -nologo -v quiet -nodeReuse:false \
  -p:NpmPackage="$work/package" -p:WorkFolder="$work/build" -p:UseSharedCompilation=false > "$work/pack.log" 2>&1 \
  || { tail -n 20 "$work/pack.log" >&2; fail "packing failed"; }
# Moved in one step: a build that restores meanwhile sees a whole package or none.
cp "$work/out/Microsoft.ML.OnnxRuntime.$version.nupkg" "$package.part"
mv "$package.part" "$package"
echo "onnxruntime: packed $package"
