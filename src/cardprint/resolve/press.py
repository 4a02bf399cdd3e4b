"""What a layout says of print → an output profile with its ICC profile read."""

from __future__ import annotations

from cardprint.load.icc import parse_icc
from cardprint.model.press import PressSpec, print_profile
from cardprint.model.profile import OutputProfile
from cardprint.resolve.inputs import Inputs, Place
from cardprint.workspace import Root, fail


def resolve_press(inputs: Inputs, layout: Place, data: Root, spec: PressSpec | None) -> OutputProfile:
    """The print profile of a layout, or the usual one if it says nothing of print.

    The ICC profile's path counts from the layout's folder, then from the data's, then from the shipped layouts.
    Raises `DiagnosticError`: missing-file, and what reading and parsing raise."""
    spec = spec or PressSpec()
    shipped = inputs.workspace.shipped_root("layouts")
    for place in (layout.beside(spec.icc), Place(data, spec.icc), Place(shipped, spec.icc)):
        if inputs.workspace.has(place.root, place.name):
            return print_profile(spec, parse_icc(inputs.read(place.root, place.name, spec.span)))
    message = f'There is no ICC profile "{spec.icc}", neither beside the layout nor beside the data.'
    raise fail("missing-file", message, spec.span, hint="Put the file that the printer gave you beside the layout.")
