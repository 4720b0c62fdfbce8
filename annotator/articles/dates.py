"""Dates as articles print them, brought to YYYY-MM-DD; never a day that is not there."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januari januar ocak stycznia ledna ianuarie gennaio января jänner janvier enero janeiro gennaio января جنوری يناير ژانویه ene gen janv január gener tammikuuta ιανουαρίου січня בינואר",
            "february feb februari şubat lutego února februarie februar février febrero fevereiro febbraio февраля فروری فبراير فوریه fev févr február febrer helmikuuta φεβρουαρίου лютого בפברואר",
            "march mar maart märz mart marca března martie marts mars mars marzo março марта مارچ مارس mrt mrz március març maret maaliskuuta μαρτίου березня במרץ",
            "april apr nisan kwietnia dubna aprilie avril abril aprile апреля اپریل أبريل ابريل آوریل abr avr április huhtikuuta απριλίου квітня באפריל",
            "may mai mei maj mayıs maja května mayo maio maggio мая مئی مايو مه mag május maig toukokuuta μαΐου травня במאי",
            "june jun juni haziran czerwca června iunie juni juin junio junho giugno июня جون يونيو ژوئن giu június juny kesäkuuta ιουνίου червня ביוני",
            "july jul juli temmuz lipca července iulie juli juillet julio julho luglio июля جولائی يوليو ژوئیه juil lug július juliol heinäkuuta ιουλίου липня ביולי",
            "august aug augustus augusti ağustos sierpnia srpna août agosto августа اگست أغسطس اوت ago augusztus agost agustus elokuuta αυγούστου серпня באוגוסט",
            "september sep eylül września září septembrie sept septembre septiembre setembro settembre сентября ستمبر سبتمبر سپتامبر set szeptember setiembre setembre syyskuuta σεπτεμβρίου вересня בספטמבר",
            "october oct ekim października října octombrie oktober okt octobre octubre outubro ottobre октября اکتوبر أكتوبر اکتبر out ott október lokakuuta οκτωβρίου жовтня באוקטובר",
            "november nov kasım listopada listopadu noiembrie novembre noviembre novembro ноября نومبر نوفمبر نوامبر marraskuuta νοεμβρίου листопада בנובמבר",
            "december dec aralık grudnia prosince decembrie dezember dez décembre diciembre dezembro dicembre декабря دسمبر ديسمبر دسامبر dic déc desember desembre joulukuuta δεκεμβρίου грудня בדצמבר",
        ),
        1,
    )
    for name in names.split()
}
_WEEKDAYS = [
    day
    for days in (
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
        "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "lunes martes miércoles jueves viernes sábado domingo",
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira segunda terça quarta quinta sexta",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag mandag tirsdag onsdag torsdag fredag lørdag søndag",
        "måndag tisdag torsdag fredag lördag söndag maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai",
        "poniedziałek wtorek środa czwartek piątek sobota niedziela pondělí úterý středa čtvrtek pátek neděle",
        "pazartesi salı çarşamba perşembe cuma cumartesi pazar hétfő kedd szerda csütörtök péntek szombat vasárnap",
        "senin selasa rabu kamis jumat sabtu minggu δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή",
        "понеділок вівторок середа четвер п'ятниця неділя dilluns dimarts dimecres dijous divendres dissabte diumenge",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "понедельник вторник среда четверг пятница суббота воскресенье",
        "پیر منگل بدھ جمعرات جمعہ ہفتہ اتوار الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    )
    for day in days.split()
]
_MONTH = r"(?P<month>[^\W\d_]{2,12})\.?"
_FORMS = [
    re.compile(
        r"(?<!\d)(?P<year>\d{4})([-/.])(?P<number>\d{2})\2(?P<day>\d{2})(?!\d)"
        r"(?:T\d{2}:\d{2}[\d:.]*(?:Z|[+-]\d{2}:?\d{2})?)?"
    ),
    re.compile(
        r"(?P<year>\d{4})\s*[年년]\s*(?P<number>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]"
    ),
    re.compile(r"\b(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})\b"),
    re.compile(r"(?<!\d)(?P<year>\d{4})\.\s?(?P<number>\d{1,2})\.\s?(?P<day>\d{1,2})\b"),
    re.compile(
        r"\b(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?(?:\s+(?:de\s+|of\s+|d['’])?|[-/])"
        rf"{_MONTH}(?:,?\s+(?:del?\s+)?|[-/])(?P<year>\d{{4}})\b"
    ),
    re.compile(
        rf"\b{_MONTH}(?:\s+|[-/])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+|[-/])(?P<year>\d{{4}})\b"
    ),
    re.compile(rf"\b(?P<year>\d{{4}})\.?\s+{_MONTH}\s+(?P<day>\d{{1,2}})\b"),
    re.compile(
        r"(?<![\d/.-])(?P<first>\d{1,2})([/.-])(?P<second>\d{1,2})\2(?P<year>\d{4})(?![\d/-])"
    ),
]
_AROUND = re.compile(
    # Each word is bounded, so that there is one way to read a line and no line takes long.
    r"(?:\b(?:published|updated|posted|last|modified|first|on|at|am|pm|um|le|à|às|kl|alle|ore|uhr|date|the|[ap]\.m"
    r"|\d{1,2}(?:h\d{2})?|(?-i:[A-Z]{2,4})|" + "|".join(_WEEKDAYS) + r")\b|[\W_])*",
    re.IGNORECASE,
)

_MONTH_ALONE = re.compile(rf"{_MONTH},? (?:de )?(?P<year>\d{{4}})")
_SEASON = re.compile(
    r"(?:spring|summer|autumn|fall|winter|frühjahr|frühling|sommer|herbst|printemps|été|automne|hiver"
    r"|lente|zomer|herfst|primavera|verano|otoño|invierno),? (?P<year>(?:1[6-9]|20)\d{2})",
    re.IGNORECASE,
)
LONGEST_LINE, LONGEST_STAMP = 80, 140
"""Characters of a line that says a date and nothing else; and of one that begins by saying so."""
_OPENS = re.compile(
    r"(?:(?:first |last )?(?:published|posted|updated|modified)|by|von|par|por|publié|veröffentlicht|publicado|pubblicato)\b",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:first |originally )?(?:published|posted|publié|veröffentlicht|publicad[oa]|pubblicato|gepubliceerd|publicerad"
    r"|опубликовано)\b(?!.*\b(?:in|by|as|dans|von)\b)",
    re.IGNORECASE,
)
"""What a page says of itself, and not of where else the text appeared."""
_STAMP = re.compile(
    r"\d{1,2}[:.]\d{2}|\b\d{1,2} ?h ?\d{2}\b|[|•·]|^(?:by|von|par|por)\s|\b(?:updated|published|posted|modified|min(?:ute)?s? read|edt|est|gmt)\b"
    r"|\b(?:aktualisiert|veröffentlicht|publié|mis à jour|publicado|actualizado|atualizado|pubblicato|aggiornato)\b",
    re.IGNORECASE,
)
"""What stands beside a date that a page says of itself."""
_DIGIT = re.compile(r"\d")
_SAID = re.compile(r"(?<![ap]\.m)[.!?]$", re.IGNORECASE)
_NUMERIC = re.compile(r"\b\d{1,2}/\d{1,2}/\d{2,4}\b")
"""A date of which one cannot know what is the day and what the month."""
_YEAR = re.compile(r"(?:1[6-9]|20)\d{2}")
"""A printed article says no other years of itself; four other figures are an hour or a number."""
_TO_LATIN = {base + n: str(n) for base in (0x0660, 0x06F0, 0x0966) for n in range(10)}


def find(words: str) -> str:
    """The first date in the words as YYYY-MM-DD, or an empty string."""
    found = _first(_with_latin_digits(words))
    return found[0] if found else ""


def find_month(words: str) -> str:
    """The month as YYYY-MM where the words say a month of a year and no day; or an empty string."""
    found = _MONTH_ALONE.fullmatch(words.strip())
    month = _month(found["month"]) if found else 0
    return f"{found['year']}-{month:02}" if found and month else ""


def find_season(words: str) -> str:
    """The year where the words say a season of a year and nothing else; or an empty string."""
    found = _SEASON.fullmatch(words.strip())
    return found["year"] if found else ""


def is_date_line(line: str) -> bool:
    """Whether a line says a date (perhaps with a time or a weekday) and nothing else."""
    if len(line) >= LONGEST_LINE:
        return False
    digits = _with_latin_digits(line)
    found = _first(digits)
    if found is None:
        return False
    rest = digits[: found[1]] + " " + digits[found[2] :]
    return _AROUND.fullmatch(rest) is not None


def is_stamp(line: str) -> bool:
    """Whether a line says when something was published, perhaps by whom or how long it takes to read."""
    if len(line) >= LONGEST_STAMP or _DIGIT.search(line) is None:
        return False
    if is_date_line(line):
        return True
    longest = LONGEST_STAMP if _OPENS.match(line) else LONGEST_LINE
    if len(line) >= longest or _SAID.search(line) or _STAMP.search(line) is None:
        return False
    return bool(find(line)) or _NUMERIC.search(line) is not None


def published(line: str) -> str:
    """The day that a line says something was published on, as YYYY-MM-DD, or an empty string."""
    return find(line) if len(line) < LONGEST_STAMP and _PUBLISHED.match(line) else ""


def _with_latin_digits(words: str) -> str:
    return words if words.isascii() else words.translate(_TO_LATIN)


def _first(words: str) -> tuple[str, int, int] | None:
    if _YEAR.search(words) is None:
        return None
    for form in _FORMS:
        for match in form.finditer(words):
            group = match.groupdict()
            if not _YEAR.fullmatch(group["year"]):
                continue
            try:
                day = date(int(group["year"]), *_month_and_day(group))
            except ValueError:
                continue
            return day.isoformat(), match.start(), match.end()
    return None


def _month_and_day(group: dict[str, str]) -> tuple[int, int]:
    """Month and day; 0 for both where figures may be either. No month has more than twelve."""
    if "first" in group:
        first, second = int(group["first"]), int(group["second"])
        if first > 12 or first == second:
            return second, first
        return (first, second) if second > 12 else (0, 0)
    month = int(group["number"]) if "number" in group else _month(group["month"])
    return month, int(group["day"])


def _month(name: str) -> int:
    return _MONTHS.get(name.casefold(), 0)
