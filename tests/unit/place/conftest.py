"""Hosts of several programs, and the art of a card."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from cardprint.model.art import CardArt
from cardprint.pipeline import Project, render_card
from cardprint.tasks.placing import card_art

HOSTS = Path(__file__).parents[2] / "fixtures" / "hosts"
MAKERS = ("libreoffice", "chromium", "latex", "reportlab")


@pytest.fixture(scope="session")
def card(shipped: Project) -> bytes:
    """The finished card of Mississippi."""
    return render_card(shipped, "mississippi").pdf


@pytest.fixture(scope="session")
def art(card: bytes) -> CardArt:
    return card_art(card)


@pytest.fixture(params=MAKERS)
def host(request: pytest.FixtureRequest) -> bytes:
    """A document of three pages, by each of the programs in turn."""
    return host_by(request.param)


def host_by(maker: str) -> bytes:
    return (HOSTS / f"{maker}.pdf").read_bytes()


def plain_host(content: bytes, **page: Any) -> bytes:
    """A page of US Letter that pypdf wrote: its content, and entries of the page."""
    from pypdf.generic import DecodedStreamObject, NameObject

    writer = PdfWriter()
    sheet = writer.add_blank_page(612, 792)
    stream = DecodedStreamObject()
    stream.set_data(content)
    sheet[NameObject("/Contents")] = writer._add_object(stream)
    for key, value in page.items():
        sheet[NameObject(f"/{key}")] = value
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def opened(pdf: bytes) -> Any:
    """The file through pypdf, which is strict with it. What it holds is whatever pypdf makes of it."""
    return PdfReader(BytesIO(pdf), strict=True)
