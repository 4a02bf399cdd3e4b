"""Blocks without blocks in them: texts, tiles, fractions and pictures, every name in them resolved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

from cardprint.compose.filling import Environment, Filler
from cardprint.compose.pictures import printed_size, report_coarse
from cardprint.compose.qr import leads_somewhere, qr_icon
from cardprint.compose.reports import report_unknown
from cardprint.compose.setting import Setter
from cardprint.model.content import FractionBlock, IconBlock, ImageBlock, TextBlock, TileBlock
from cardprint.model.diagnostics import Collector
from cardprint.model.icon import Icon
from cardprint.model.layout_spec import FractionSpec, IconSpec, ImageSpec, QrSpec, TextSpec, Theme, TileSpec
from cardprint.model.profile import OutputProfile
from cardprint.model.structure import Role, Tag
from cardprint.model.template import Template

_Named = TypeVar("_Named")

ROLES: Final[Mapping[Tag, Role]] = {tag: Role(tag) for tag in Tag}
"""Roles that say no more than their tag."""


class Leaves:
    """Composes single texts and pictures of one page. Problems are collected; None comes where no picture is found."""

    def __init__(
        self, theme: Theme, setter: Setter, filler: Filler, collector: Collector, profile: OutputProfile
    ) -> None:
        self._theme = theme
        self._setter = setter
        self._filler = filler
        self._collector = collector
        self._profile = profile

    def text(self, spec: TextSpec, environment: Environment, name: str) -> TextBlock:
        style = self._setter.style(spec.style)
        field = "" if spec.field is None else self._filler.text(spec.field, environment)
        runs = [
            run
            for part in spec.runs
            for run in self._setter.runs(part, style, spec.emphasis, environment, field or name)
        ]
        return TextBlock(
            span=spec.span,
            name=name,
            grow=spec.grow,
            runs=tuple(runs),
            style=style,
            role=self._role(spec.tag, spec.reads, environment),
            field=field,
        )

    def tile(self, spec: TileSpec, environment: Environment, name: str) -> TileBlock:
        return TileBlock(
            span=spec.span,
            name=name,
            grow=spec.grow,
            text=self._setter.run(spec.text, self._setter.style(spec.style), environment, name),
            size=spec.size,
            radius=spec.radius,
            fill=self._setter.swatch(spec.fill, environment),
            role=self._role(Tag.P, spec.reads, environment),
        )

    def fraction(self, spec: FractionSpec, environment: Environment, name: str) -> FractionBlock:
        setter = self._setter
        return FractionBlock(
            span=spec.span,
            name=name,
            grow=spec.grow,
            over=setter.run(spec.over, setter.style(spec.over_style), environment, name),
            under=setter.run(spec.under, setter.style(spec.under_style), environment, name),
            bar=setter.stroke(spec.bar, environment),
            bar_width=spec.bar_width,
            clearance=spec.clearance,
            role=self._role(Tag.P, spec.reads, environment),
        )

    def icon(self, spec: IconSpec, environment: Environment, name: str) -> IconBlock | None:
        icon = self._named("icon", spec.icon, self._theme.icons, environment)
        swatch = self._setter.swatch(spec.swatch, environment)
        role = self._figure(spec.alt, environment)
        if icon is None:
            return None
        return IconBlock(span=spec.span, name=name, grow=spec.grow, icon=icon, size=spec.size, swatch=swatch, role=role)

    def qr(self, spec: QrSpec, environment: Environment, name: str) -> IconBlock | None:
        """A code is an icon that was made for one address."""
        asked_before = len(self._filler.missing)
        address = self._filler.text(spec.address, environment)
        swatch = self._setter.swatch(spec.swatch, environment)
        role = self._figure(spec.alt or spec.address, environment)
        if len(self._filler.missing) > asked_before:
            return None
        if role is None or not leads_somewhere(address, role.alt or "", spec.span, self._collector):
            return None
        icon = qr_icon(address, spec.level, spec.size, spec.span, self._collector)
        if icon is None:
            return None
        return IconBlock(span=spec.span, name=name, grow=spec.grow, icon=icon, size=spec.size, swatch=swatch, role=role)

    def image(self, spec: ImageSpec, environment: Environment, name: str) -> ImageBlock | None:
        picture = self._named("image", spec.image, self._theme.pictures, environment)
        role = self._figure(spec.alt, environment)
        swatch = None if spec.swatch is None else self._setter.swatch(spec.swatch, environment)
        if picture is None:
            return None
        size = printed_size(picture, spec.width, spec.height)
        if not isinstance(picture, Icon):
            report_coarse(picture, size, spec.span, self._collector, press=self._profile.press is not None)
        elif swatch is None:
            message = f'The picture "{picture.name}" is an outline, and this image gives it no colour.'
            self._collector.error("no-swatch", message, spec.span, hint="Add swatch to the image.")
        return ImageBlock(
            span=spec.span, name=name, grow=spec.grow, picture=picture, size=size, role=role, swatch=swatch
        )

    def _named(self, kind: str, name: Template, known: Mapping[str, _Named], environment: Environment) -> _Named | None:
        """What the theme knows under the filled name; None, and collected, if it knows nothing."""
        asked_before = len(self._filler.missing)
        filled = self._filler.text(name, environment)
        if filled not in known and len(self._filler.missing) == asked_before:
            report_unknown(kind, filled, known, name.span, self._collector)
        return known.get(filled)

    def _role(self, tag: Tag, reads: Template | None, environment: Environment) -> Role:
        return ROLES[tag] if reads is None else Role(tag, reads=self._filler.text(reads, environment))

    def _figure(self, alt: Template | None, environment: Environment) -> Role | None:
        """The role of a picture that is described; a picture without a description is decoration."""
        description = "" if alt is None else self._filler.text(alt, environment)
        return Role(Tag.FIGURE, alt=description) if description else None
