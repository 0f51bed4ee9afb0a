#!/usr/bin/env bash
# Makes the wasm32-unknown-unknown target available where `rustup target add` cannot fetch it.
# Takes Debian's own Rust (rustc-web, cargo-web, rust-web-src, in bookworm-security), builds the standard
# library for wasm once, and installs it beside Debian's. Needs root and apt, and about two minutes.
# Prints one line on stdout, `linker=PATH`: what links wasm. Everything else goes to stderr.
set -euo pipefail
target=wasm32-unknown-unknown
{
  if ! /usr/bin/rustc --version 2>/dev/null | grep -q 'built from a source tarball'; then
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends rustc-web cargo-web rust-web-src
  fi
  libdir=$(/usr/bin/rustc --print target-libdir --target "$target")
  lld=$(find "${RUSTUP_HOME:-$HOME/.rustup}/toolchains" -name rust-lld -type f 2>/dev/null | head -n 1)
  if [ -z "$lld" ]; then
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends lld
    lld=$(command -v wasm-ld)
  fi
  if ! ls "$libdir"/libstd-*.rlib >/dev/null 2>&1; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    mkdir "$work/src"
    printf '[package]\nname = "std-for-wasm"\nversion = "0.0.0"\nedition = "2021"\n' >"$work/Cargo.toml"
    : >"$work/src/lib.rs"
    (cd "$work" && PATH=/usr/bin:/bin RUSTC_BOOTSTRAP=1 /usr/bin/cargo build --release \
      -Zbuild-std=std,panic_abort,proc_macro --target "$target")
    mkdir -p "$libdir"
    find "$work/target/$target/release/deps" -name 'lib*.rlib' ! -name 'libstd_for_wasm*' -exec cp {} "$libdir" \;
  fi
} >&2
echo "linker=$lld"
