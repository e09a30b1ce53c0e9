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
ip link add name here type veth peer name there
ip addr add {address}/24 dev here
ip link set here up
exec {python} {visit} {folder}
"""
HOOK = """
import json, os, sys
calls = open({calls!r}, "a", buffering=1)
def hook(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        if event != "socket.connect" or isinstance(args[1], tuple):  # else a file of this machine
            calls.write(json.dumps([event, str(args[1:])]) + "\\n")
sys.addaudithook(hook)
open({calls!r} + str(os.getpid()), "w").close()
"""
"""For every Python process of the class: it is read before anything else."""
CLIENT = """
import http.cookiejar, json, re, sys, time, urllib.error, urllib.parse, urllib.request

class Client:
    def __init__(self, address):
        self.address = address
        self.opened = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
        )

    def get(self, path):
        return self.opened.open(self.address + path, timeout=60)

    def page(self, path):
        return self.get(path).read().decode()

    def post(self, path, **form):
        data = urllib.parse.urlencode(form).encode()
        asked = urllib.request.Request(self.address + path, data, {"Origin": self.address})
        return self.opened.open(asked, timeout=60).read().decode()
"""
PHONE = (
    CLIENT
    + '''
"""In a network of its own, with a way to the class and to nothing else."""
print("apart", flush=True)
sys.stdin.readline()
phone = Client(sys.argv[1])
phone.post("/", code=sys.argv[2])
phone.post("/seats", table=1, seat="US", role="chair")
phone.post("/team/draft/deed", deed=1, base=0)
version = re.search(r'name="version" value="(\\d+)"', phone.page("/team/orders"))[1]
committed = "Committed" in phone.post("/team/commit", version=version)
listens = phone.get("/team/stream").readline().decode().startswith("retry")
print(json.dumps({"committed": committed, "listens": listens}), flush=True)
sys.stdin.readline()
print(json.dumps({"report": "On one page" in phone.page("/team/report")}), flush=True)
'''
)
VISIT = (
    CLIENT
    + '''
"""In a network of its own: a class is held, led and debriefed; a phone of another takes part."""
import os, subprocess

folder = sys.argv[1]
server = subprocess.Popen(
    [sys.executable, "-u", "main.py", "host", "turn_zero", "--no-open"],
    stdout=subprocess.PIPE, text=True,
    env=os.environ | {"PYTHONPATH": folder + "/hook" + os.pathsep + os.environ["PYTHONPATH"]},
)
told = ""
for line in server.stdout:
    told += line
    if line.startswith("Ctrl-C"):
        break
address = re.search(r"Teams join at +(http://\\S+)", told)[1]
key = re.search(r"the code +([A-Z]{4})", told)[1]
own, secret = re.search(r"(http://127\\S+?)(/enter/\\S+)", told).groups()
phone = subprocess.Popen(
    ["unshare", "-n", sys.executable, "-u", folder + "/phone.py", address, key],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
)
assert phone.stdout.readline() == "apart\\n"
subprocess.run(["ip", "link", "set", "there", "netns", str(phone.pid)], check=True)
enter = ["nsenter", "-t", str(phone.pid), "-n", "ip"]
subprocess.run([*enter, "addr", "add", "192.168.77.2/24", "dev", "there"], check=True)
subprocess.run([*enter, "link", "set", "there", "up"], check=True)

def says(to_phone):
    phone.stdin.write(to_phone)
    phone.stdin.flush()
    return json.loads(phone.stdout.readline())

found = {"address": address} | says("join\\n")
host = Client(own)
host.page(secret)
for what in ({"what": "begin", "minutes": 5}, {"what": "time"}, {"what": "end", "reason": "x"}):
    host.post("/host/1/do", **what)
while True:
    try:
        host.page("/host/1/report")
        break
    except urllib.error.HTTPError:  # it is still being worked out
        time.sleep(0.3)
host.post("/host/1/do", what="share")
found |= says("read\\n")
wall = re.search(r'href="(/wall/[^"]+)"', host.page("/host/1"))[1]
found["wall"] = "debrief" in Client(own).page(wall)
server.terminate()
server.wait(60)
print(json.dumps(found))
'''
)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux's namespaces")
def test_a_class_needs_no_internet_and_asks_for_none(tmp_path: Path) -> None:
    """From joining to the report on a phone, which sits in another network behind a cable."""
    if not all(map(shutil.which, ("unshare", "nsenter", "ip", "bash"))):
        pytest.skip("needs unshare, nsenter and ip")
    made = "ip link add name one type veth peer name two"
    can = subprocess.run(["unshare", "-rn", "bash", "-c", made], capture_output=True, check=False)
    if can.returncode:
        pytest.skip("no namespaces with cards of their own may be made here")
    visit, calls = tmp_path / "visit.py", tmp_path / "calls.txt"
    visit.write_text(VISIT, encoding="utf-8")
    (tmp_path / "phone.py").write_text(PHONE, encoding="utf-8")
    (tmp_path / "hook").mkdir()
    hook = HOOK.format(calls=str(calls))
    (tmp_path / "hook" / "sitecustomize.py").write_text(hook, encoding="utf-8")
    script = INSIDE.format(address=ADDRESS, python=sys.executable, visit=visit, folder=tmp_path)
    done = subprocess.run(
        ["unshare", "-rn", "bash", "-ec", script],
        cwd=ROOT,
        env=os.environ | {HOME: str(tmp_path / "home"), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told.pop("address").startswith(f"http://{ADDRESS}:"), "the one network that there is"
    assert told == {"committed": True, "listens": True, "report": True, "wall": True}
    assert calls.read_text(encoding="utf-8") == "", "nothing was reached for"
    assert len(list(tmp_path.glob("calls.txt*"))) > 2, "its debrief was worked out under watch, too"
