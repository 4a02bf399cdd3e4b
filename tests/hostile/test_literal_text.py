"""What a state's file says is text: it is printed as it stands, whatever it would mean elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pypdf
import pytest

from cardprint.cli import run

if TYPE_CHECKING:
    from tests.hostile.conftest import Ground

STATE = "edition/states/freedonia.yaml"

PROJECT = ["--data", "edition", "--layout", "layouts/tiny.yaml"]
TEXTS = [
    "<font color=\"__import__('os').system('touch owned')\">law</font>",
    "<font color=\"[[[getattr(pow, Word('__globals__'))['os'].system('touch owned') for x in [1]]]]\">a</font>",
    '<a href="javascript:alert(1)">press</a> <img src="file:///etc/passwd"/>',
    "javascript:alert(1) file:///etc/passwd https://example.org/",
    "<para><b>bold</b> &lt;i&gt; &amp; &#65; <!-- none --> <![CDATA[x]]>",
    "{state.name} {{state.name}} {state.__class__} ${HOME} %(name)s %s {0} {} }{",
    "$(touch owned) `touch owned` ; touch owned | cat",
    "(BT /F1 12 Tf (x) Tj ET) \\ \\053 endstream endobj %%EOF <</S/JavaScript>>",
    "'; DROP TABLE cards; -- \" \\\" ' \\n \\u0041",
    "**bold** _quiet_ [press](https://example.org) # head",
    "=HYPERLINK(1) @SUM(1) +1-1",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("key", ["highlights", "source"])
def test_a_text_of_a_state_is_literal(ground: Ground, text: str, key: str) -> None:
    """No markup, no placeholder, no command, no link; what is printed reads back letter by letter."""
    quoted = text.replace("'", "''")
    if key == "highlights":
        ground.edit(STATE, "gaps:", f"highlights: '{quoted}', gaps:")
    else:
        ground.edit(STATE, "state: Freedonia\n", f"state: Freedonia\n{key}: '{quoted}'\n")
    ground.render(code=0)
    (page,) = pypdf.PdfReader(ground.here / "out" / "1933-freedonia.pdf").pages
    assert (squeezed(text) in squeezed(page.extract_text())) is (key == "highlights")
    assert "/Annots" not in page
    assert not list(ground.here.rglob("owned"))


@pytest.mark.parametrize("character", "\u00a0\u00ad\u2007\u2009\u200a\u2011\u202f\u0301")
def test_what_is_accepted_is_delivered(ground: Ground, character: str) -> None:
    """Characters that look like another or like nothing, and are used for good reasons, pass the full proof."""
    ground.edit(STATE, "gaps:", f'highlights: "Law{character}s", gaps:')
    ground.render(code=0)
    assert 0 == run(["verify", "--full", "out/1933-freedonia.pdf", *PROJECT])


def test_a_text_of_the_framework_may_hold_placeholders(ground: Ground) -> None:
    """The twin: whoever writes the framework speaks for the edition, and an address there is a link."""
    ground.edit("edition/framework.yaml", "resources: []", FOOT)
    ground.edit("layouts/tiny.yaml", "body:\n  stack:\n", BODY)
    ground.render(code=0)
    (page,) = pypdf.PdfReader(ground.here / "out" / "1933-freedonia.pdf").pages
    assert "See Freedonia." in page.extract_text()
    assert ["https://example.org/freedonia"] == [
        note.get_object()["/A"]["/URI"] for note in cast("list[Any]", page["/Annots"])
    ]


FOOT = 'foot: [["See ", {text: "{state.name}", link: "https://example.org/{state.address}"}, "."]]'
BODY = 'body:\n  stack:\n    - {repeat: foot as line, text: "{line}", style: text}\n'


def squeezed(text: str) -> str:
    """A text without its spaces, which lines end in."""
    return "".join(text.split())


def test_no_name_of_a_file_comes_from_a_text(ground: Ground) -> None:
    """Names of files are made of ids, slugs and codes only."""
    folder = ground.here / "out"
    ground.edit("edition/jurisdictions.yaml", "address: freedonia", "address: freedonia-2")
    ground.edit("edition/framework.yaml", '"{edition.id}-{state.slug}"', '"{state.address}"')
    ground.render(code=0)
    assert [Path("freedonia-2.pdf")] == [path.relative_to(folder) for path in folder.iterdir()]
