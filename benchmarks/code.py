"""The figures of the code itself: `python -m benchmarks.code [--root FOLDER] [--without PACKAGE] [--json]`.

Counted, without running anything, are all Python files of the packages at the top level of the
folder, but for the tests and the packages that are to be left out. What each figure takes in is said where it is printed.
"""

import argparse
import ast
import json
import re
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.report import format_table

CONSTANT = re.compile(r"_{0,2}[A-Z][A-Z\d_]*")
# What only makes another collection of the one that it is called with.
COLLECTIONS = {"dict", "frozenset", "list", "set", "tuple"}
PROPERTIES = {"property", "cached_property", "setter", "deleter"}
# Parts of one question, which travel by themselves where they are parameters of type str.
LOOSE = {"question", "english", "spelt"}
LOOSE_TYPES = {"str", "str | None", "Optional[str]"}
SHOWN = 10

Definition = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A Python file: its path below the root, its text and its tree."""

    path: Path
    text: str
    tree: ast.Module

    def functions(self) -> Iterator[Definition]:
        """All functions in it, methods and nested ones among them, in the order of the file."""
        found = (node for node in ast.walk(self.tree) if isinstance(node, Definition))
        yield from sorted(found, key=lambda function: function.lineno)

    def assigned(self) -> Iterator[tuple[str, ast.expr]]:
        """The names that are given a value at its top level, with the value."""
        for node in self.tree.body:
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        yield target.id, node.value
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                yield from [(node.target.id, node.value)] if node.value else []


def read_modules(root: Path, *, without: Iterable[str] = ()) -> list[Module]:
    """The files of every package in a folder, but for the tests and the packages named."""
    left_out = {"tests", *without}
    packages = [init.parent for init in root.glob("*/__init__.py")]
    paths = sorted(
        path
        for package in packages
        if package.name not in left_out
        for path in package.rglob("*.py")
    )
    texts = [path.read_text("utf-8") for path in paths]
    return [
        Module(path.relative_to(root), text, ast.parse(text))
        for path, text in zip(paths, texts, strict=True)
    ]


def count_lines(module: Module) -> int:
    """How many lines are not blank."""
    return sum(bool(line.strip()) for line in module.text.splitlines())


def count_code_lines(module: Module) -> int:
    """How many lines hold code: not blank, not a comment alone, not of a docstring."""
    lines = module.text.splitlines()
    told = {number for node in ast.walk(module.tree) for number in _docstring_lines(node)}
    for token in tokenize.generate_tokens(iter(module.text.splitlines(keepends=True)).__next__):
        number, column = token.start
        if token.type == tokenize.COMMENT and not lines[number - 1][:column].strip():
            told.add(number)
    return sum(bool(line.strip()) for at, line in enumerate(lines, start=1) if at not in told)


def _docstring_lines(node: ast.AST) -> Iterable[int]:
    """The lines of a string that stands by itself: a docstring, of a field too."""
    if (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ):
        return range(node.lineno, (node.end_lineno or node.lineno) + 1)
    return ()


def is_literal_collection(value: ast.expr) -> bool:
    """Whether it is a list, tuple, set or dict of literals alone, or a literal string split up."""
    match value:
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()), attr="split")):
            return True
        case ast.Call(func=ast.Name(id=name), args=[inner]) if name in COLLECTIONS:
            return is_literal_collection(inner)
        case ast.List() | ast.Tuple() | ast.Set() | ast.Dict():
            return _is_literal(value)
    return False


def _is_literal(value: ast.expr) -> bool:
    try:
        ast.literal_eval(value)
    except ValueError:
        return False
    return True


def is_compiled_regex(node: ast.AST) -> bool:
    """Whether it is a call of re.compile, at any level."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile"


def is_named_freely(function: Definition) -> bool:
    """Whether the name had to be found: it is neither a dunder's nor a property's."""
    return not function.name.startswith("__") and not is_property(function)


def is_property(function: Definition | ast.ClassDef) -> bool:
    """Whether it runs where an attribute is read or set."""
    decorators = {ast.unparse(one).rpartition(".")[2] for one in function.decorator_list}
    return bool(decorators & PROPERTIES)


def is_one_word(name: str) -> bool:
    """Whether a name is a single word, an underscore at its beginning aside."""
    return "_" not in name.strip("_")


def list_loose_strings(function: Definition) -> list[str]:
    """The parameters that hand on a part of the question as a bare string."""
    every = function.args
    return [
        one.arg
        for one in (*every.posonlyargs, *every.args, *every.kwonlyargs)
        if one.arg in LOOSE
        and (one.annotation is None or ast.unparse(one.annotation) in LOOSE_TYPES)
    ]


def measure_length(function: Definition) -> int:
    """How many lines a function has, docstring and blank ones among them."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def measure_code(modules: Sequence[Module]) -> dict[str, Any]:
    """All figures, as JSON."""
    functions = [(module, function) for module in modules for function in module.functions()]
    named = [function for _, function in functions if is_named_freely(function)]
    one_word = [function.name for function in named if is_one_word(function.name)]
    assigned = [pair for module in modules for pair in module.assigned()]
    by_package = Counter[str]()
    for module in modules:
        by_package[module.path.parts[0]] += count_lines(module)
    longest = sorted(functions, key=lambda pair: -measure_length(pair[1]))[:SHOWN]
    loose = [(*pair, list_loose_strings(pair[1])) for pair in functions]
    return {
        "files": len(modules),
        "lines": sum(by_package.values()),
        "code_lines": sum(map(count_code_lines, modules)),
        "lines_by_package": dict(by_package.most_common()),
        "constants": sum(bool(CONSTANT.fullmatch(name)) for name, _ in assigned),
        "regexes": sum(is_compiled_regex(node) for one in modules for node in ast.walk(one.tree)),
        "collections": sum(is_literal_collection(value) for _, value in assigned),
        "functions": len(named),
        "one_word": len(one_word),
        "one_word_share": round(len(one_word) / max(len(named), 1), 3),
        "largest_files": [
            {"file": str(one.path), "lines": len(one.text.splitlines())}
            for one in sorted(modules, key=lambda one: -len(one.text.splitlines()))[:SHOWN]
        ],
        "longest_functions": [
            {"at": _place(*pair), "lines": measure_length(pair[1])} for pair in longest
        ],
        "loose_strings": [
            {"at": _place(module, function), "takes": names}
            for module, function, names in loose
            if names
        ],
    }


def _place(module: Module, function: Definition) -> str:
    return f"{module.path}:{function.lineno} {function.name}"


def show_figures(figures: dict[str, Any]) -> None:
    """Print the figures as tables, each with what it counts."""
    rows = [
        ("files", figures["files"], "*.py of the packages below"),
        ("lines", figures["lines"], "not blank; with comments and docstrings"),
        ("code lines", figures["code_lines"], "without comments and docstrings, fields' too"),
        (
            "constants",
            figures["constants"],
            "module-level names in capitals, with regexes and collections",
        ),
        ("regexes", figures["regexes"], "calls of re.compile, at any level"),
        ("collections", figures["collections"], "module-level, of literals alone"),
        ("functions", figures["functions"], "with methods; no dunders, no properties"),
        ("of one word", f"{figures['one_word_share']:.1%}", f"of these ({figures['one_word']})"),
        ("loose strings", len(figures["loose_strings"]), "functions that take them, below"),
    ]
    print(format_table(("figure", "count", "of what"), rows))
    for title, key, columns in (
        ("Lines not blank, by package", "lines_by_package", ("package", "lines")),
        ("Largest files (all lines)", "largest_files", ("file", "lines")),
        ("Longest functions (all lines)", "longest_functions", ("function", "lines")),
        ("Parts of a question as loose strings", "loose_strings", ("function", "takes")),
    ):
        listed = (
            figures[key].items() if isinstance(figures[key], dict) else map(_cells, figures[key])
        )
        print(f"\n{title}\n{format_table(columns, listed)}")


def _cells(row: dict[str, Any]) -> list[Any]:
    return [", ".join(cell) if isinstance(cell, list) else cell for cell in row.values()]


def main() -> None:
    """Print the figures of the code in a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(), help="the repository (default: here)")
    parser.add_argument("--without", action="append", default=[], help="leave out a package")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    figures = measure_code(read_modules(options.root, without=options.without))
    if options.json:
        print(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        show_figures(figures)


if __name__ == "__main__":
    main()
