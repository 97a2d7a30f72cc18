"""Pages that are generated say what the code says now."""

import re

import pytest

from scripts.docs import FOLDER, SECTIONS
from scripts.serving import ROOT
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


PAGES = sorted(path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *FOLDER.glob("*.md")])


def anchors(text: str) -> set[str]:
    """What a page's headings can be reached by, as code forges make it."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        place, _, anchor = target.partition("#")
        if target.startswith(("http://", "https://")):
            continue
        if (place and not (ROOT / page).parent.joinpath(place).exists()) or (not place and anchor not in anchors(text)):
            broken.append(target)
    assert broken == []
