"""Exports of press databases against what is known of them, and encodings against texts of ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from annotator.articles import registry
from annotator.articles.decoding import decode
from annotator.model.document import Article
from annotator.project.extract import body_of
from tests.benchmarks.rows import Row, at_least, at_most, told

EXPORTS = {
    "nexis-uni/data/example1.DOCX": (100, ("title", "published", "outlet")),
    "lexisnexistools/inst/extdata/sample.DOCX": (10, ("title", "published", "outlet", "authors")),
    "lexisnexistools/inst/extdata/sample.TXT": (10, ("title", "published", "outlet")),
    "factiva/factiva.htm": (9, ("title", "published", "outlet")),
    "factiva/factiva_test.html": (2, ("title", "published", "outlet")),
    "factiva/factiva_test.xml": (3, ("title", "published", "outlet")),
    "factiva/reut21578-factiva.xml": (19, ("title", "published", "outlet")),
    "europresse/europresse_test1.html": (3, ("title", "published", "outlet")),
    "lexisnexis/lexisnexis_test_en.html": (2, ("title", "published", "outlet")),
    "lexisnexis/lexisnexis_test_fr.html": (3, ("title", "published", "outlet")),
}
"""How many articles each holds, and what each of them says."""


def press_rows(corpora: Path) -> Iterator[Row]:
    """Every announced article, with its details; bodies equal to the solutions."""
    found = announced = said = asked = 0
    for name, (count, keys) in EXPORTS.items():
        articles = list(_articles(corpora / "press" / name))
        found += min(len(articles), count)
        announced += count
        asked += count * len(keys)
        said += sum(bool(one.metadata.get(key)) for one in articles for key in keys)
    yield at_least("press: articles found of those announced", found / announced, "", 1.0)
    yield told("press: articles announced", announced, "")
    yield at_least("press: title, date, outlet, byline said", said / asked, "", 0.98)
    yield from _solved(corpora / "press" / "lexisnexis")


def _solved(folder: Path) -> Iterator[Row]:
    """A file of one article for each way of printing them, beside the solutions for it."""
    true = json.loads((folder / "test_body_sols.json").read_text(encoding="utf-8"))
    ours = list(_articles(folder / "test.txt"))
    yield at_least("press: articles of the classic test file", len(ours), "", len(true))
    bodies = {_folded(body_of(one)) for one in ours}
    bylines = {_folded(words) for one in ours for words in _bylines(one)}
    for name, key, is_right in (
        ("bodies", "text", lambda said: _folded(said) in bodies),
        ("titles", "title", lambda said: any(_is_same(one, "title", said) for one in ours)),
        ("dates", "date", lambda said: any(_is_same(one, "published", said) for one in ours)),
        ("outlets", "medium", lambda said: any(_is_same(one, "outlet", said) for one in ours)),
        ("bylines", "byline", lambda said: _folded(said) in bylines),
    ):
        asked = [one for one in true if one.get(key)]
        sound = [one for one in asked if one["title"] not in MISTAKEN[name]]
        share = sum(is_right(one[key]) for one in sound) / len(sound)
        yield at_least(f"press: its {name}, where the solution is sound", share, "", 0.98)
        share = sum(is_right(one[key]) for one in asked) / len(asked)
        apart = len(asked) - len(sound)
        yield told(f"  all {len(asked)}, with {apart} that are mistaken", share, "")


def _bylines(article: Article) -> Iterator[str]:
    """What stands in the lines of authors, without the label."""
    for block in article.blocks:
        if block.role == "byline":
            yield re.sub(r"^[A-Z]+:", "", article.text[block.start : block.end])


def _is_same(article: Article, key: str, true: str) -> bool:
    said = str(article.metadata.get(key) or "")
    if true == "No title found!":
        return not said
    if key == "published":
        return bool(said) and true.startswith(said)
    return bool(said) and _folded(said).startswith(_folded(true))


def _articles(path: Path) -> Iterator[Article]:
    for one in registry.read_all(path.read_bytes(), path.name):
        if isinstance(one, Article):
            yield one


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


MISTAKEN: dict[str, dict[str, str]] = {
    "bodies": {
        "Califronia Budget Crisis; Obama Appeals for Stimulus": "holds HIGHLIGHT, elsewhere a detail",
        "AUFNAHME DER TUERKEI WAERE FUER DIE UNION FINANZIELL VERKRAFTBAR": "holds byline, ORTSZEILE",
        "Technologie en olie geven koersen zetje": "holds LANGUAGE",
        "Het stoplicht omarmd": "holds VIEW ORIGINAL PAGE, GRAPHIC, LANGUAGE",
        "Ericsson - Q1 2009": "lacks the first heading of the text",
        "'Plofkip moet ook uit restaurants'": "lacks the first words of its first line",
    },
    "titles": {},
    "dates": {"Inside Baghdad: Vision Of Hell": "the LOAD-DATE; no day is printed"},
    "outlets": {
        "Ericsson - Q1 2009": "the holder of the rights, and half of “All Rights Reserved”",
        'Report on the Spring Meeting: "Innovations in Regulated Industries"': "the holder of the rights",
    },
    "bylines": {
        "This is a headline": "the second line of the headline",
        "Euro-Schuldenkrise belastet DZ Bank": "the second line of the headline",
        "A quelques mois de l'élargissement de l'Union, la rencontre des réalisateurs et des ministres de la Culture": "the second line of the headline",
        "SATIN STEEL": "the second line of the headline",
        "Technologie en olie geven koersen zetje": "the second line of the headline",
    },
}  # fmt: skip
"""Solutions that contradict the file or one another, by title, and in what."""
SENTENCES = {
    "ar": ("cp1256", "قالت وزارة الخارجية إن القوات لم تعبر الحدود ليلة أمس، ونفت ما ورد في تقارير الصحف المحلية."),
    "fa": ("cp1256", "سخنگوي وزارت خارجه گفت که نيروها از مرز عبور نکرده اند و گزارش روزنامه ها را تکذيب کرد."),
    "ur": ("cp1256", "وزارت خارجہ کا کہنا ہے کہ سرحد پار سے کوئی حملہ نہیں ہوا اور اخبارات کی خبر درست نہیں ہے۔".replace("ی", "ي").replace("۔", ".")),
    "he": ("cp1255", "דובר משרד החוץ אמר כי הכוחות לא חצו את הגבול אמש, והכחיש את הדיווחים בעיתונות המקומית."),
    "ru": ("cp1251", "Министерство иностранных дел заявило, что войска не пересекали границу прошлой ночью, и опровергло сообщения газет."),
    "uk": ("cp1251", "Міністерство закордонних справ заявило, що війська не перетинали кордон минулої ночі, і спростувало повідомлення газет."),
    "el": ("cp1253", "Το υπουργείο Εξωτερικών δήλωσε ότι οι δυνάμεις δεν πέρασαν τα σύνορα χθες τη νύχτα και διέψευσε τις εφημερίδες."),
    "zh": ("gb18030", "外交部发言人表示，部队昨晚没有越过边界，并否认了当地报纸的报道。他说，调查仍在进行，结果将于下周公布。"),
    "zh-TW": ("big5", "外交部發言人表示，部隊昨晚沒有越過邊界，並否認了當地報紙的報導。他說，調查仍在進行，結果將於下週公布。"),
    "ja": ("cp932", "外務省の報道官は、部隊は昨夜国境を越えていないと述べ、地元紙の報道を否定した。調査は続いている。"),
    "ja-EUC": ("euc_jp", "外務省の報道官は、部隊は昨夜国境を越えていないと述べ、地元紙の報道を否定した。調査は続いている。"),
    "ko": ("cp949", "외교부 대변인은 어젯밤 부대가 국경을 넘지 않았다고 밝히고 현지 신문의 보도를 부인했다. 조사는 계속되고 있다."),
    "th": ("cp874", "โฆษกกระทรวงการต่างประเทศกล่าวว่ากองกำลังไม่ได้ข้ามพรมแดนเมื่อคืนนี้ และปฏิเสธรายงานของหนังสือพิมพ์ท้องถิ่น"),
    "tr": ("cp1254", "Dışişleri Bakanlığı, birliklerin dün gece sınırı geçmediğini söyledi ve yerel gazetelerin haberlerini yalanladı."),
    "pl": ("cp1250", "Ministerstwo Spraw Zagranicznych oświadczyło, że wojska nie przekroczyły granicy zeszłej nocy, i zaprzeczyło doniesieniom gazet."),
    "cs": ("cp1250", "Ministerstvo zahraničí uvedlo, že jednotky včera v noci nepřekročily hranici, a popřelo zprávy místních novin."),
    "de": ("cp1252", "Das Außenministerium erklärte, die Truppen hätten die Grenze in der Nacht nicht überschritten, und widersprach den Zeitungen."),
    "fr": ("cp1252", "Le ministère des Affaires étrangères a déclaré que les troupes n’avaient pas franchi la frontière et a démenti les journaux."),
    "lt": ("cp1257", "Užsienio reikalų ministerija pareiškė, kad kariai praėjusią naktį sienos neperžengė, ir paneigė laikraščių pranešimus."),
    "vi": ("cp1258", "Bộ Ngoại giao nói quân đội không vượt biên giới đêm qua và bác bỏ tin của các báo địa phương."),
}  # fmt: skip
"""A sentence in each language, of our own, and the code page that people there used."""
LENGTHS = (1, 4, 16)
"""How many times the sentence stands in the file."""


def encoding_rows() -> Iterator[Row]:
    """Texts in legacy code pages without any word on which: read right, or not at all right."""
    import unicodedata

    right = wrong = 0
    missed: list[str] = []
    for language, (encoding, sentence) in SENTENCES.items():
        if encoding == "cp1258":  # it writes the tones apart
            sentence = _apart(sentence)
        for times in LENGTHS:
            text = "\n".join([sentence] * times)
            read, _ = decode(text.encode(encoding), "a.txt")
            same = unicodedata.normalize("NFC", read) == unicodedata.normalize("NFC", text)
            right += same
            wrong += not same and "\ufffd" not in read
            if not same:
                missed.append(f"{language}×{times}")
    total = len(SENTENCES) * len(LENGTHS)
    note = f" (missed: {', '.join(missed)})" if missed else ""
    yield at_least(f"encodings: read right{note}", right / total, "", 0.995)
    yield at_most("encodings: silently wrong", wrong, "texts", 0)
    declared = 0
    for encoding, sentence in SENTENCES.values():
        page = f"<html><head><meta charset=utf-8></head><body><p>{sentence}</p></body></html>"
        try:
            data = page.encode(encoding)
        except UnicodeEncodeError:
            continue
        found = next(registry.read_all(data, "a.html"))
        is_right = isinstance(found, Article) and sentence in found.text
        is_told = isinstance(found, Article) and bool(found.warnings)
        declared += not is_right and not is_told
    yield at_most("encodings: wrongly declared and silently wrong", declared, "pages", 0)


def _apart(text: str) -> str:
    """Vietnamese as its code page writes it: the tone behind the letter."""
    import unicodedata

    tones = "\u0300\u0301\u0303\u0309\u0323"
    made = ""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = [part for part in parts if part in tones]
        rest = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        made += rest + "".join(tone)
    return made
