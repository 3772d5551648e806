"""How far one parameter has to be followed: `python -m benchmarks.question_path [FILE:FUNCTION:PARAM]`.

Walks the code as a newcomer reads it, without running it: through every call that is handed the
parameter, or something got from it, in the order in which the calls are written. Counted are the
files entered; the stops, each a stretch in one file before the walk goes on in another; and the
returns, the stops in a file that it had left before. A function that was walked with the same
parameters is not walked again; going back to the caller is no stop, nor is reading a property.

It is a measuring aid, with limits. All branches are walked. Whatever a call is handed counts as
in what it gives, and in an object that is made of it. Functions are found by their imports, or
where they are handed on by name; methods by the class that is annotated or assigned, those of a
protocol in all classes that have them. What is kept in dicts or tuples of several kinds, narrowed
by isinstance, or bound at module level has no class here, so that its methods are not followed.
"""

import argparse
import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from benchmarks.code import Definition, Module, read_modules
from benchmarks.symbols import NOTHING, Repository, Symbol, Value, list_expressions, list_parameters

START = "nodes/answer.py:answer:state"
# They give the first thing that they are handed again, or one of its elements.
SAME = {"copy", "enumerate", "filter", "list", "replace", "reversed", "set", "sorted", "tuple"}
ELEMENT = {"max", "min", "next"}

Handed = Sequence[Value]
Named = dict[str, Value]


@dataclass(frozen=True)
class Visit:
    """A function that the walk has entered, with the parameters that it follows there."""

    path: Path
    function: str
    names: tuple[str, ...]


class Walk:
    """Follows a parameter, and keeps where it has been."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.visits: list[Visit] = []
        self._walked: set[tuple[Symbol, tuple[str, ...]]] = set()

    def enter(self, symbol: Symbol, receiver: Value, handed: Handed, named: Named) -> None:
        """Walk a function, or what makes an object of a class, with what it is handed."""
        if isinstance(symbol.node, ast.ClassDef):
            made = Value(any(one.derived for one in (*handed, *named.values())), symbol)
            for begins in self.repository.methods(symbol, "__init__"):
                self.enter(begins, made, handed, named)
            return
        known = self._bound(symbol, receiver, handed, named)
        names = tuple(name for name, value in known.items() if value.derived)
        if names and (symbol, names) not in self._walked:
            self._walked.add((symbol, names))
            owner = f"{symbol.owner.node.name}." if symbol.owner else ""
            self.visits.append(Visit(symbol.module.path, owner + symbol.node.name, names))
            Scope(self, symbol.module, known).run(symbol.node.body)

    def _bound(self, symbol: Symbol, receiver: Value, handed: Handed, named: Named) -> Named:
        assert isinstance(symbol.node, Definition)
        places = [*symbol.node.args.posonlyargs, *symbol.node.args.args]
        values = [receiver, *handed] if symbol.owner else handed
        given = {place.arg: value for place, value in zip(places, values, strict=False)}
        known = {}
        for one in list_parameters(symbol.node):
            value = (given | named).get(one.arg, NOTHING)
            told = self.repository.annotated(symbol.module, one.annotation)
            known[one.arg] = value if value.kind else replace(told, derived=value.derived)
        return known


@dataclass
class Scope:
    """The body of a function: what is known of its names so far."""

    walk: Walk
    module: Module
    known: Named = field(default_factory=dict)

    def run(self, body: Iterable[ast.AST]) -> None:
        """Follow the parameter through statements."""
        for node in body:
            self._step(node)

    def _step(self, node: ast.AST) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                got = self.read(value)
                for target in targets:
                    self._keep(target, got)
            case ast.AnnAssign(target=target, value=value) if value:
                told = self.walk.repository.annotated(self.module, node.annotation)
                got = self.read(value)
                self._keep(target, replace(told, derived=got.derived) if told.kind else got)
            case ast.AugAssign(target=target, value=value):
                got, had = self.read(value), self.read(target)
                self._keep(target, replace(had, derived=had.derived or got.derived))
            case ast.For() | ast.AsyncFor() | ast.comprehension():
                self._keep(node.target, self.read(node.iter).element())
                rest = node.ifs if isinstance(node, ast.comprehension) else node.body + node.orelse
                self.run(rest)
            case ast.withitem(context_expr=value, optional_vars=target):
                got = self.read(value)
                if target:
                    self._keep(target, got)
            case ast.expr():
                self.read(node)
            case ast.ClassDef():
                return
            case _:
                self.run(ast.iter_child_nodes(node))

    def _keep(self, target: ast.expr, value: Value) -> None:
        if isinstance(target, ast.Tuple | ast.List):
            for one in target.elts:
                self._keep(one, value.element())
        else:
            self.known[ast.unparse(target)] = value

    def read(self, node: ast.expr) -> Value:
        """Follow the parameter through an expression, and say what it gives."""
        match node:
            case ast.Name(id=name):
                return self.known.get(name, NOTHING)
            case ast.Attribute():
                return self._attribute(node)
            case ast.Call():
                return self._call(node)
            case ast.Await(value=value) | ast.Starred(value=value):
                return self.read(value)
            case ast.NamedExpr(target=target, value=value):
                got = self.read(value)
                self._keep(target, got)
                return got
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                self.run(node.generators)
                parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
                return replace(self._together(parts), many=True)
            case ast.Subscript(value=value, slice=at):
                got = self._together([value, at])
                return got if isinstance(at, ast.Slice) else got.element()
        return self._together(list_expressions(node))

    def _together(self, parts: Iterable[ast.expr]) -> Value:
        """What comes of several expressions: of the class of the first that has one."""
        read = [self.read(part) for part in parts]
        first = next((one for one in read if one.kind), NOTHING)
        return replace(first, derived=any(one.derived for one in read))

    def _attribute(self, node: ast.Attribute) -> Value:
        if (kept := self.known.get(ast.unparse(node))) is not None:
            return kept
        whole = self.read(node.value)
        if not whole.kind or whole.many:
            return Value(whole.derived)
        held = self.walk.repository.attribute(whole.kind, node.attr)
        return replace(held, derived=whole.derived)

    def _call(self, node: ast.Call) -> Value:
        """Enter what is called, and the functions that it is handed, with what it is handed."""
        called, receiver = self._called(node.func)
        handed = [self.read(one) for one in node.args]
        named = {one.arg or "**": self.read(one.value) for one in node.keywords}
        for symbol in called:
            self.walk.enter(symbol, receiver, handed, named)
        for at, one in enumerate([*node.args, *(one.value for one in node.keywords)], start=1):
            if isinstance(one, ast.Name | ast.Attribute) and ast.unparse(one) not in self.known:
                passed, owner = self._called(one)
                for symbol in passed:
                    self.walk.enter(symbol, owner, handed[at:] or handed, named)
        derived = any(one.derived for one in (receiver, *handed, *named.values()))
        return replace(self._given(node.func, called, handed), derived=derived)

    def _called(self, function: ast.expr) -> tuple[list[Symbol], Value]:
        """The functions or classes that may be meant, and the object whose methods they are."""
        found: Symbol | Module | None = None
        if isinstance(function, ast.Name):
            found = self.walk.repository.find(self.module, function.id)
        elif isinstance(function, ast.Attribute):
            receiver = self.read(function.value)
            if receiver.kind and not receiver.many:
                return self.walk.repository.methods(receiver.kind, function.attr), receiver
            if receiver.derived or not isinstance(function.value, ast.Name):
                return [], receiver
            origin = self.walk.repository.find(self.module, function.value.id)
            if isinstance(origin, Module):
                found = self.walk.repository.find(origin, function.attr)
            elif origin:
                return self.walk.repository.methods(origin, function.attr), Value(kind=origin)
        return [found] if isinstance(found, Symbol) else [], NOTHING

    def _given(self, function: ast.expr, called: Sequence[Symbol], handed: Handed) -> Value:
        """What a call gives: an object of the class, or what the function is annotated with."""
        for symbol in called:
            if isinstance(symbol.node, ast.ClassDef):
                return Value(kind=symbol)
            return self.walk.repository.annotated(symbol.module, symbol.node.returns)
        name = function.id if isinstance(function, ast.Name) else ""
        if handed and name in SAME | ELEMENT:
            return handed[0].element() if name in ELEMENT else handed[0]
        return NOTHING


def walk_parameter(root: Path, start: str) -> list[Visit]:
    """The functions entered in following FILE:FUNCTION:PARAM, in order."""
    file, function, parameter = start.split(":")
    modules = read_modules(root)
    walk = Walk(Repository(modules))
    homes = (module for module in modules if module.path == Path(file))
    begin = next((walk.repository.find(home, function) for home in homes), None)
    if not isinstance(begin, Symbol):
        raise SystemExit(f"{file} has no function {function}")
    walk.enter(begin, NOTHING, [], {parameter: Value(derived=True)})
    return walk.visits


def gather_stops(visits: Iterable[Visit]) -> list[list[Visit]]:
    """The visits in a row that stay in one file."""
    return [list(stop) for _, stop in groupby(visits, key=lambda visit: visit.path)]


def main() -> None:
    """Print the stops and how many there are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("start", nargs="?", default=START, metavar="FILE:FUNCTION:PARAM")
    parser.add_argument("--root", type=Path, default=Path(), help="the repository (default: here)")
    options = parser.parse_args()
    stops = gather_stops(walk_parameter(options.root, options.start))
    for number, stop in enumerate(stops, start=1):
        entered = ", ".join(f"{visit.function}({', '.join(visit.names)})" for visit in stop)
        print(f"{number:>3}  {stop[0].path}: {entered}")
    files = len({stop[0].path for stop in stops})
    print(f"files {files}  stops {len(stops)}  returns {len(stops) - files}")


if __name__ == "__main__":
    main()
