"""A phone that goes out of reach without a word is noticed, and does not count as there."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NETWORK = """
ip link set lo up
ip link add name here type veth peer name there
ip addr add 192.168.78.1/24 dev here
ip link set here up
exec {python} {script} {folder}
"""
CLASS = '''
"""A class in a network of its own; a phone in another joins and listens; then the way is cut."""
import json, subprocess, sys, threading, time
from pathlib import Path

from game.classroom import lines, networks, serving
from game.classroom.app import application
from game.classroom.room import Room

lines.GONE = 3
address = "192.168.78.1"
lesson = serving.begun("turn_zero", Path(sys.argv[1]), seed=1)
sockets, port = networks.listening([address], 0)
room = Room(lesson, f"{address}:{port}")
app = application(room, {f"{address}:{port}"}, lambda one: True)
server = serving.server_of(app, lesson.hub)
threading.Thread(target=server.run, args=(sockets,), daemon=True).start()

PHONE = """
import http.client, sys, time, urllib.parse
line = http.client.HTTPConnection("192.168.78.1", int(sys.argv[1]), timeout=60)
own = {"Origin": "http://192.168.78.1:" + sys.argv[1]}
def post(path, cookies="", **form):
    head = own | {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    line.request("POST", path, urllib.parse.urlencode(form), head)
    answer = line.getresponse()
    answer.read()
    return answer.headers["set-cookie"].split(";")[0]
passed = post("/", code=sys.argv[2])
seat = post("/seats", passed, table=1, seat="US", role="chair")
line.request("GET", "/team/stream", headers={"Cookie": seat})
answer = line.getresponse()
print(answer.readline(), flush=True)
time.sleep(600)
"""
phone = subprocess.Popen(
    ["unshare", "-n", sys.executable, "-u", "-c",
     "import subprocess, sys; print('apart'); sys.stdin.readline();"
     "subprocess.run(['ip', 'addr', 'add', '192.168.78.2/24', 'dev', 'there']);"
     "subprocess.run(['ip', 'link', 'set', 'there', 'up']);"
     f"sys.argv = ['', '{port}', '{lesson.code}']; exec({PHONE!r})"],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
)
assert "apart" in phone.stdout.readline()
subprocess.run(["ip", "link", "set", "there", "netns", str(phone.pid)], check=True)
phone.stdin.write("go\\n")
phone.stdin.flush()
assert "retry" in phone.stdout.readline()
device = next(iter(lesson.devices.values()))
while not device.streams:
    time.sleep(0.05)
subprocess.run(["ip", "link", "set", "here", "down"], check=True)
cut = time.monotonic()
while device.streams and time.monotonic() - cut < 90:
    time.sleep(0.1)
print(json.dumps({"noticed": round(time.monotonic() - cut, 1), "there": device.streams}))
phone.kill()
'''


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux's namespaces")
def test_who_vanishes_is_noticed(tmp_path: Path) -> None:
    if not all(map(shutil.which, ("unshare", "ip", "bash"))):
        pytest.skip("needs unshare and ip")
    made = "ip link add name one type veth peer name two"
    can = subprocess.run(["unshare", "-rn", "bash", "-c", made], capture_output=True, check=False)
    if can.returncode:
        pytest.skip("no namespaces with cards of their own may be made here")
    script = tmp_path / "held.py"
    script.write_text(CLASS, encoding="utf-8")
    network = NETWORK.format(python=sys.executable, script=script, folder=tmp_path)
    done = subprocess.run(
        ["unshare", "-rn", "bash", "-ec", network],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["there"] == 0
    assert told["noticed"] < 90, "without it, the machine tries for a quarter of an hour"
