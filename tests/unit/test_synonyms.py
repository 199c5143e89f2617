"""What the words of a search may also be written as."""

from tools.synonyms import Meaning, WordClass, meanings, split

TAP = WordClass((("can",), ("grif",), ("llav",)), tokens=("cat7",))
SWITCH = WordClass((("interruptor",), ("llav", "luz")))
PARKING = WordClass((("estacion",), ("puest",)), country=1)
CLASSES = (TAP, SWITCH, PARKING)
NOTHING = Meaning()


def test_each_member_means_the_others():
    for member in TAP.members:
        [meaning] = meanings([list(member)], CLASSES)
        others = {other[0] for other in TAP.members if other != member}
        assert (set(meaning.phrases), meaning.tokens) == (others, ("cat7",))


def test_a_corrected_word_counts():
    assert meanings([["grafi", "grif"]], CLASSES)[0].phrases == ("can", "llav")


def test_words_of_no_class_mean_themselves():
    assert meanings([["cocin"], ["luz"]], CLASSES) == [NOTHING, NOTHING]
    assert meanings([], CLASSES) == []
    assert meanings([["can"]], ()) == [NOTHING]
    assert meanings([["can"]], [WordClass(((), ("can",)))]) == [NOTHING]


def test_a_phrase_stands_together():
    assert meanings([["llav"], ["luz"]], CLASSES) == [Meaning(("interruptor",))] * 2
    apart = meanings([["llav"], ["ban"], ["luz"]], CLASSES)
    assert apart == [Meaning(("can", "grif"), ("cat7",)), NOTHING, NOTHING]


def test_a_class_of_a_country():
    assert meanings([["puest"]], CLASSES, lambda country: country == 1)[0].phrases == ("estacion",)
    assert meanings([["puest"]], CLASSES, lambda country: False) == [NOTHING]
    asked = []
    meanings([["can"], ["cocin"]], CLASSES, asked.append)
    assert not asked, "no country is asked for"


def test_split_keeps_phrases():
    assert split(None) == split(" , ;") == []
    assert split("llave de luz,llave de luz; apagador") == ["llave de luz", "apagador"]
