"""Pages that are generated say what the code says now."""

import re
from pathlib import Path

import pytest

from scripts.docs import FOLDER, SECTIONS
from scripts.tables import filled, table
from shared.events import EVENTS
from shared.requests import REQUESTS


@pytest.mark.parametrize("page", sorted(SECTIONS))
def test_a_page_is_up_to_date(page: str) -> None:
    text = (FOLDER / page).read_text("utf-8")
    assert text == filled(text, SECTIONS[page]), "run: make docs"


@pytest.mark.parametrize("page", sorted(SECTIONS))
def test_every_section_has_its_place_on_the_page(page: str) -> None:
    places = re.findall(r"<!-- generated: ([a-z-]+) -->", (FOLDER / page).read_text("utf-8"))
    assert sorted(places) == sorted(SECTIONS[page])


def test_a_stale_section_is_noticed() -> None:
    page = "before\n<!-- generated: numbers -->\n\n7\n\n<!-- end -->\nafter"
    assert filled(page, {"numbers": lambda: "7"}) == page
    assert filled(page, {"numbers": lambda: "8"}) == page.replace("7", "8")


def test_a_bar_does_not_break_a_table() -> None:
    assert table(("a", "b"), [("x|y", "z")]).splitlines()[-1] == r"| x\|y | z |"


@pytest.mark.parametrize("struct", [*REQUESTS, *EVENTS])
def test_every_request_and_event_is_described_with_all_its_fields(struct: type) -> None:
    page = (FOLDER / "protocol.md").read_text("utf-8")
    section = page.partition(f"\n### {struct.__struct_config__.tag}\n")[2].partition("\n###")[0]  # type: ignore[attr-defined]  # a Struct's has it
    fields = [name for name in struct.__struct_fields__ if name != "id"]  # type: ignore[attr-defined]  # a Struct's has it
    assert len(section) > 20
    assert [name for name in fields if f"| `{name}` |" not in section] == []


@pytest.mark.parametrize("page", sorted(path.name for path in FOLDER.glob("*.md")))
def test_every_link_leads_somewhere(page: str) -> None:
    text = (FOLDER / page).read_text("utf-8")
    anchors = {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in re.findall(r"^#+ (.*)$", text, re.M)
    }
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        place, _, anchor = target.partition("#")
        if target.startswith(("http://", "https://")):
            continue
        if (place and not (FOLDER / Path(place)).exists()) or (not place and anchor not in anchors):
            broken.append(target)
    assert broken == []
