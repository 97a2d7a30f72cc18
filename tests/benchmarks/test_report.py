"""The report: digits that mean something, ratios of one run, and a page whose prose is left alone."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks import picture, report, subjects
from benchmarks.figures import Figure
from benchmarks.machine import Machine

MACHINE = Machine("a processor", 2, 8.0, "Linux 6", "3.11.7", "OpenSSL 3", "ext4 on a disk", 0.1, 0.0)


def deliveries(subject: str, *values: float) -> Figure:
    return Figure("deliveries", subject, "200 receivers, plain, 16 under way", "deliveries/s", values, 0.97, 0.5)


REPORT = report.Report(
    "own",
    "2026-01-02",
    "abc1234",
    MACHINE,
    (deliveries(subjects.HEARTH, 900_000, 1_000_000, 1_250_000), deliveries("Other & Co", 200_000.0)),
)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1_234_567, "1,230,000"), (12_345, "12,300"), (99.94, "99.9"), (12.34, "12.3"), (1.234, "1.23"), (0.1234, "0.12")],
)
def test_a_number_shows_three_digits(value: float, text: str) -> None:
    assert report.number(value) == text


def test_the_table_tells_median_extremes_and_who_was_busy() -> None:
    row = "| 200 receivers, plain, 16 under way | Hearth | 1,000,000 | 900,000 – 1,250,000 | deliveries/s | 97% | 50% |"
    assert row in report.markdown(REPORT)


def test_there_is_no_ratio_to_a_server_that_the_generator_could_not_keep_up_with() -> None:
    theirs = replace(deliveries("Other", 1.0), server_share=0.6, generator_share=0.99)
    assert theirs.is_a_floor
    assert not replace(theirs, server_share=0.99).is_a_floor, "neither had any time left"
    assert not replace(theirs, generator_share=0.5).is_a_floor
    text = report.markdown(replace(REPORT, figures=(deliveries(subjects.HEARTH, 1.0), theirs)))
    assert "no ratio to Other" in text


def test_ratios_are_of_the_same_run_and_setting() -> None:
    assert (
        "* 200 receivers, plain, 16 under way: Hearth 5.00 × Other & Co; for each second of processor time 5.00 ×"
        in report.markdown(REPORT)
    )


def test_the_page_keeps_its_prose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "performance.md"
    page.write_text("before\n<!-- own figures: begin -->\nold\n<!-- own figures: end -->\nafter\n", "utf-8")
    monkeypatch.setattr(report, "PAGE", page)
    report.write_page(REPORT)
    text = page.read_text("utf-8")
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "old" not in text
    assert "1,000,000" in text


def test_a_page_without_its_markers_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "performance.md"
    page.write_text("prose", "utf-8")
    monkeypatch.setattr(report, "PAGE", page)
    with pytest.raises(ValueError, match="markers"):
        report.write_page(REPORT)
    assert page.read_text("utf-8") == "prose"


def test_what_was_saved_is_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MEASURED", tmp_path)
    report.save(REPORT, tmp_path)
    assert report.load("own") == REPORT
    assert report.load("peers") is None


def test_the_picture_is_well_formed_and_its_bars_are_in_proportion(tmp_path: Path) -> None:
    picture.write([REPORT], tmp_path / "picture.svg")
    root = ET.parse(tmp_path / "picture.svg").getroot()
    widths = [int(each.attrib["width"]) for each in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert widths[0] / widths[1] == pytest.approx(5, abs=0.1)
    assert "Other & Co" in "".join(root.itertext())


def test_a_server_that_waits_more_than_it_works_is_named() -> None:
    theirs = replace(deliveries("Other", 1.0), server_share=0.2, generator_share=0.2)
    text = report.markdown(replace(REPORT, figures=(deliveries(subjects.HEARTH, 1.0), theirs)))
    assert "(Other was busy for 20% of the time and waited for the rest)" in text
