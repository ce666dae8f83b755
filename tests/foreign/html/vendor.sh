#!/usr/bin/env bash
# Makes src/export/verifiers/html/noble.js again from what npm has, so that anybody can compare:
#   tests/foreign/html/vendor.sh OUT && cmp OUT src/export/verifiers/html/noble.js
set -euo pipefail
out=${1:?where the file goes}
hashes=2.4.0 ed25519=3.2.0 esbuild=0.28.2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(
    cd "$work"
    npm init -y >/dev/null 2>&1
    npm install --ignore-scripts --no-audit --no-fund \
        "@noble/hashes@$hashes" "@noble/ed25519@$ed25519" "esbuild@$esbuild" >/dev/null 2>&1
    cat >entry.js <<'JS'
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { blake3 } from '@noble/hashes/blake3.js';
import { Point } from '@noble/ed25519';

const number = (bytes) => bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
// A canonical encoding of a point that is not of small order; an exception for anything else.
const strict = (bytes) => {
  const point = Point.fromBytes(bytes, false);
  if (point.isSmallOrder()) throw new Error('small order');
  return point;
};
const isKey = (key) => {
  try { return Boolean(strict(key)); } catch { return false; }
};
// RFC 8032, strict and without cofactor: R = [s]B - [k]A.
const signed = (signature, message, key) => {
  try {
    const [r, s] = [signature.slice(0, 32), number(signature.slice(32))];
    const order = Point.CURVE().n;
    const [R, A] = [strict(r), strict(key)];
    if (signature.length !== 64 || s >= order) return false;
    const k = number(sha512.create().update(r).update(key).update(message).digest()) % order;
    return Point.BASE.multiply(s, false).subtract(A.multiply(k, false)).equals(R);
  } catch { return false; }
};
export { sha256, blake3, signed, isKey };
JS
    node_modules/.bin/esbuild entry.js --bundle --format=iife --global-name=noble --target=es2020 \
        --minify-syntax --legal-comments=none --charset=ascii --log-level=error --outfile=bundle.js
    sed -i 's/[[:space:]]*$//' bundle.js
)
{
    cat <<HEAD
/*
 * SHA-256, BLAKE3 and Ed25519 by others: @noble/hashes $hashes and @noble/ed25519 $ed25519 of npm, bundled by
 * esbuild $esbuild. tests/foreign/html/vendor.sh makes this file again, byte for byte. The licence of both:
 *
HEAD
    sed -e 's/^/ * /' -e 's/[[:space:]]*$//' "$work/node_modules/@noble/hashes/LICENSE"
    echo ' */'
    cat "$work/bundle.js"
} >"$out"
