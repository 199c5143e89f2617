"""In the demo data, words of every country find the solution that is meant, the first of all."""

QUERIES = {
    "caño": "Caño de la cocina gotea",
    "poceta": "Inodoro que no corta el agua",
    "wáter": "Inodoro que no corta el agua",
    "excusado": "Inodoro que no corta el agua",
    "retrete": "Inodoro que no corta el agua",
    "apagador": "Interruptor que se dispara",
    "suiche": "Interruptor que se dispara",
    "llave de luz": "Interruptor que se dispara",
    "breaker": "Interruptor que se dispara",
    "disyuntor": "Interruptor que se dispara",
    "rajadura": "Fisura superficial en muro",
    "grieta": "Fisura superficial en muro",
    "baldosa suelta": "Porcelanato soplado o suelto",
    "azulejo": "Porcelanato soplado o suelto",
    "elevador": "Ascensor detenido por una semana",
    "tina": "Filtración por el sello de la bañera",
    "portón de la cochera": "Portón del estacionamiento golpea el vehículo",
    "fuga lavabo": "Fuga bajo el lavamanos",
}


def test_words_of_every_country_find_what_is_meant(server):
    search = server.logged_in("agente")
    found = {
        words: search("atencion.solution", "search_read", [["words", "ilike", words]], ["name"])
        for words in QUERIES
    }
    first = {words: rows[0]["name"] if rows else "" for words, rows in found.items()}
    assert first == QUERIES


def test_each_word_for_a_tap_finds_the_same(server):
    search = server.logged_in("agente")
    found = [
        set(search("atencion.solution", "search", [["words", "ilike", words]]))
        for words in ("caño", "grifo", "llave", "canilla", "Canillas", "CAÑO", "cano")
    ]
    assert found[0]
    assert all(one == found[0] for one in found)
