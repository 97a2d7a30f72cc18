"""The generated sections of `docs/protocol.md`: what the Structs of `shared/` declare and what their docstrings say."""

import ast
import enum
import inspect
import itertools
import textwrap
from types import ModuleType
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec import inspect as shapes

from shared import answers, entities, errors, events, limits, moderation, types
from shared.requests import REQUESTS, Nothing, Request, result_type

from .tables import table

Kind = TypeVar("Kind")

JSON_TYPES = {"str": "text", "int": "integer", "float": "number", "bool": "true or false"}


def number_table() -> str:
    """The numbers that both ends must agree on."""
    numbers = (
        "MAX_FRAME",
        "MAX_FRAME_BEFORE_LOGIN",
        "MAX_BODY",
        "MAX_PAGE",
        "MAX_ATTACHMENTS",
        "MAX_CHUNK",
        "MAX_PASSWORD_BYTES",
        "MAX_INTEGER",
    )
    notes = notes_of(limits)
    return table(
        ("limit", "is", ""), [(f"`{name}`", f"{getattr(limits, name):,}", notes.get(name, "")) for name in numbers]
    )


def request_sections() -> str:
    """Each request with its fields and what `done` carries."""
    return "\n\n".join(f"{_section(request)}\n\n{_result(request)}" for request in REQUESTS)


def _result(request: type[Request[Any]]) -> str:
    result = result_type(request)
    if result is Nothing:
        return "The result is empty: `{}`."
    return f"The result is a [{result.__name__}](#{result.__name__.lower()})."


def result_sections() -> str:
    """Each result type, in the order in which requests first mention it."""
    requests: tuple[type[Request[Any]], ...] = REQUESTS
    results: dict[type[Struct], None] = dict.fromkeys(map(result_type, requests))
    return "\n\n".join(_section(result) for result in results if result is not Nothing)


def reply_sections() -> str:
    """`done` and `refused`."""
    return "\n\n".join(_section(reply) for reply in (answers.Done, answers.Refused))


def event_sections() -> str:
    """Each event."""
    return "\n\n".join(_section(event) for event in events.EVENTS)


def entity_sections() -> str:
    """Each thing that exists."""
    return "\n\n".join(_section(thing) for thing in _things())


def _things() -> list[type[Struct]]:
    parts = (entities.people, entities.channels, entities.messages, entities.files, entities.snapshot, moderation)
    return [each for part in parts for each in _defined(part, Struct)]


def word_table() -> str:
    """Constrained words: what an id, a name or a body may be."""
    notes = notes_of(types)
    names = [name for line in _body(types) if (name := _assigned(line)) and name[0].isupper() and not name.isupper()]
    rows = [(f"`{name}`", _bounds(shapes.type_info(getattr(types, name))), notes.get(name, "")) for name in names]
    return table(("word", "is", ""), rows)


def choice_table() -> str:
    """Words of which there are only a few."""
    rows = [
        (f"`{choice.__name__}`", f"`{each.value}`", notes_of(choice).get(each.name, ""))
        for choice in _defined(types, enum.Enum)
        for each in choice
    ]
    return table(("word", "value", ""), rows)


def code_table() -> str:
    """The codes of `refused`, with what each says where it is the usual code of a kind of refusal."""
    kinds = {
        kind.default_code: _prose(kind).split("\n\n")[0] for kind in reversed(_defined(errors, errors.Refusal)[1:])
    }
    return table(
        ("code", "means"),
        [(f"`{code.value}`", kinds.get(code) or notes_of(errors.Code)[code.name]) for code in errors.Code],
    )


# --- one Struct -------------------------------------------------------------------------------------------------------


def _section(struct: type[Struct]) -> str:
    return f"### {_title(struct)}\n\n{_prose(struct)}\n\n{_fields(struct)}"


def _title(struct: type[Struct]) -> str:
    """What the page calls it: its `type` on the wire, or its name where it has none there."""
    return str(struct.__struct_config__.tag or struct.__name__)


def _fields(struct: type[Struct]) -> str:
    """The fields that a Struct declares itself; those of every request are told of once, in the page's own words."""
    notes = notes_of(struct)
    declared: dict[str, shapes.Field] = {field.name: field for field in _shape(struct).fields}
    rows = []
    for line in _body(struct):
        if isinstance(line, ast.AnnAssign) and (name := _assigned(line)):
            field = declared[name]
            default = "" if field.required else f"Left out: `{msgspec.json.encode(field.default).decode()}`."
            rows.append((f"`{name}`", _type(line.annotation, field.type), f"{notes.get(name, '')} {default}".strip()))
    return table(("field", "type", ""), rows) if rows else "No fields of its own."


def _shape(of: Any) -> Any:
    """What msgspec knows of a type; which of its classes comes back is clear to who asks, but not to mypy."""
    return shapes.type_info(of)


def _type(annotation: ast.expr, resolved: Any) -> str:  # noqa: PLR0911  # one branch a form of annotation
    """A field's type in the page's words."""
    match annotation:
        case ast.Name("Raw"):
            return "the request's result"
        case ast.Name(name) if name in JSON_TYPES:
            return JSON_TYPES[name]
        case ast.Name(name):
            return f"[{name}](#{_anchor(name)})"
        case ast.BinOp(left=some, right=ast.Constant(None)):
            without_null = next(each for each in resolved.types if not isinstance(each, shapes.NoneType))
            return f"{_type(some, without_null)} or null"
        case ast.Subscript(ast.Name("Annotated"), ast.Tuple([ast.Subscript(ast.Name("tuple")) as some, *_])):
            return _type(some, resolved)
        case ast.Subscript(ast.Name("tuple"), ast.Tuple([item, _])):
            return f"array of {_type(item, resolved.item_type)}"
        case _:
            return _bounds(resolved)


def _anchor(name: str) -> str:
    """Where on the page a name is explained."""
    if name in {thing.__name__ for thing in _things()}:
        return name.lower()
    if name in {choice.__name__ for choice in _defined(types, enum.Enum)}:
        return "choices"
    return "error-codes" if name == "Code" else "words"


def _bounds(resolved: shapes.Type) -> str:
    """`text of 1 to 4,000 characters`, `integer from 1 to 2^53-1`."""
    match resolved:
        case shapes.IntType(ge=low, le=high):
            return f"integer from {low} to {'2^53-1' if high == limits.MAX_INTEGER else high}"
        case shapes.StrType(min_length=low, max_length=high, pattern=pattern):
            words = {types._TEXT: "; no control characters but tab and line feed", types._LINE: "; one line"}
            what = words.get(pattern or "", f"; matches `{pattern}`" if pattern else "")
            return f"text of {low or 0} to {high:,} characters{what}"
        case shapes.BytesType(max_length=int(high)):
            return f"at most {high:,} bytes, as base64"
        case _:
            raise TypeError(f"No words for {resolved}")


# --- reading a module's source ----------------------------------------------------------------------------------------


def _defined(module: ModuleType, kind: type[Kind]) -> list[type[Kind]]:
    """The classes of a kind that a module itself defines, in its order."""
    return [
        each
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, kind) and each.__module__ == module.__name__
    ]


def _body(of: ModuleType | type) -> list[ast.stmt]:
    """The statements in a module or class."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(of)))
    if isinstance(of, ModuleType):
        return tree.body
    (definition,) = tree.body
    assert isinstance(definition, ast.ClassDef)
    return definition.body


def _assigned(line: ast.stmt) -> str | None:
    """The name to which a statement gives a value or a type."""
    match line:
        case ast.AnnAssign(target=ast.Name(name)) | ast.Assign(targets=[ast.Name(name)]):
            return name
        case _:
            return None


def notes_of(of: ModuleType | type) -> dict[str, str]:
    """The docstrings below assignments, by the name assigned."""
    body = _body(of)
    return {
        name: " ".join(note.split())
        for line, following in itertools.pairwise(body)
        if (name := _assigned(line)) and isinstance(following, ast.Expr)
        if isinstance(note := getattr(following.value, "value", None), str)
    }


def _prose(of: type) -> str:
    """A class's docstring, as Markdown."""
    return inspect.cleandoc(of.__doc__ or "")
