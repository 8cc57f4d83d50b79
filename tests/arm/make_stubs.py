"""Empty CUDA libraries, so that a CUDA build of torch for Arm can be imported for its CPU half.

Usage: make_stubs.py SITE OUT. Every CUDA function that torch's libraries want becomes one that
returns 100 (cudaErrorNoDevice): torch.cuda.is_available() is then False. libcuda.so.1 is left out:
torch does not need it, and a stub of it would make numba.cuda fail instead of finding no driver.
"""

import collections
import pathlib
import re
import subprocess
import sys

site, out = map(pathlib.Path, sys.argv[1:])
lib = site / "torch" / "lib"
CROSS = "aarch64-linux-gnu-"
SYSTEM = re.compile(r"(libc|libm|libdl|librt|libz|libpthread|libgcc_s|libstdc\+\+|ld-linux.*)\.so")
CUDA = re.compile(r"cu|nccl|nvshmem|nvrtc|nvJitLink|nvtx|__cuda")


def run(*command):
    return subprocess.run(
        list(map(str, command)), check=True, capture_output=True, text=True
    ).stdout


out.mkdir(parents=True, exist_ok=True)
at_hand = {path.name for path in lib.iterdir()}
missing, wanted, given = set(), set(), set()
for path in sorted(lib.glob("*.so*")):
    for name in re.findall(r"\(NEEDED\).*\[(.*)\]", run(CROSS + "readelf", "-d", path)):
        if name not in at_hand and not SYSTEM.match(name) and name != "libcuda.so.1":
            missing.add(name)
    for line in run(CROSS + "nm", "-D", path).splitlines():
        *_, kind, symbol = line.split()
        name, _, version = symbol.partition("@")
        (wanted if kind == "U" else given).add((name, version.lstrip("@")))
defined = {name for name, _ in given}
# A library whose versions are named after it (libcudart.so.13) gets its functions with them.
by_library = collections.defaultdict(set)
for name, version in wanted:
    if name not in defined and CUDA.match(name):
        by_library[version if version in missing else "libcudart.so.13", version].add(name)
for soname in sorted(missing):
    source, script, nodes = out / "stub.c", out / "stub.map", []
    functions = []
    for (library, version), names in by_library.items():
        if library == soname:
            functions += sorted(names)
            if version:
                nodes.append(f"{version} {{ global: {'; '.join(sorted(names))}; }};")
    texts = [n for n in functions if re.search(r"Get\w*(String|Name)$", n)]
    source.write_text(
        "".join(f'const char *{name}(void) {{ return "stub"; }}\n' for name in texts)
        + "".join(f"long {n}(void) {{ return 100; }}\n" for n in functions if n not in texts)
    )
    script.write_text("\n".join(nodes))
    options = [f"-Wl,--version-script={script}"] if nodes else []
    run(CROSS + "gcc", "-w", "-fno-builtin", "-shared", "-fPIC", *options,
        f"-Wl,-soname,{soname}", "-o", out / soname, source)  # fmt: skip
    print(soname, len(functions), [n.split()[0] for n in nodes])
for left in ("stub.c", "stub.map"):
    (out / left).unlink()
