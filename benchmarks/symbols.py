"""Finds what names stand for in a repository, without running it: functions, classes, methods."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.code import Definition, Module, is_property


@dataclass(frozen=True, eq=False)
class Symbol:
    """A function or class, the file it stands in, and of a method the class it belongs to."""

    module: Module
    node: Definition | ast.ClassDef
    owner: "Symbol | None" = None


@dataclass(frozen=True)
class Value:
    """What is known of an expression: whether it comes of the parameter, and its class."""

    derived: bool = False
    kind: Symbol | None = None
    many: bool = False
    """Whether it holds things of this class, and is none itself."""

    def element(self) -> "Value":
        """One of the things that it holds."""
        return replace(self, many=False)


NOTHING = Value()


class Repository:
    """Finds functions, classes and methods by name."""

    def __init__(self, modules: Iterable[Module]) -> None:
        self._modules = {_dotted(module.path): module for module in modules}
        self._symbols: dict[ast.AST, Symbol] = {}

    def find(self, module: Module, name: str) -> Symbol | Module | None:
        """What a name stands for in a module: its own, or what it imports."""
        for node in ast.walk(module.tree):
            if isinstance(node, Definition | ast.ClassDef) and node in module.tree.body:
                if node.name == name:
                    return self.symbol(module, node)
            elif isinstance(node, ast.ImportFrom | ast.Import):
                for alias in node.names:
                    if name == (alias.asname or alias.name):
                        return self._imported(node, alias.name)
        return None

    def _imported(self, node: ast.ImportFrom | ast.Import, name: str) -> Symbol | Module | None:
        origin = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        whole = f"{origin}.{name}".strip(".")
        if whole in self._modules:
            return self._modules[whole]
        return self.find(self._modules[origin], name) if origin in self._modules else None

    def symbol(
        self, module: Module, node: Definition | ast.ClassDef, owner: Symbol | None = None
    ) -> Symbol:
        """The one symbol of a definition."""
        return self._symbols.setdefault(node, Symbol(module, node, owner))

    def methods(self, kind: Symbol, name: str) -> list[Symbol]:
        """A method of a class, also an inherited one; of a protocol, also those that fill it in.

        A property is none.
        """
        found = [self._method(one, name) for one in (kind, *self._filling(kind))]
        return [one for one in found if one and not is_property(one.node)]

    def _method(self, kind: Symbol, name: str) -> Symbol | None:
        for one in self.lineage(kind):
            for node in one.node.body:
                if isinstance(node, Definition) and node.name == name:
                    return self.symbol(one.module, node, kind)
        return None

    def lineage(self, kind: Symbol) -> Iterator[Symbol]:
        """A class and those that it inherits from."""
        yield kind
        for base in kind.node.bases if isinstance(kind.node, ast.ClassDef) else ():
            if parent := self.annotated(kind.module, base).kind:
                yield from self.lineage(parent)

    def _filling(self, kind: Symbol) -> Iterator[Symbol]:
        """The classes that have all methods of a protocol."""
        if not _is_protocol(kind.node):
            return
        wanted = {node.name for node in kind.node.body if isinstance(node, Definition)}
        for module in self._modules.values():
            for node in module.tree.body:
                if isinstance(node, ast.ClassDef) and not _is_protocol(node):
                    symbol = self.symbol(module, node)
                    if all(self._method(symbol, name) for name in wanted):
                        yield symbol

    def annotated(self, module: Module, annotation: ast.expr | None) -> Value:
        """The class, or the things' class, that an annotation names."""
        match annotation:
            case ast.Constant(value=str(text)):
                return self.annotated(module, ast.parse(text, mode="eval").body)
            case ast.BinOp(left=left, right=right):
                either = self.annotated(module, left)
                return either if either.kind else self.annotated(module, right)
            case ast.Subscript(value=outer, slice=inner) if ast.unparse(outer) != "Callable":
                whole = self.annotated(module, outer)
                last = inner.elts[-1] if isinstance(inner, ast.Tuple) else inner
                return whole if whole.kind else replace(self.annotated(module, last), many=True)
            case ast.Name(id=name):
                found = self.find(module, name)
                if isinstance(found, Symbol) and isinstance(found.node, ast.ClassDef):
                    return Value(kind=found)
        return NOTHING

    def attribute(self, kind: Symbol, name: str) -> Value:
        """What an attribute of a class holds, by its annotation or by what it is assigned."""
        for one in self.lineage(kind):
            for node in ast.walk(one.node):
                if isinstance(node, Definition) and node.name == name:
                    return self.annotated(one.module, node.returns)
                if isinstance(node, ast.AnnAssign):
                    if ast.unparse(node.target) in (name, f"self.{name}"):
                        return self.annotated(one.module, node.annotation)
                elif isinstance(node, ast.Assign) and f"self.{name}" in map(
                    ast.unparse, node.targets
                ):
                    return self._assigned(one, node.value)
        return NOTHING

    def _assigned(self, kind: Symbol, value: ast.expr) -> Value:
        if isinstance(value, ast.Call):
            return self.annotated(kind.module, value.func)
        begins = self._method(kind, "__init__")
        for one in list_parameters(begins.node) if begins else ():
            if isinstance(value, ast.Name) and one.arg == value.id:
                return self.annotated(kind.module, one.annotation)
        return NOTHING


def _dotted(path: Path) -> str:
    """The name that a file is imported by."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def list_parameters(node: ast.AST) -> list[ast.arg]:
    """The parameters of a function, in order; none of what is no function."""
    if not isinstance(node, Definition):
        return []
    every = node.args
    return [*every.posonlyargs, *every.args, *every.kwonlyargs]


def list_expressions(node: ast.AST) -> list[ast.expr]:
    """The expressions that stand in a node, but for those within another one."""
    found = []
    for child in ast.iter_child_nodes(node):
        found += [child] if isinstance(child, ast.expr) else list_expressions(child)
    return found


def _is_protocol(node: ast.AST) -> bool:
    bases = node.bases if isinstance(node, ast.ClassDef) else []
    return any("Protocol" in ast.unparse(base) for base in bases)
