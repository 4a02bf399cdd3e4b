"""QR codes: the outline is the matrix, what cannot be read is refused, and `only` keeps blocks to their profile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import segno
from msgspec.structs import replace

from cardprint.compose import compose_pages
from cardprint.compose.qr import LEAST_MODULE, QUIET_ZONE, qr_icon
from cardprint.model.content import IconBlock, PageContent
from cardprint.model.diagnostics import NOWHERE, Collector, DiagnosticError
from cardprint.model.geometry import mm
from cardprint.model.icon import Icon
from cardprint.model.layout_spec import LayoutSpec, QrSpec, SpacerSpec, StackSpec
from cardprint.model.profile import PRINT_NAME, SCREEN, OutputProfile
from cardprint.model.scope import RecordValue
from cardprint.model.template import Template
from cardprint.model.typography import FontBook

ADDRESS = "https://example.org/mississippi"
PRINT = replace(SCREEN, name=PRINT_NAME)

Compose = Callable[..., PageContent]


def made(address: str = ADDRESS, level: str = "M", size: float = 60.0) -> tuple[Icon | None, list[str]]:
    """The code, and the messages about it."""
    log = Collector()
    icon = qr_icon(address, level, size, NOWHERE, log)
    return icon, [str(diagnostic) for diagnostic in log.diagnostics]


def winding(icon: Icon, x: float, y: float) -> int:
    """How often the outline goes round a point: the sum of its upright steps to the right of it."""
    turns, start, at = 0, (0.0, 0.0), (0.0, 0.0)
    for command in icon.outline:
        match command:
            case ("M", to_x, to_y):
                start = at = (to_x, to_y)
                continue
            case ("L", to_x, to_y):
                end = (to_x, to_y)
            case _:
                end = start
        if at[0] == end[0] and at[0] > x and min(at[1], end[1]) < y < max(at[1], end[1]):
            turns += 1 if end[1] > at[1] else -1
        at = end
    return turns


@pytest.mark.parametrize("level", list("LMQH"))
def test_outline_covers_the_dark_modules_and_no_others(level: str) -> None:
    """Each module's middle is inside the outline or outside of it, by nonzero winding; the quiet zone is empty."""
    icon, _ = made(level=level, size=90)
    assert icon is not None
    matrix = segno.make_qr(ADDRESS, error=level, boost_error=False).matrix
    assert len(matrix) + 2 * QUIET_ZONE == icon.width == icon.height
    for y in range(int(icon.height)):
        for x in range(int(icon.width)):
            row, column = y - QUIET_ZONE, x - QUIET_ZONE
            dark = 0 <= row < len(matrix) and 0 <= column < len(matrix) and bool(matrix[row][column])
            assert dark == (winding(icon, x + 0.5, y + 0.5) != 0), (x, y)


def test_smallest_module() -> None:
    """At 0.33 mm it passes; a hair smaller it is refused with the size that it would need."""
    icon, _ = made()
    assert icon is not None
    least = icon.width * LEAST_MODULE
    assert ([], icon) == (made(size=least + 0.01)[1], made(size=least + 0.01)[0])
    refused, (message,) = made(size=least - 0.1)
    assert refused is None
    assert "qr-too-fine" in message
    assert "expected at least 0.33 mm" in message
    assert f"{least + 0.05:.1f}pt" in message
    assert pytest.approx(0.935, abs=0.001) == mm(0.33)


def test_address_that_no_code_holds() -> None:
    """The twin is every other address."""
    refused, (message,) = made(f"https://example.org/{'a' * 3000}", "H")
    assert refused is None
    assert "qr-too-long" in message


class TestBlocks:
    @pytest.fixture
    def compose(self, layout: Callable[..., LayoutSpec], scope: RecordValue, fonts: FontBook) -> Compose:
        """The only page of a layout with this body, for a profile."""

        def run(*blocks: QrSpec | SpacerSpec, profile: OutputProfile = SCREEN) -> PageContent:
            spec = layout(StackSpec(children=blocks))
            day = dt.datetime(2021, 11, 17, tzinfo=dt.UTC)
            return compose_pages(spec, scope, fonts, day, "cardprint", profile=profile)[0]

        return run

    @pytest.fixture
    def code(self, template: Callable[..., Template]) -> QrSpec:
        return QrSpec(address=template("https://example.org/{state.slug}"), size=60.0, swatch=template("ink"))

    def test_is_described_by_its_address(self, compose: Compose, code: QrSpec) -> None:
        """Or by words that hold it."""
        (block,) = compose(code).body.children  # type: ignore[union-attr]
        assert isinstance(block, IconBlock)
        assert block.role is not None
        assert "https://example.org/new-mexico" == block.role.alt

    def test_description_without_the_address(
        self, compose: Compose, code: QrSpec, template: Callable[..., Template]
    ) -> None:
        """Would leave a blind reader without what others get."""
        compose(replace(code, alt=template("Code for example.org/{state.slug}")))
        with pytest.raises(DiagnosticError, match="qr-unexplained"):
            compose(replace(code, alt=template("A QR code")))

    @pytest.mark.parametrize("address", ["example.org", "javascript:alert(1)", "https://", "https://a b"])
    def test_what_is_no_address(
        self, compose: Compose, code: QrSpec, template: Callable[..., Template], address: str
    ) -> None:
        """Is refused: a telephone would search for it, or worse."""
        with pytest.raises(DiagnosticError, match="bad-address"):
            compose(replace(code, address=template(address)))

    def test_only_keeps_a_block_to_its_profile(self, compose: Compose, code: QrSpec) -> None:
        """A code on paper, something else in its place on screens."""
        blocks = (replace(code, only="print"), SpacerSpec(height=60.0, only="screen"), SpacerSpec(height=1.0))
        for profile, kinds in ((SCREEN, ["SpacerBlock", "SpacerBlock"]), (PRINT, ["IconBlock", "SpacerBlock"])):
            body = compose(*blocks, profile=profile).body
            assert kinds == [type(block).__name__ for block in body.children]  # type: ignore[union-attr]
