#!/bin/bash
# The bit-exact tests on emulated Arm cores, and what a whole step does there: `make test-arm`.
# Usage: run.sh FOLDER [CORE...]. FOLDER is made by setup.sh if it is not there.
set -euo pipefail
scripts=$(cd "$(dirname "$0")" && pwd)
folder=$1
shift
test $# -gt 0 || set -- a72 n1 v1

skip() {
    echo "skipped: $1"
    exit 0
}
command -v qemu-aarch64-static >/dev/null || skip "qemu-aarch64-static is not installed"
if ! test -x "$folder/python"; then
    test "$(id -u)" = 0 || skip "debootstrap needs root to make an AArch64 Linux in $folder"
    for tool in debootstrap aarch64-linux-gnu-gcc; do
        command -v $tool >/dev/null || skip "$tool is not installed"
    done
    rm -rf "$folder" # half made by a run that was interrupted
    bash "$scripts/setup.sh" "$folder"
fi
python=$(cd "$folder" && pwd)/python
cd "$scripts/../.."
for core in "$@"; do
    export ARM_CPU=$core
    "$python" -m adadelta_gen doctor
    "$python" -m pytest -q -p no:cacheprovider -k "not cpu_ or _min_wd" \
        tests/kernels/test_exact.py tests/kernels/test_storage.py tests/kernels/test_threads.py
done
