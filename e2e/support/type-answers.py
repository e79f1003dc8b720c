"""Runs a program on a terminal and types a line whenever it waits: `type-answers.py ANSWERS-AS-JSON PROGRAM ...`.

Tools ask for passwords on a terminal only, and node has none to give.
"""
import json, os, pty, select, signal, sys, time

answers = json.loads(sys.argv[1])
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
deadline, asked, tail = time.time() + 60, False, b""
while time.time() < deadline:
    ready, _, _ = select.select([terminal], [], [], 0.4)
    if ready:
        try:
            text = os.read(terminal, 4096)
        except OSError:
            break
        if not text:
            break
        sys.stdout.write(text.decode(errors="replace"))
        # A question ends no line, and may come in pieces.
        tail = (tail + text)[-100:]
        asked = tail.rstrip(b" ").endswith((b":", b"]", b"G"))
    elif asked and answers:
        os.write(terminal, (answers.pop(0) + "\n").encode())
        asked = False
sys.stdout.flush()
if time.time() >= deadline:
    os.kill(pid, signal.SIGKILL)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
