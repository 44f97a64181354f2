"""House rules that no general linter knows. Prints each breach as path:line: rule; exits 1 if there is any."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

APPS = ("accounts", "audit", "backups", "cases", "rehsos", "reports", "services")
MAX_LINES = 300
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "common", "core", "misc"}
CLOCK = Path("rehsos/clock.py")
# WeasyPrint takes seconds and 27 MB to import; a web worker that prints nothing never pays for it.
SLOW_IMPORTS = {"weasyprint"}
NOW = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("time", "time"),
}
TEMPLATE_RULES = {
    r"\|\s*safe(seq)?\b": "markup is escaped: no |safe",
    r"{%\s*autoescape\s+off": "markup is escaped: no autoescape off",
    r"<script(?![^>]*\bsrc=)[^>]*>": "scripts are files: the content security policy blocks inline ones",
    r"\sstyle=": "styles are classes: the content security policy blocks inline ones",
    r"\son[a-z]+=[\"']": "handlers are in script files: the content security policy blocks inline ones",
}


def main() -> int:
    breaches = [
        f"{path}:{line}: {rule}"
        for app in APPS
        for path in sorted(Path(app).rglob("*.py"))
        for line, rule in sorted(set(python_breaches(path)))
    ]
    breaches += [
        f"{path}:{line}: {rule}"
        for path in sorted(Path("tests").rglob("*.py"))
        for line, rule in sorted(set(shape_breaches(path)))
    ]
    breaches += [
        f"{path}:{line}: {rule}"
        for path in sorted(Path("templates").rglob("*.html"))
        for line, rule in template_breaches(path.read_text(encoding="utf-8"))
    ]
    print("\n".join(breaches) or "no breach")
    return bool(breaches)


def shape_breaches(path: Path) -> Iterator[tuple[int, str]]:
    """What holds for every module, of the product or of its tests: a name, a length, a first line."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source, str(path))
    if path.stem in NAMES_THAT_SAY_NOTHING:
        yield 1, f"a module is named after its job, not {path.name}"
    if "migrations" not in path.parts:
        lines = source.count("\n")
        if lines > MAX_LINES:
            yield lines, f"{lines} lines: a file past {MAX_LINES} splits by noun"
        if tree.body and path.name not in {"__init__.py", "apps.py"} and not ast.get_docstring(tree):
            yield 1, "the first line says the module's one job"


def python_breaches(path: Path) -> Iterator[tuple[int, str]]:
    yield from shape_breaches(path)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if path != CLOCK:
            yield from _other_clocks(node)
        yield from _markup(node)
        yield from _open_forms(node)
        yield from _signals(node)
        yield from _inline_imports(node)


def template_breaches(text: str) -> Iterator[tuple[int, str]]:
    for pattern, rule in TEMPLATE_RULES.items():
        for match in re.finditer(pattern, text):
            yield text.count("\n", 0, match.start()) + 1, rule


def _other_clocks(node: ast.AST) -> Iterator[tuple[int, str]]:
    rule = "rehsos.clock is the only source of now"
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
        owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
        if (owner, node.attr) in NOW:
            yield node.lineno, rule
    if isinstance(node, ast.ImportFrom) and node.module == "django.utils.timezone":
        if any(name.name in {"now", "localdate"} for name in node.names):
            yield node.lineno, rule


def _markup(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Call) and not all(isinstance(argument, ast.Constant) for argument in node.args):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in {"mark_safe", "SafeString"}:
            yield node.lineno, f"markup is escaped: no {name}"


def _open_forms(node: ast.AST) -> Iterator[tuple[int, str]]:
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Constant):
        return
    if node.value.value == "__all__" and any(getattr(target, "id", "") == "fields" for target in node.targets):
        yield node.lineno, "a form names its fields: whatever else is posted is ignored"


def _signals(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.ImportFrom) and node.module == "django.db.models.signals":
        yield node.lineno, "no signals: the write function calls what must happen"


def _inline_imports(node: ast.AST) -> Iterator[tuple[int, str]]:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
        return
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import):
            modules = {name.name.split(".")[0] for name in inner.names}
        elif isinstance(inner, ast.ImportFrom):
            modules = {(inner.module or "").split(".")[0]}
        else:
            continue
        if not modules <= SLOW_IMPORTS:
            yield inner.lineno, "imports stand at the top of the module"


if __name__ == "__main__":
    sys.exit(main())
