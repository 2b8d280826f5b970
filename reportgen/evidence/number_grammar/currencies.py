"""Currencies as texts write them: signs, codes and words."""

from __future__ import annotations

import re

from reportgen.text.late_pattern import compile_late

# Sign or code -> the unit of a brief's money. What is not here, and is a code, is a unit itself.
SIGNS = {
    "$": "US$", "US$": "US$", "U.S.$": "US$", "U.S. $": "US$", "USD": "US$", "$US": "US$",
    "€": "€", "EUR": "€", "£": "£", "GBP": "£", "¥": "¥", "JPY": "¥", "₩": "₩", "KRW": "₩",
    "A$": "AUD", "AU$": "AUD", "$A": "AUD", "C$": "CAD", "CA$": "CAD", "$C": "CAD", "NZ$": "NZD", "$NZ": "NZD",
    "HK$": "HKD", "$HK": "HKD", "S$": "SGD", "NT$": "TWD", "R$": "BRL", "Mex$": "MXN", "RM": "MYR", "Rs": "INR", "Rs.": "INR",
    "₹": "INR", "Rp": "IDR", "₽": "RUB", "₺": "TRY", "₪": "ILS", "₱": "PHP", "฿": "THB", "₫": "VND", "₦": "NGN", "₴": "UAH", "R": "ZAR",
}  # fmt: skip
_CODES = frozenset(
    """
    USD EUR GBP JPY KRW CNY RMB CHF INR AUD CAD NZD SGD HKD TWD BRL MXN ZAR RUB TRY ILS PHP THB VND NGN UAH IDR MYR
    SEK NOK DKK ISK PLN CZK HUF RON BGN SAR AED QAR KWD BHD OMR EGP PKR BDT LKR KES GHS ETB UGX TZS MAD DZD TND CLP
    COP PEN ARS XDR SDR
    """.split()  # noqa: SIM905 - a list of literals would take a line a word
)
_WORDS = {
    "dollar": "US$", "buck": "US$", "euro": "€", "yen": "¥", "yuan": "CNY", "renminbi": "CNY", "won": "₩", "rupee": "INR", "franc": "CHF",
    "rouble": "RUB", "ruble": "RUB", "lira": "TRY", "shekel": "ILS", "peso": "MXN", "real": "BRL", "reais": "BRL", "reai": "BRL", "ringgit": "MYR", "rand": "ZAR",
    "krona": "SEK", "kronor": "SEK", "krone": "NOK", "kroner": "NOK", "crown": "SEK", "zloty": "PLN", "zlotys": "PLN", "baht": "THB",
    "dong": "VND", "naira": "NGN", "hryvnia": "UAH", "rupiah": "IDR", "dirham": "AED", "riyal": "SAR", "forint": "HUF", "taka": "BDT",
    "cent": "US$ cent", "penny": "£ pence", "pence": "£ pence", "penn": "£ pence",
}  # fmt: skip
_NATIONS = {
    ("australian", "dollar"): "AUD", ("canadian", "dollar"): "CAD", ("new zealand", "dollar"): "NZD", ("hong kong", "dollar"): "HKD",
    ("singapore", "dollar"): "SGD", ("taiwan", "dollar"): "TWD", ("swiss", "franc"): "CHF", ("danish", "crown"): "DKK", ("danish", "krone"): "DKK",
    ("danish", "kroner"): "DKK", ("norwegian", "crown"): "NOK", ("swedish", "crown"): "SEK", ("czech", "crown"): "CZK", ("indian", "rupee"): "INR",
    ("pakistani", "rupee"): "PKR", ("philippine", "peso"): "PHP", ("argentine", "peso"): "ARS", ("chilean", "peso"): "CLP", ("colombian", "peso"): "COP",
    ("north korean", "won"): "KPW",
}  # fmt: skip
_WORD_AFTER = compile_late(
    r"[\s-](?:(?P<nation>U\.?S\.?|American|Australian|Canadian|New Zealand|Hong Kong|Singapore|Taiwan|Swiss|Danish|Norwegian|Swedish|Czech|"
    r"Indian|Pakistani|Philippine|Argentine|Chilean|Colombian|Mexican|South Korean|North Korean|Japanese|Chinese|Russian|Turkish|Brazilian)\s)?"
    r"(?P<word>[A-Za-z]+)(?P<sterling>\ssterling)?"
)
AMBIGUOUS = "£ or lb"
"""The unit of pounds that may be money or weight."""
_IS_WEIGHT = compile_late(
    r"\b(?:weigh\w*|heavy|heavier|light(?:er)?|lift\w*|los[et]\w*|gain\w*|carry\w*|carries|load|payload|bomb|torque|thrust)\b"
    r"|\A\s*(?:of|per)\s+(?!(?:money|fund\w*|aid|debt|tax\w*|public|government|spend\w*|invest\w*|saving\w*|cash|year|month|week|day|head|person)\b)\w+|\A[- ](?:heav|per square|of (?:thrust|force))",
    re.IGNORECASE,
)
_IS_MONEY = compile_late(
    r"\b(?:cost\w*|price\w*|pa(?:y|ys|id|ying|yment\w*)|spen[dt]\w*|worth|earn\w*|fee\w*|fine[ds]?|tax\w*|salar\w*|wage\w*|budget\w*|fund\w*|grant\w*|loan\w*|"
    r"debt\w*|revenue\w*|profit\w*|sterling|charg\w*|sold|buy|bought|benefit\w*|bill\w*)\b",
    re.IGNORECASE,
)


def find_sign(sign: str) -> str | None:
    """Return the unit of a sign or code before a number; None where it is none."""
    sign = sign.strip()
    return SIGNS.get(sign) or (({"RMB": "CNY"}.get(sign, sign)) if sign in _CODES else None)


def find_word(text: str, end: int) -> tuple[str, int, str] | None:
    """Return the unit of the currency's name after a number, where the name ends, and the name as written."""
    if not (match := _WORD_AFTER.match(text, end)):
        return None
    word, nation = match["word"].lower(), (match["nation"] or "").lower()
    if match["word"] in _CODES:
        return find_sign(match["word"]) or match["word"], match.end("word"), match["word"]
    single = word.removesuffix("s") if len(word) > 3 else word
    written = text[end : match.end()].strip(" -")
    if single == "pound":
        return _find_pounds(text, match), match.end(), written
    unit = _NATIONS.get((nation, single)) or _WORDS.get(single) or _WORDS.get(word)
    return (unit, match.end("word"), text[end : match.end("word")].strip(" -")) if unit else None


def _find_pounds(text: str, match: re.Match[str]) -> str:
    """Return whether pounds are money or weight, by the words around them."""
    if match["sterling"]:
        return "£"
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end("word") : match.end("word") + 30]
    before = re.split(r"[,;.]\s|\sand\s", before)[-1]
    after = re.split(r"[,;.]\s|\sand\s", after, maxsplit=1)[0]
    is_weight = bool(_IS_WEIGHT.search(before) or _IS_WEIGHT.match(after) or re.match(r"-?feet|-?foot", after))
    is_money = bool(_IS_MONEY.search(before) or _IS_MONEY.search(after))
    return AMBIGUOUS if is_weight == is_money else ("lb" if is_weight else "£")
