"""In which encoding names were written that do not say so.

Archives made on Windows hold names in the code page of the system, without saying in which. A name
is a few letters long, which is too little for a detector of texts; but names are made of letters
that a language often uses, which the standards of East Asia list apart from the rare ones, and a
letter of the West or of Russia stands among its own kind. What is most of that is most plausible.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: What names may be written in, in the order that decides between equals: Windows' own archives
#: come in the code pages of its console.
CANDIDATES = (
    *("utf_8", "gb18030", "big5", "cp932", "cp949"),
    *("cp850", "cp437", "cp1252", "cp866", "cp1251"),
)
#: how plausible a character is between its neighbours
_Rule = Callable[[str, str, str], float]
_USUAL = re.compile(
    "[\u00c0-\u017f\u0300-\u036f\u0370-\u045f\u05d0-\u064a\u0900-\u0dff\u0e00-\u0e7f"
    "\u1e00-\u1eff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
)

#: the commonest family names, letters of given names, and what is written on homework
_FREQUENT = {
    "gb18030": (
        "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢"
        "蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟"
        "龙万段雷钱汤尹黎易常武乔贺伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚英华玉红建国志文"
        "小子三作业实验报告最终版第次一二深度学习数据提交改家言婷怡萍俐雨欣梓涵浩宇轩泽佳瑞博"
        "睿思远嘉琪晨曦诗雅梦瑶语彤诺若俊凯悦然安乐天心依可馨月星辰阳光海山川云风雪冰春秋冬生"
        "人民校老师同班级号代码卷积神经网络期末大中东南北西晓梅兰竹菊荣富贵福祥庆忠义仁礼智信"
        "君才德新成功胜利友亮辉波斌鑫鹏飞翔凤莉莲蓉薇蕾琳琴瑾璐珍珠玲珊倩妍媛姗嫣淑惠慧巧美冉"
        "旭昊昕晗晟航舟帆宁宏宗宝定宣容密寒察对导封将尊尔尚"
    ),
    "big5": (
        "陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾游彭詹胡施沈余盧"
        "梁趙顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁卓馬阮董唐蔣石藍文雅淑美惠玲宗宏建志明俊怡家佳婷"
        "雯萱豪偉作業實驗報告最終版第次一二三深度學習資料繳交"
    ),
    "cp932": (
        "佐藤鈴木高橋田中伊渡辺山本村小林加吉々松井清斎野原川上島池石岡前後課題提出最終版第回"
        "子太郎美一"
    ),
    "cp949": (
        "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민진지엄"
        "채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모준수영은재경미숙희"
        "호훈빈아과제숙보고종출"
    ),
}


@dataclass(frozen=True, slots=True)
class NameReader:
    """Decides in which encoding the names of an archive are read, where they do not say it.

    Attributes:
        encoding: the one to take if the class does not tell; empty for the most plausible one.

        known: how many of some paths are those of learners who are in the class.
    """

    encoding: str = ""
    known: Callable[[Sequence[str]], int] | None = None

    def choose(self, names: Sequence[bytes]) -> str:
        """Return the encoding of *names*, which are not all in ASCII."""
        if self.known is not None:
            found = {e: self.known([name.decode(e) for name in names]) for e in _possible(names)}
            best = max(found, key=lambda encoding: found[encoding], default="")
            if best and found[best]:
                return best
        if self.encoding and readable(names, self.encoding):
            return self.encoding
        return most_plausible(names)


def most_plausible(names: Sequence[bytes]) -> str:
    """Return the candidate in which *names* look most like names; ``cp437`` if none can be."""
    raws = [name for name in names if not name.isascii()]
    scores = {encoding: _score(raws, encoding) for encoding in CANDIDATES}
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] > float("-inf") else "cp437"


def _possible(names: Sequence[bytes]) -> list[str]:
    return [encoding for encoding in CANDIDATES if readable(names, encoding)]


def readable(names: Sequence[bytes], encoding: str) -> bool:
    """Whether *names* can have been written in *encoding*."""
    try:
        for name in names:
            name.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _score(names: Sequence[bytes], encoding: str) -> float:
    """Return how much like names *names* look in *encoding*, per byte beyond ASCII."""
    total = count = 0.0
    for name in names:
        try:
            text = f" {name.decode(encoding)} "
        except UnicodeDecodeError:
            return float("-inf")
        for before, character, after in zip(text, text[1:], text[2:], strict=False):
            if not character.isascii():
                weight = len(character.encode(encoding))
                total += weight * _RULES[encoding](before, character, after)
                count += weight
    return total / count if count else 0.0


def _is_plain(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _utf_8(before: str, character: str, after: str) -> float:
    # By chance, two bytes may be UTF-8, but hardly of a usual script; more make no character.
    if character > "\u07ff":
        return 10.0 if unicodedata.category(character) not in ("Cn", "Co") else -0.5
    return 10.0 if _USUAL.fullmatch(character) else -0.5


def _east_asian(encoding: str, common: range, rare: range) -> _Rule:
    """Return a rule for characters whose first byte tells how common they are."""

    def rule(before: str, character: str, after: str) -> float:
        raw = character.encode(encoding)
        alone = before.isascii() and after.isascii()
        if len(raw) != 2 or (alone and (_is_plain(before) or _is_plain(after))):
            return -1.0
        if character in _FREQUENT[encoding]:
            return 2.0
        if "\u3040" <= character <= "\u30ff":
            return 1.5 if encoding == "cp932" else 0.0
        if encoding == "gb18030" and raw[1] < 0xA1:
            return -0.5  # what GBK adds to GB 2312
        return 0.8 if raw[0] in common else 0.3 if raw[0] in rare else -0.5

    return rule


def _western(before: str, character: str, after: str) -> float:
    if not "\u00c0" <= character <= "\u017f" or not character.isalpha():
        return -1.0
    if character.isupper() and (before.islower() or (before.isalpha() and after.islower())):
        return -0.7
    if character in "ÞþÐð":
        return 0.3  # of one language
    # accented letters stand among plain ones, and some are more frequent than others
    plain = _is_plain(before) + _is_plain(after)
    return (-0.5, 0.5, 0.9)[plain] + (0.05 if character.lower() in "éèüöäáíóñçßåøæ" else 0.0)


def _cyrillic(before: str, character: str, after: str) -> float:
    if not "\u0400" <= character <= "\u045f":
        return -1.0
    if character.isupper() and before.islower():
        return -0.7
    if _is_plain(before) or _is_plain(after):
        return -0.5
    if character.isupper() and before.isupper():
        return 0.7
    return 0.95 if "а" <= character.lower() <= "я" and character not in "ъыэщ" else 0.8


_RULES: dict[str, _Rule] = {
    "utf_8": _utf_8,
    "gb18030": _east_asian("gb18030", range(0xB0, 0xD8), range(0xD8, 0xF8)),
    "big5": _east_asian("big5", range(0xA4, 0xC7), range(0xC9, 0xFA)),
    "cp932": _east_asian("cp932", range(0x88, 0x98), range(0x98, 0xEB)),
    "cp949": _east_asian("cp949", range(0xB0, 0xC9), range(0xCA, 0xFE)),
    **dict.fromkeys(("cp850", "cp437", "cp1252"), _western),
    **dict.fromkeys(("cp1251", "cp866"), _cyrillic),
}
