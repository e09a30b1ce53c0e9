"""Without the internet: a made-up local network and nothing else; nothing tries to reach out."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from game.session.home import HOME

ROOT = Path(__file__).parents[2]
ADDRESS = "192.168.77.1"
INSIDE = """
ip link set lo up
ip addr add {address}/24 dev lo
exec {python} {visit} {folder}
"""
VISIT = '''
"""In a network of its own: a class is held, somebody joins and orders; every call to the network
that is no answer to that is written down.
"""
import json, re, subprocess, sys, threading, urllib.parse, http.cookiejar, urllib.request
from pathlib import Path

folder = Path(sys.argv[1])
SERVE = """
import json, sys
calls = open({calls!r}, "a", buffering=1)
def hook(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        calls.write(json.dumps([event, str(args[1:])]) + "\\\\n")
sys.addaudithook(hook)
import main
sys.exit(main.main(["host", "turn_zero", "--no-open"]))
"""
code = SERVE.format(calls=str(folder / "calls.txt"))
server = subprocess.Popen([sys.executable, "-u", "-c", code], stdout=subprocess.PIPE, text=True)
told = ""
for line in server.stdout:
    told += line
    if line.startswith("Ctrl-C"):
        break
address = re.search(r"Teams join at +(http://\\S+)", told)[1]
key = re.search(r"the code +([A-Z]{4})", told)[1]
visitor = urllib.request.build_opener(
    urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
)

def post(path, **form):
    data = urllib.parse.urlencode(form).encode()
    asked = urllib.request.Request(address + path, data, {"Origin": address})
    return visitor.open(asked, timeout=20).read().decode()

post("/", code=key)
post("/seats", table=1, seat="US", role="chair")
post("/team/draft/deed", deed=1, base=0)
page = visitor.open(address + "/team/orders", timeout=20).read().decode()
version = re.search(r'name="version" value="(\\d+)"', page)[1]
page = post("/team/commit", version=version)
server.terminate()
server.wait(20)
print(json.dumps({"address": address, "committed": "Committed" in page}))
'''


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux's namespaces")
def test_a_class_needs_no_internet_and_asks_for_none(tmp_path: Path) -> None:
    if not all(map(shutil.which, ("unshare", "ip", "bash"))):
        pytest.skip("needs unshare and ip")
    can = subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False)
    if can.returncode:
        pytest.skip("no namespaces may be made here")
    visit = tmp_path / "visit.py"
    visit.write_text(VISIT, encoding="utf-8")
    script = INSIDE.format(address=ADDRESS, python=sys.executable, visit=visit, folder=tmp_path)
    done = subprocess.run(
        ["unshare", "-rn", "bash", "-ec", script],
        cwd=ROOT,
        env=os.environ | {HOME: str(tmp_path / "home"), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["address"].startswith(f"http://{ADDRESS}:"), "the one network that there is"
    assert told["committed"]
    assert (tmp_path / "calls.txt").read_text(encoding="utf-8") == "", "nothing was reached for"
