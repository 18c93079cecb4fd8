"""Checks blocks for shells of other platforms as far as this machine can."""

import re
import shutil
import subprocess

STATEMENT = re.compile(r"^(\$[\w:]+\s*=|\[[\w.]+\]::\w+\(|[A-Z][a-z]+-[A-Z]\w+\b|cript\b)")


def checked(command, text):
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=60)
    return None if done.returncode == 0 else (done.stderr or done.stdout).strip()


def zsh_problem(block):
    """A sentence, or None. Without zsh, bash reads the block: these pages use what both understand."""
    shell = shutil.which("zsh") or shutil.which("bash")
    problem = checked([shell, "-n"], block.text)
    if problem:
        return problem
    # Both shells take any words for a command, so the commands themselves are looked at, too.
    known = {"security", "cat", "source", "export", "cript", "echo"}
    body = re.sub(r"<<'?(\w+)'?\n.*?^\1$", "", block.text, flags=re.S | re.M)
    for line in body.splitlines():
        if line.strip() and line.split()[0] not in known:
            return f"'{line.split()[0]}' is no command of this page"
    return None


def powershell_problem(block):
    """A sentence, or None. Without PowerShell, each statement must at least have the form of one, and its quotes match."""
    if shutil.which("pwsh"):
        script = "$ErrorActionPreference='Stop'; [void][ScriptBlock]::Create([Console]::In.ReadToEnd())"
        return checked(["pwsh", "-NoProfile", "-Command", script], block.text)
    for line in block.text.splitlines():
        bare = re.sub(r"'[^']*'", "''", line)
        if "'" in bare.replace("''", "") or bare.count("(") != bare.count(")") or bare.count("[") != bare.count("]"):
            return f"quotes or brackets do not match: {line}"
        if line.strip() and not STATEMENT.match(line.strip()):
            return f"no statement of PowerShell: {line}"
    return None


def left_unchecked(kind):
    """What this machine cannot check of a kind, or None."""
    program = {"zsh": "zsh", "powershell": "pwsh"}[kind]
    return None if shutil.which(program) else f"{program} is not here: only the form of its blocks was checked"
