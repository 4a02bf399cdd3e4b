"""What may have been meant by a key that a form does not know: often it is no key at all, but what a comma, a missing
colon or a strange space has made of a value."""

from __future__ import annotations

import re
from collections.abc import Collection

from cardprint.model.node import Entry, ScalarNode
from cardprint.validate.numbers import NUMBER_PATTERN
from cardprint.validate.place import shown
from cardprint.validate.spelling import remedy

_GLUED = re.compile(r"(\w+)\s*[:\s]\s*(\S.*)")


def explain_unknown_key(entry: Entry, before: Entry | None, keys: Collection[str], what: str) -> tuple[str, str]:
    """Message and remedy for `entry`, which stands behind `before` in a mapping that takes `keys`."""
    name = entry.key.text
    plain = f'The key "{shown(name)}" is not known in {what}.'
    if " ".join(name.split()) in keys:
        strange = next(character for character in name if character.isspace())
        return plain, f"Type ordinary spaces instead of U+{ord(strange):04X}."
    glued = _GLUED.fullmatch(name)
    if glued and glued[1] in keys and _is_alone(entry):
        return plain, f"Write {glued[1]}: {shown(glued[2])}, with a colon and an ordinary space."
    if before is None or not _is_alone(entry):
        return plain, remedy(name, keys)
    key, value = before.key.text, before.value
    if not isinstance(value, ScalarNode) or key not in keys:
        message = f'"{shown(name)}" stands alone between commas, where a key and its value are expected.'
        return message, "Write it as key: value, or delete it."
    message = f'The comma ends the value of {key}, so that "{shown(name)}" stands alone, where a key is expected.'
    if value.quoted or entry.key.quoted:
        return message, "Put a list in brackets; or the whole text in one pair of quotes."
    if re.fullmatch(NUMBER_PATTERN, value.text) and name.isdigit():
        return message, f"Write {value.text}.{name} with a point."
    return message, "Put the whole text in quotes if the comma belongs to it."


def _is_alone(entry: Entry) -> bool:
    """Whether the key has neither colon nor value, as can be in braces."""
    value, key = entry.value, entry.key.span
    if not isinstance(value, ScalarNode) or value.text or value.quoted:
        return False
    return (value.span.line, value.span.column) == (key.end_line, key.end_column)
