"""How often the names in an archive are read in the encoding that they were written in.

::

    python benchmarks/name_encodings.py

Names of learners and of files, as systems in ten countries write them into a zip without saying in
which encoding, are read by gradproof's rule and by charset-normalizer. An archive of one learner
has one such name, that of a class has many; both are drawn. Prints one line for each encoding.
The rule was tuned on names like these, so its figures are for familiar names.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from grader.submission.name_encoding import CANDIDATES, most_plausible  # noqa: E402

_WESTERN = (
    "José Müller Zoë François Åsa Jürgen Björn Núñez Señor Übung Lösung Aufgabe_für "
    "Élodie Thérèse Muñoz Günther Sørensen Jørgen Ångström Gonçalves João Conceição Pérez "
    "Martín Hélène Größe Weiß Straße Peña Benoît Ümit Crème Noël Fußball Ibáñez Løvås Ærø "
    "Téo Añez Ragnarsdóttir Þór Göran Håkan Øystein Kåre Jürg André Frédéric Cédric "
    "Aurélie Inès Iñigo Begoña Íñigo Álvaro Óscar Ürün Käthe Jörg Heiß Preußler Mädchen "
    "Müßig Über Æsop Øvelse Français Garçon Façade Coração Irmão Mãe António Sérgio Inês"
)
_RUSSIAN = (
    "Иванов Анна Пётр Сергеев Кузнецова Дмитрий Ольга Смирнов Екатерина задание решение "
    "Домашняя_работа отчёт лабораторная Попов Васильева Соколов Михайлов Новикова Фёдоров "
    "Морозова Волков Алексей Юлия Щукин Жанна Яковлев копия Эльдар Цветкова ИВАНОВ "
    "ПЕТРОВА Зайцев Шевченко Толстой Достоевский Чехов Пушкин Лермонтов Гоголь Тургенев "
    "Ахматова Цветаева Пастернак Булгаков Бродский свёртка нейросеть лекция практика "
    "зачёт Ёлкин Эйзенштейн Шукшин Юрий Йордан Щедрин Хармс"
)
SAMPLES = {
    "gb18030": (
        "张伟 王芳 李娜 刘洋 陈静 杨帆 赵磊 黄敏 周杰 吴倩 徐强 孙丽 胡军 朱红 高翔 林峰 何平 "
        "郭涛 马超 罗欣 作业一 实验报告 最终版 深度学习 线性回归 第三次作业 张三的副本 数据 "
        "欧阳修 诸葛亮 梁思成 宋佳 唐糖 许诺 韩梅梅 冯巩 邓紫棋 曹操 彭于晏 曾国藩 肖战 田亮 "
        "董卿 袁隆平 潘粤明 蒋雯丽 蔡徐坤 余华 杜甫 叶问 白岩松 柴静 撒贝宁 倪萍 窦靖童 窦唐 "
        "那英 毕淑敏 迟子建 莫言 残雪 格非 阿来 贾平凹 路遥 巴金 老舍 茅盾 冰心 沈从文 丁玲 "
        "萧红 钱钟书 季羡林 费孝通 屠呦呦 裘法祖 茹志鹃 桑弧 麦家 易烊千玺 单霁翔 汤唯 巩俐 "
        "章子怡 舒婷 北岛 顾城 海子 食指 卷积神经网络 循环网络 代码 报告书 期末大作业 班级 "
        "学号 补交 练习 聂耳 冼星海 瞿秋白 恽代英 蔺相如 廉颇 荆轲 嵇康 阮籍 谢灵运 庾信 王勃 "
        "骆宾王 岑参 韦应物 柳宗元 晏殊 柳永 秦观 辛弃疾 陆游 文天祥 关汉卿 汤显祖 蒲松龄 "
        "曹雪芹 纳兰性德 龚自珍 林则徐 康有为 梁启超 鲁迅 胡适 徐志摩 朱自清 闻一多 臧克家 "
        "艾青 穆旦 池莉 方方 苏童 毕飞宇 刘慈欣 韩寒 郭敬明 唐家三少 梯度下降 优化器 注意力 "
        "第二次"
    ),
    "big5": (
        "陳怡君 林志明 黃淑芬 張家豪 李雅婷 王俊傑 吳佳蓉 劉建宏 蔡宜庭 楊承翰 許芳瑜 鄭凱文 "
        "謝佩珊 郭冠宇 洪詩涵 曾柏翰 邱馨儀 廖偉倫 賴玉婷 周彥廷 作業一 實驗報告 最終版 "
        "深度學習 線性迴歸 資料 葉問 蘇軾 莊子 呂布 江蕙 何潤東 羅大佑 高雄 蕭敬騰 潘瑋柏 "
        "簡嘉 鍾楚紅 游鴻明 詹雅雯 沈玉琳 彭佳慧 余天 趙雲 林懷民 侯孝賢 楊德昌 蔡明亮 李安 "
        "魏德聖 鈕承澤 戴立忍 桂綸鎂 張震 舒淇 林青霞 鄧麗君 周杰倫 蔡依林 王力宏 五月天 "
        "張惠妹 伍佰 齊秦 白先勇 余光中 龍應台 三毛 席慕蓉 簡媜 張大春 駱以軍 吳明益 紀蔚然 "
        "卷積神經網路 程式碼 期末專題 學號 補交 練習題"
    ),
    "cp932": (
        "佐藤健 鈴木一郎 高橋優 田中花子 伊藤博文 渡辺謙 山本太郎 中村優子 小林誠 加藤綾 課題 "
        "宿題1 レポート 最終版 深層学習 線形回帰 さくら はなこ タロウ 吉田松陰 山田孝之 "
        "佐々木希 松本潤 井上真央 木村拓哉 林 清水翔太 斎藤工 第一回 回答 提出用 コピー "
        "石川遼 前田敦子 藤田 後藤 岡田准一 長谷川 村上春樹 近藤 宮崎駿 高畑勲 北野武 黒澤明 "
        "小津安二郎 是枝裕和 夏目漱石 芥川龍之介 太宰治 三島由紀夫 川端康成 大江健三郎 "
        "谷崎潤一郎 与謝野晶子 樋口一葉 宮沢賢治 湯川秀樹 朝永振一郎 益川敏英 畳み込み "
        "ニューラル 期末レポート 演習 練習問題 学籍番号"
    ),
    "cp949": (
        "김민준 이서연 박지훈 최수빈 정예은 강현우 조은지 윤도현 장미란 임재범 과제 숙제1 "
        "보고서 최종 딥러닝 선형회귀 한지민 오세훈 서태지 신동엽 권지용 황정민 안성기 송강호 "
        "전지현 홍길동 유재석 고아라 문근영 양현석 손흥민 봉준호 박찬욱 이창동 김기덕 홍상수 "
        "류승완 나홍진 배두나 전도연 윤여정 최민식 설경구 하정우 공유 이병헌 정우성 한강 "
        "황석영 조정래 박완서 김훈 신경숙 공지영 은희경 합성곱 신경망 기말보고서 연습문제 "
        "학번"
    ),
    "cp1252": _WESTERN,
    "cp850": _WESTERN,
    "cp437": (
        "José Müller Zoë François Jürgen Björn Núñez Señor Übung Lösung Aufgabe_für Élodie "
        "Thérèse Muñoz Günther Ångström Pérez Martín Hélène Größe Weiß Straße Peña Benoît "
        "Ümit Crème Noël Fußball Ibáñez Téo Añez"
    ),
    "cp1251": _RUSSIAN,
    "cp866": _RUSSIAN,
    "utf-8": ("张伟 陳怡君 佐藤健 김민준 José Müller Иванов Анна Größe 作业一 レポート"),
}


def archives(encoding: str, size: int) -> list[list[bytes]]:
    """Return the raw names in archives of *size* entries; of one entry, all of them."""
    words = SAMPLES[encoding].split()
    if size == 1:
        return [[f"{word}.py".encode(encoding)] for word in words]
    draw = random.Random(0)
    return [
        [f"{word}/warmup.py".encode(encoding) for word in draw.sample(words, min(size, len(words)))]
        for _number in range(40)
    ]


def by_charset_normalizer(names: Sequence[bytes]) -> str:
    """Return what charset-normalizer makes of *names*, asked for the same encodings."""
    from charset_normalizer import from_bytes

    best = from_bytes(b"\n".join(names), cp_isolation=list(CANDIDATES)).best()
    return best.encoding if best else ""


def share(rule: Callable[[Sequence[bytes]], str], encoding: str, size: int) -> float:
    """Return the share of archives whose names are all read as they were written."""
    right = 0
    samples = archives(encoding, size)
    for names in samples:
        guessed = rule(names)
        try:
            right += all(name.decode(guessed) == name.decode(encoding) for name in names)
        except (LookupError, UnicodeDecodeError):
            continue
    return right / len(samples)


def main() -> None:
    """Print the shares."""
    print(f"{'encoding':10}{'gradproof':>24}{'charset-normalizer':>24}")
    print(f"{'names':10}" + f"{1:>12}{10:>12}" * 2)
    for encoding in SAMPLES:
        shares = [
            share(rule, encoding, size)
            for rule in (most_plausible, by_charset_normalizer)
            for size in (1, 10)
        ]
        print(f"{encoding:10}" + "".join(f"{number:12.0%}" for number in shares), flush=True)


if __name__ == "__main__":
    main()
