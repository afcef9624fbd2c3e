"""What the page's worker may call where requests are counted from a file: plain data both ways."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final, NotRequired, TypedDict, final

from roi_calc.counting.conversations import source
from roi_calc.counting.count import Count, count_in, export, latest_of, months_in, values_in
from roi_calc.counting.dates import date
from roi_calc.counting.moments import Month, month
from roi_calc.counting.refusals import CountError, Reason
from roi_calc.counting.settings import CALL_DAYS, CALLS_CUSTOMER, CALLS_TIME, REOPEN_DAYS, Settings
from roi_calc.counting.table import Table, table
from roi_calc.counting.tools import Role
from roi_calc.counting.trail import HandCheck, Trail
from roi_calc.counting.zones import OffsetZone
from roi_calc.handover.count_dialog import (
    CALLS,
    COLUMN,
    DAY_FIRST,
    FILE,
    LISTED,
    NAMED,
    READING,
    count_dialog,
)
from roi_calc.handover.count_parts import Found, parts
from roi_calc.handover.count_record import record
from roi_calc.handover.opening import Form
from roi_calc.language.language import Language
from roi_calc.schema import HIGH, LOW, PERIOD_INPUT, AnyCalculator, Kind

_MOST_DAYS: Final = 366
_PERIOD: Final = "month"
_SHARE_DIGITS: Final = 3
SAMPLED: Final = 20
# What is wrong with how a file is read; anything else is wrong with the file.
_OF_READING: Final = (
    Reason.MESSAGES,
    Reason.UNKNOWN_TOOL,
    Reason.NO_COLUMN,
    Reason.TWO_COLUMNS,
    Reason.NO_COLUMN_FOR,
    Reason.NO_DATE,
    Reason.DAY_OR_MONTH,
)


class Zone(TypedDict):
    """Where months begin and end: a zone's name, and its offsets as OffsetZone takes them."""

    name: str
    changes: Sequence[Sequence[float]]


class Wanted(TypedDict):
    """How a file is to be counted.

    file, calls: as the browser has them; there may be no second one. name: the first one's. texts:
    the settings by the names of their fields. ticked: the values chosen, by the names of LISTED.
    today: as `2026-11-30`.
    """

    file: Any  # a File of the browser's; bytes elsewhere
    calls: NotRequired[Any]
    name: str
    texts: Mapping[str, str]
    ticked: Mapping[str, Sequence[str]]
    zone: Zone
    today: str


@final
class CountForm(Form):
    """A form whose requests are counted from a file. count: None for the dialog to choose it in."""

    count: Wanted | None


class Dialog(TypedDict):
    """The dialog as HTML, escaped by construction."""

    id: int
    ok: bool
    dialog: str


class Counted(TypedDict):
    """What a file says, or what is wrong with it or with a setting.

    message: what is wrong; empty for nothing. about: the field, or the part of the dialog, that it
    is said beside. parts: HTML by the dialog's `data-part`, escaped by construction. fill: what to
    put into which of the form's fields. record: what a memo says of it, for record_from(). Both are
    empty where nothing could be counted.
    """

    id: int
    ok: bool
    message: str
    about: str
    parts: dict[str, str]
    fill: dict[str, str]
    record: str


class FieldError(ValueError):
    """A setting that cannot be used: its field, and the sentence beside it."""

    def __init__(self, field: str, said: str) -> None:
        self.field = field
        super().__init__(said)


def counted(form: CountForm, calculator: AnyCalculator, words: Language) -> Dialog | Counted:
    """Return what a file says of a form's requests; the dialog where none is chosen yet."""
    wanted = form["count"]
    if wanted is None:
        return Dialog(id=form["id"], ok=True, dialog=count_dialog(words, form["block"]))
    found, message, about = Found(words), "", ""
    try:
        _count(wanted, found)
    except FieldError as refused:
        message, about = str(refused), refused.field
    except CountError as refused:
        message, about = refused.said(words, _way_out(refused, words)), _concerned(refused)
    return Counted(
        id=form["id"],
        ok=not message,
        message=message,
        about=about,
        parts=parts(found),
        fill=_fill(found.trail, calculator) if found.trail and not message else {},
        record=record(found.trail).to_json() if found.trail and not message else "",
    )


def _count(wanted: Wanted, found: Found) -> None:
    """Count, and keep in `found` what is known by the time that anything is refused."""
    content = _content(wanted["file"])
    texts, settings = wanted["texts"], _settings(wanted, found.words)
    counted_on = date.fromisoformat(wanted["today"])
    found.read = table(content)
    with suppress(CountError):
        found.known = source(found.read, replace(settings, columns={}))
    found.export = export(content, found.read, settings)
    found.values = {role: values_in(found.export, role, settings) for role in LISTED}
    months = months_in(found.export, settings)
    settings = replace(settings, month=_month(texts, months, counted_on))
    found.offered = months | {settings.month}
    try:
        found.calls = _calls(wanted["calls"]) if "calls" in wanted else None
        count = count_in(found.export, wanted["name"], settings, counted_on, found.calls)
    except CountError as refused:
        if refused.is_of_calls:
            count = count_in(found.export, wanted["name"], settings, counted_on)
            found.trail = Trail(count, None, found.words)
        raise
    found.trail = Trail(count, None, found.words)
    found.trail = replace(found.trail, by_hand=_by_hand(texts, count, found.words))


def _content(file: Any) -> bytes:  # noqa: ANN401 - as in Wanted
    """Return the bytes of a file; the browser's is read in the worker, and only there."""
    if isinstance(file, bytes):
        return file
    from js import FileReaderSync  # type: ignore[import-not-found] # noqa: PLC0415 - no browser, no js

    content: bytes = FileReaderSync.new().readAsArrayBuffer(file).to_bytes()
    return content


def _calls(file: Any) -> Table:  # noqa: ANN401 - as in Wanted
    """Return the second file, read to its end."""
    try:
        read = table(_content(file))
        return read._replace(rows=iter(list(read.rows)))
    except CountError as error:
        error.is_of_calls = True
        raise


def _settings(wanted: Wanted, words: Language) -> Settings:
    """Return the settings that were chosen; the month is still to be found."""
    texts, ticked = wanted["texts"], wanted["ticked"]
    columns = {role: texts.get(f"{COLUMN}{role}", "") for role in Role}
    zone = wanted["zone"]
    return Settings(
        month=Month(1970, 1),
        zone=OffsetZone((begin, offset) for begin, offset in zone["changes"]),
        zone_name=zone["name"],
        tool=texts.get("tool") or None,
        channels=tuple(ticked.get("channel", ())),
        tags=tuple(ticked.get("tags", ())),
        resolved=tuple(ticked.get("state", ())),
        reopen_days=_whole(texts, "reopen_days", REOPEN_DAYS, _MOST_DAYS, words),
        call_days=_whole(texts, "call_days", CALL_DAYS, _MOST_DAYS, words),
        columns={role: _named(choice, "") for role, choice in columns.items() if choice},
        separator=texts.get("separator") or None,
        day_first={"day": True, "month": False}.get(texts.get(DAY_FIRST, "")),
        group_messages=bool(texts.get("group_messages")),
        calls_customer=_named(texts.get("calls_customer", ""), CALLS_CUSTOMER),
        calls_time=_named(texts.get("calls_time", ""), CALLS_TIME),
        sampled=SAMPLED,
    )


def _named(choice: str, otherwise: str) -> str:
    """Return the column that was chosen by name."""
    return choice.removeprefix(NAMED) if choice.startswith(NAMED) else otherwise


def _whole(texts: Mapping[str, str], name: str, otherwise: int, most: int, words: Language) -> int:
    """Return a whole number that was typed; raises FieldError for anything else."""
    text = texts.get(name, "").strip()
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and int(text) <= most):
        raise FieldError(name, words.words("count.whole", most=words.numbers.number(most)))
    return int(text)


def _month(texts: Mapping[str, str], months: Collection[Month], counted_on: date) -> Month:
    """Return the month that was chosen, or the last whole one that the file has."""
    if texts.get("month"):
        chosen = month(texts["month"])
        if chosen in months or not months:
            return chosen
    return latest_of(months, counted_on)


def _by_hand(texts: Mapping[str, str], count: Count, words: Language) -> HandCheck | None:
    """Return what was found by opening some; None where nobody says so."""
    if not texts.get("wrong", "").strip() or not count.sample:
        return None
    opened = _whole(texts, "opened", len(count.sample), count.requests, words)
    wrong = _whole(texts, "wrong", 0, opened, words)
    return HandCheck(wrong, opened) if opened else None


def _concerned(refused: CountError) -> str:
    """Return the field or the part of the dialog that a refusal is about."""
    if refused.is_of_calls:
        return CALLS
    if refused.reason is Reason.DAY_OR_MONTH:
        return DAY_FIRST
    return READING if refused.reason in _OF_READING else FILE


def _way_out(refused: CountError, words: Language) -> str:
    """Return what the dialog calls the option that a refusal names; empty for none."""
    option = str(refused.found.get("option", "")).removeprefix("--").replace("-", "_")
    name = {"dates": DAY_FIRST}.get(option, option.removesuffix("_column"))
    return words.words(f"count.{'column' if name in {*Role} else 'field'}.{name}") if name else ""


def _fill(trail: Trail, calculator: AnyCalculator) -> dict[str, str]:
    """Return what a reader would type into the form: A with its range, r, and the period."""
    export, typed = calculator.from_export, trail.language.typed
    if export is None:
        return {}
    ends = trail.range
    requests = (ends.likely, ends.low, ends.high) if ends else (trail.count.requests, None, None)
    texts = {
        f"{export.requests}{end}": typed(number, Kind.COUNT)
        for end, number in zip(("", LOW, HIGH), requests, strict=True)
    }
    repeat = trail.count.repeat
    if repeat is not None and repeat.share is not None:
        texts |= {f"{export.repeats}{end}": "" for end in (LOW, HIGH)}
        texts[export.repeats] = typed(round(repeat.share, _SHARE_DIGITS), Kind.SHARE)
    if PERIOD_INPUT in calculator.choices:
        texts[PERIOD_INPUT] = _PERIOD
    return texts
