#!/bin/bash
# An AArch64 Linux with Python 3.11, torch and llvmlite in a folder, for qemu's user emulation.
# Usage: setup.sh FOLDER. Needs root (debootstrap) and, from Debian: qemu-user-static, debootstrap,
# gcc-aarch64-linux-gnu. About a minute of CPU, 1.9 GB, 0.6 GB of it downloaded.
# MIRROR: of Debian, if not debootstrap's own. TORCH: which torch.
set -euo pipefail
scripts=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
arm=$(cd "$1" && pwd)
torch=${TORCH:-torch==2.13.0}

# A root that nobody boots: the packages are unpacked, not configured; python3 needs no more.
debootstrap --arch=arm64 --foreign --variant=minbase \
    --include=python3,libgomp1,libstdc++6,zlib1g bookworm "$arm/root" ${MIRROR:-}
for package in "$arm"/root/var/cache/apt/archives/*.deb; do dpkg-deb -x "$package" "$arm/root"; done

# Wheels are picked for the other machine; torch's are for CUDA, of which stubs do for its CPU half.
pip=(python3 -m pip install -q --target "$arm/site" --python-version 3.11 --implementation cp
    --only-binary=:all: --platform manylinux_2_28_aarch64 --platform manylinux_2_27_aarch64
    --platform manylinux2014_aarch64 --platform manylinux_2_17_aarch64)
"${pip[@]}" --no-deps "$torch"
"${pip[@]}" llvmlite==0.50.0 'numpy<2.5' filelock jinja2 networkx sympy fsspec \
    'typing_extensions>=4.10' 'setuptools>=77' rich typer expecttest hypothesis pytest \
    pytest-timeout pytest-xdist
python3 "$scripts/make_stubs.py" "$arm/site" "$arm/stubs" >/dev/null

# One machine for each core: the root with a /proc/cpuinfo and a MIDR of its own.
for core in a72 n1 v1 v2 new; do
    machine=$arm/machine/$core
    mkdir -p "$machine/proc"
    for path in "$arm"/root/*; do
        name=$(basename "$path")
        case $name in proc | sys | tmp) ;; *) ln -sfn "../../root/$name" "$machine/$name" ;; esac
    done
    python3 "$scripts/cpuinfo.py" "$core" "$machine"
done
mkdir -p "$arm/home"
git -C "$scripts" rev-parse --show-toplevel >"$arm/checkout"
cp "$scripts/python" "$arm/python" # last: it says that all is there
