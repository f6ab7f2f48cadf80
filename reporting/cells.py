"""How spreadsheets name their cells."""


def column_letters(number: int) -> str:
    """The letters of a column counted from 1, 27 being AA; none for 0."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_of(sheet: str, letters: str, row: int | None) -> str:
    """Sheet and cell, as Fuels!E12; the whole row (Fuels!12:12) where no column is known, '' where there is no sheet."""
    if not sheet or row is None:
        return ""
    return f"{sheet}!{letters}{row}" if letters else f"{sheet}!{row}:{row}"
