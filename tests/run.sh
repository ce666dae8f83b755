#!/usr/bin/env bash
# Passes every test on a bare Debian 12 machine that has nothing but the Rust toolchain: it installs
# the programs of others that check our books, and then runs the checks and the tests. Run it as
# often as you like; what is there already is not fetched again.
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

step="start"
begin() {
    step="$1"
    printf '\n== %s (%ss)\n' "$step" "$SECONDS"
}
# A subshell that fails is told of once, by the shell that began it.
trap '((BASH_SUBSHELL > 0)) || printf "\nFAILED at: %s\n" "$step" >&2' ERR

fail() {
    printf '%s\n' "$*" >&2
    false
}

# hledger dies on Chinese text in any other locale.
export LC_ALL=C.UTF-8
# Here a program of others that is missing fails its tests, which elsewhere say that they skip it.
export MINGZHANG_FOREIGN=1

# zbar-tools and qrencode read and write codes such as we print; age opens the vault; chromium runs
# verify.html and prints our pages, whose text poppler-utils reads back and whose Chinese the font
# shows; libreoffice opens our workbooks. gcc and libc6-dev link Rust and compile the SQLite that the benchmarks compare with.
packages=(
    hledger ledger beancount golang-go golang-golang-x-mod-dev b3sum openssl
    python3 python3-venv gcc libc6-dev age qrencode zbar-tools chromium chromium-driver
    libreoffice-calc-nogui poppler-utils fonts-wqy-microhei
)

missing_packages() {
    local package
    for package in "${packages[@]}"; do
        if ! dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed$'; then
            printf '%s\n' "$package"
        fi
    done
}

begin "programs of others"
if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
    mapfile -t missing < <(missing_packages)
    if ((${#missing[@]} > 0)); then
        as_root=()
        if ((EUID != 0)); then
            command -v sudo >/dev/null || fail "not root, and no sudo: install ${missing[*]}"
            as_root=(sudo)
        fi
        echo "installing ${missing[*]}"
        "${as_root[@]}" apt-get update -qq
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "${missing[@]}"
    fi
fi
programs=(
    hledger ledger bean-check go b3sum openssl sha256sum python3 gcc age age-keygen qrencode zbarimg
    chromium chromedriver soffice pdftotext
)
for program in "${programs[@]}"; do
    command -v "$program" >/dev/null || fail "$program is not installed (Debian: ${packages[*]})"
done
hledger --version
ledger --version | sed -n 1p
bean-check --version
go version
b3sum --version
openssl version
age --version
qrencode --version 2>&1 | sed -n 1p
zbarimg --version
chromium --version 2>/dev/null

begin "Python for the verifiers and tools of others"
venv="$PWD/target/venv"
pins="tests/foreign/requirements.txt"
# Debian's own Python where there is one: python3-venv belongs to that one alone.
python=/usr/bin/python3
[[ -x $python ]] || python=python3
if ! cmp -s "$pins" "$venv/installed.txt"; then
    rm -rf "$venv"
    "$python" -m venv "$venv"
    # aics-witness asks for Python 3.12; Debian 12 has 3.11, on which it runs all the same.
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
        --ignore-requires-python -r "$pins"
    # Copied last, so that an install that broke off is done again.
    cp "$pins" "$venv/installed.txt"
fi
export MINGZHANG_PYTHON="$venv/bin/python"
"$MINGZHANG_PYTHON" -c 'import aics_tlog, aics_witness, blake3, cryptography, pymerkle, rfc8785, selenium, tlog_scales
print("ok", cryptography.__version__, pymerkle.__version__)'

begin "Go's checksum database as a verifier"
mkdir -p target/foreign
export MINGZHANG_SUMDB="$PWD/target/foreign/sumdb"
(
    cd tests/foreign/sumdb
    # Debian's sources and no other: nothing is downloaded.
    GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS='' GOCACHE="$OLDPWD/target/go-cache" \
        go build -o "$MINGZHANG_SUMDB" .
)
echo "$MINGZHANG_SUMDB"

begin "the foreign verifier's own tests"
"$MINGZHANG_PYTHON" -m unittest discover -s tests/foreign -p 'test_*.py'

begin "verify.html in a browser"
"$MINGZHANG_PYTHON" -m unittest discover -s tests/foreign/html -p 'test_*.py'

begin "cargo fmt --check"
cargo fmt --check

begin "cargo clippy"
cargo clippy --locked --all-targets -- -D warnings

# Nobody else compiles what is behind this feature.
begin "Parquet: cargo clippy, cargo test"
cargo clippy --locked --features parquet --lib --bins --test parquet -- -D warnings
cargo test --locked --features parquet --test parquet

# Not --all-targets: that would run the benchmarks as tests. All are run, so that one run tells of
# all that fails.
begin "cargo test"
cargo test --locked --no-fail-fast --lib --bins --tests

printf '\nall passed (%ss)\n' "$SECONDS"
