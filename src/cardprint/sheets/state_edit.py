"""A state's file brought to say other results, one small edit after another until it says them.

After every edit the text is read again, so that each next one is made to what the file then is.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from cardprint.model.dataset import Framework, Issue
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.node import MappingNode, Node, SequenceNode
from cardprint.model.numbers import spelled
from cardprint.sheets.fields import (
    ACCOMPLISHED,
    GAP,
    OVERALL_KEYS,
    FieldName,
    Fields,
    Given,
    Part,
    child,
    entry_of,
    field_names,
    goal_names,
    in_order,
    is_number,
    read_fields,
    texts,
)
from cardprint.sheets.yaml_edit import (
    Document,
    NotEditableError,
    insert_block,
    insert_item,
    remove_item,
    remove_key,
    replace_value,
    set_key,
)
from cardprint.sheets.yaml_text import (
    SECTIONS,
    entries_of,
    goal_points,
    list_pieces,
    overall_pieces,
    points_pieces,
    section,
    status_lists,
    text_pieces,
    value_pieces,
)

_MOST_EDITS = 1000
_STATE_ORDER = ("state", *SECTIONS)
_ISSUE_ORDER = ("id", "score", "grade", "accomplished", "gaps", "points", "highlights")
_EXTRA_ORDER = ("id", "protections", "points", "highlights")


def edit_state(file: str, text: str, wanted: Fields, framework: Framework) -> str:
    """The text of a state's file, changed where it does not give the fields `wanted`, and nowhere else.

    Raises `DiagnosticError` (uneditable-file) where that cannot be done without touching more.
    """
    document = Document.of(file, text)
    seen = {text}
    for _ in range(_MOST_EDITS):
        name = _difference(document.root, wanted, framework)
        if name is None:
            return document.text
        try:
            edited = _Step(document, wanted, framework).towards(name)
            if edited in seen:
                raise NotEditableError
            document = Document.of(file, edited)
        except (NotEditableError, DiagnosticError):
            break
        seen.add(edited)
    given = wanted.get(name) if name else None
    value = "nothing" if given is None else " ".join(value_pieces(name, given.value)) if name else ""
    message = f"The way in which this file is written does not let it be changed in place: {name} must be {value}."
    raise DiagnosticError([Diagnostic("uneditable-file", message, document.root.span, hint="Change it by hand.")])


def _difference(root: Node, wanted: Fields, framework: Framework) -> FieldName | None:
    """The first field that the file gives otherwise; a goal, for an issue whose lists are at odds with its goals."""
    given = read_fields(root, framework)
    for name in field_names(framework):
        now, then = given.get(name), wanted.get(name)
        if (now.value if now else None) != (then.value if then else None):
            return name
    for issue in framework.issues:
        entry = entry_of(root, "issues", issue.id)
        if entry is not None:
            for key, ids in status_lists(issue, _statuses(issue, wanted, framework)):
                listed = entry.get(key)
                if listed is not None and set(texts(listed)) != set(ids):
                    return next(goal_names(issue), None)
    return None


def _statuses(issue: Issue, wanted: Fields, framework: Framework) -> dict[FieldName, Given]:
    """The statuses of an issue's goals, which follow from points where these are given."""
    full = spelled(framework.goal_maximum)
    statuses = {}
    for name in goal_names(issue):
        given = wanted.get(name)
        if given is not None:
            status = (ACCOMPLISHED if given.value == full else GAP) if is_number(given.value) else given.value
            statuses[name] = Given(status, given.span)
    return statuses


class _Step(Struct, frozen=True):
    """One edit to a document, after which it is nearer to the fields wanted."""

    document: Document
    wanted: Fields
    framework: Framework

    def towards(self, name: FieldName) -> str:
        """The text after the edit that the field `name` asks for first."""
        root = self.document.root
        if not isinstance(root, MappingNode):
            raise NotEditableError
        match name.part:
            case Part.STATE:
                return self._scalar(root, name, _STATE_ORDER)
            case Part.OVERALL:
                return self._overall(root, name)
            case Part.ISSUE:
                order = [issue.id for issue in self.framework.issues]
                return self._entry(root, "issues", order, name)
            case Part.EXTRA_CREDIT:
                order = [row.id for row in self.framework.extra_credit]
                return self._entry(root, "extra_credit", order, name)

    def _scalar(self, mapping: MappingNode, name: FieldName, order: Sequence[str]) -> str:
        given = self.wanted.get(name)
        if given is None:
            return remove_key(self.document, mapping, name.key)
        return set_key(self.document, mapping, name.key, value_pieces(name, given.value), order)

    def _overall(self, root: MappingNode, name: FieldName) -> str:
        overall = root.get("overall")
        if all(other.part is not Part.OVERALL for other in self.wanted):
            return remove_key(self.document, root, "overall")
        if isinstance(overall, MappingNode) and overall.entries:
            return self._scalar(overall, name, OVERALL_KEYS)
        return set_key(self.document, root, "overall", overall_pieces(self.wanted), _STATE_ORDER)

    def _entry(self, root: MappingNode, key: str, order: Sequence[str], name: FieldName) -> str:
        """An edit to the list under `key`, or to the entry in it that the field belongs to."""
        wanted = entries_of(key, self.wanted, self.framework)
        listed = root.get(key)
        if not wanted:
            return remove_key(self.document, root, key)
        if not isinstance(listed, SequenceNode) or not listed.items:
            return self._section(root, key)
        entry = entry_of(root, key, name.row)
        if entry is None:
            ids = [getattr(child(item, "id"), "text", "") for item in listed.items]
            return insert_item(self.document, listed, _index(name.row, ids, order), wanted[name.row])
        if name.row not in wanted:
            return remove_item(self.document, listed, listed.items.index(entry))
        if name.goal:
            issue = next(issue for issue in self.framework.issues if issue.id == name.row)
            return self._goal(entry, issue, name)
        if name.key == "protections":
            given = self.wanted.get(name)
            return self._ids(entry, name.key, given.value if given else (), _EXTRA_ORDER)
        return self._scalar(entry, name, _ISSUE_ORDER if name.part is Part.ISSUE else _EXTRA_ORDER)

    def _section(self, root: MappingNode, key: str) -> str:
        """A list that the file lacks, or has empty."""
        if root.get(key) is not None:
            return remove_key(self.document, root, key)
        if self.document.in_flow(root):
            raise NotEditableError
        lines = section(key, self.wanted, self.framework, self.document.newline)
        return insert_block(self.document, root, key, lines, _STATE_ORDER)

    def _goal(self, entry: MappingNode, issue: Issue, name: FieldName) -> str:
        """An edit to the lists of an issue's goals or to their points. One way of giving them replaces the other."""
        points = goal_points(issue, self.wanted)
        now = entry.get("points")
        if not points and now is not None:
            return remove_key(self.document, entry, "points")
        if points and now is None:
            listed = [key for key in ("accomplished", "gaps") if entry.get(key) is not None]
            if listed:
                return remove_key(self.document, entry, listed[0])
            return set_key(self.document, entry, "points", points_pieces(points), _ISSUE_ORDER)
        for key, ids in status_lists(issue, _statuses(issue, self.wanted, self.framework)):
            if set(texts(entry.get(key))) != set(ids) and (entry.get(key) is not None or not points):
                return self._ids(entry, key, ids, _ISSUE_ORDER)
        value = child(now, name.goal)
        if now is not None and value is not None and name.goal in points:
            return replace_value(self.document, value, (points[name.goal],))
        if now is None:
            raise NotEditableError
        return replace_value(self.document, now, points_pieces(points))

    def _ids(self, entry: MappingNode, key: str, ids: Sequence[str], order: Sequence[str]) -> str:
        """A list of goals replaced, or one id taken from it or added to it where it is written in its own manner."""
        listed = entry.get(key)
        if not isinstance(listed, SequenceNode):
            return set_key(self.document, entry, key, list_pieces(ids), order)
        now = texts(listed)
        if self.document.source(listed) == " ".join(list_pieces(in_order(now, self.framework))):
            # As an export would write it: nothing of anybody's own is in it to be kept.
            return replace_value(self.document, listed, list_pieces(ids))
        missing = next((goal for goal in ids if goal not in now), None)
        if missing is not None:
            index = _index(missing, now, tuple(self.framework.goals))
            return insert_item(self.document, listed, index, text_pieces(missing, quoted=True))
        odd = next((index for index, goal in enumerate(now) if goal not in ids), None)
        if odd is None:
            raise NotEditableError
        if len(now) == 1 and not self.document.in_flow(listed):
            return replace_value(self.document, listed, list_pieces(ids))
        return remove_item(self.document, listed, odd)


def _index(new: str, now: Sequence[str], order: Sequence[str]) -> int:
    """Where a new id belongs in a list: behind the last that comes before it in `order`."""
    earlier = order[: order.index(new)]
    return max((index for index, one in enumerate(now) if one in earlier), default=-1) + 1
