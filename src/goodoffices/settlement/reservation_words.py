"""What is taken for granted about what parties keep without agreement, in sentences."""

from __future__ import annotations

from goodoffices.case.model import Case
from goodoffices.case.words import sentence_list


def unstated_reservations(case: Case) -> tuple[str, ...]:
    """That 0 is assumed for those who must agree and state no reservation value, if any."""
    names = [str(party) for party in case.deciders if _is_silent(case, party.id)]
    if not names:
        return ()
    verb = "states" if len(names) == 1 else "state"
    return (
        f"{sentence_list(names)} {verb} no reservation value. It is assumed to be 0 points, so no "
        "package is refused for being worth too little.",
    )


def assumed_reservations(case: Case) -> tuple[str, ...]:
    """What answers rest on where a party that must agree stated no number that it keeps."""
    today = []
    for party in case.deciders:
        sheet = case.preferences.get(party.id)
        if sheet and sheet.reservation and sheet.reservation.value is None:
            today.append(str(party))
    if not today:
        return unstated_reservations(case)
    keep = "keeps" if len(today) == 1 else "keep"
    sentence = (
        f"It is assumed that without agreement {sentence_list(today)} {keep} what the status quo "
        "is worth; by that, to stay there leaves nobody of them worse off, whatever the numbers."
    )
    return (*unstated_reservations(case), sentence)


def _is_silent(case: Case, party: str) -> bool:
    sheet = case.preferences.get(party)
    return sheet is None or sheet.reservation is None
