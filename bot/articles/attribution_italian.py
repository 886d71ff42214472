"""The Italian words by which a text says who speaks, and the inflection of its verbs.

Tables, nothing else. It must not know texts, names or sides.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.articles.attribution_words import Words, indexed, phrases, word_set


def _forms(verbs: str) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Finite forms, the participle's stem and the gerund; irregular ones are written out."""
    endings = {
        "are": (("a", "ano", "ava", "avano", "ò", "arono"), "at", "ando"),
        "ere": (("e", "ono", "eva", "evano", "ette", "ettero", "é"), "ut", "endo"),
        "ire": (("e", "ono", "isce", "iscono", "iva", "ivano", "ì", "irono"), "it", "endo"),
    }
    for verb in verbs.split():
        if "/" in verb:
            finite, participle, gerund = verb.split("/")
            yield tuple(finite.split(",")), participle, gerund
            continue
        stem, (finites, participle, gerund) = verb[:-3], endings[verb[-3:]]
        yield tuple(stem + ending for ending in finites), stem + participle, stem + gerund


_SAY = (
    "dice,dicono,diceva,dicevano,disse,dissero/dett/dicendo "
    "scrive,scrivono,scriveva,scrissero,scrisse/scritt/scrivendo "
    "sostiene,sostengono,sosteneva,sostenevano,sostenne,sostennero/sostenut/sostenendo "
    "ritiene,ritengono,riteneva,ritenevano,ritenne,ritennero/ritenut/ritenendo "
    "risponde,rispondono,rispose,risposero/rispost/- aggiunge,aggiungono,aggiunse,aggiunsero/"
    "aggiunt/aggiungendo ammette,ammettono,ammise,ammisero/ammess/ammettendo "
    "crede,credono,credeva/credut/credendo smentisce,smentiscono,smentì,smentirono/smentit/"
    "smentendo ribadisce,ribadiscono,ribadì/ribadit/ribadendo "
    "chiarisce,chiariscono,chiarì/chiarit/chiarendo avverte,avvertono,avvertì,avvertirono/"
    "avvertit/avvertendo riferisce,riferiscono,riferì/riferit/riferendo "
    "sottolinea,sottolineano,sottolineò,sottolineava/sottolineat/sottolineando "
    "nega,negano,negò,negava,negarono/negat/negando spiega,spiegano,spiegò,spiegava/spiegat/"
    "spiegando parla,parlano,parlò,parlava/parlat/parlando "
    "replicare affermare dichiarare raccontare precisare obiettare commentare contestare "
    "annunciare accusare ricordare rimproverare osservare notare insinuare testimoniare "
    "confermare concludere/conclus/- lamentare denunciare ipotizzare assicurare confidare "
    "pensare minacciare ammonire riportare stimare "
    "ribatte,ribattono,ribatté,ribattè/ribattut/ribattendo "
    "definisce,definiscono,definì,definiva,definirono/definit/definendo "
    "conclude,concludono,concluse,conclusero/conclus/concludendo "
    "rivendica,rivendicano,rivendicò/rivendicat/rivendicando "
    "stabilisce,stabiliscono,stabilì,stabilirono/stabilit/stabilendo criticare bollare "
    "promette,promettono,promise,promisero/promess/promettendo "
    "suggerisce,suggeriscono,suggerì/suggerit/suggerendo twittare ironizzare "
    "chiama,chiamano,chiamò/-/chiamando etichettare rinfacciare prevedere/-/-"
).replace("/ ", "/")


_VIEWING = word_set("vede vedono vide videro vedeva interpreta interpretano interpretò")
_MADE_KNOWN = ("sapere", "notare", "capire", "presente")


def _words() -> Words:
    say = [*_forms(_SAY)]
    of = "di del della dell' dei degli delle dello d'"
    by = "da dal dalla dall' dai dagli dalle dallo"
    to = "a ad al alla all' ai agli alle allo"
    weak_ones = {"stabilit", "conclus", "annunciat", "promess", "negat", "parlat", "confermat"}
    weak = [one for one in say if one[1] in weak_ones]
    named = {"definit", "accusat", "criticat", "bollat", "etichettat"}
    naming = [one for one in say if one[1] in named or "chiama" in one[0]]
    return Words(
        finite=frozenset(form for verb in say for form in verb[0])
        | {f"{do} {what}" for do in ("fa", "fanno", "fece", "fecero") for what in _MADE_KNOWN}
        | _VIEWING,
        participles=frozenset(
            verb[1] + ending for verb in say if verb[1] != "-" for ending in "oaie"
        )
        | {"reso noto", *(f"fatto {what}" for what in _MADE_KNOWN)},
        loose=frozenset(
            verb[2] + clitic
            for verb in say
            for clitic in ("", "lo", "la", "li", "le", "gli", "si", "ne")
            if verb[2] not in {"-", "parlando"}
        ),
        naming=frozenset(
            form for verb in naming for form in (*verb[0], *(verb[1] + end for end in "oaie"))
        )
        | _VIEWING,
        weak=frozenset(
            form for verb in weak for form in (*verb[0], *(verb[1] + end for end in "oaie"))
        )
        | _VIEWING,
        have=word_set("ha hanno aveva avevano avrebbe avrebbero ebbe ebbero abbia avendo"),
        be=word_set(
            "è e' sono era erano fu furono stato stata stati state viene vengono venne vennero "
            "veniva venivano sarebbe sarebbero essere venga sia"
        ),
        by=word_set(by),
        of=word_set(of),
        prepositions=word_set(
            f"{of} {by} {to} in nel nella nell' nei negli nelle nello con su sul sulla sull' sui "
            "sugli sulle contro per tra fra verso senza dopo prima durante come tramite"
        ),
        articles=word_set(
            "il lo la l' i gli le un uno una un' alcuni alcune molti molte questo questa quel "
            "quella diversi certi certe altri altre stesso stessa"
        ),
        possessives=word_set("suo sua suoi sue loro"),
        pronouns=word_set("egli lui lei ella essi loro"),
        it=word_set("esso essa"),
        relatives=word_set("che"),
        that=word_set("che se"),
        joins=word_set("e ed ma o poi cosa"),
        subordinates=word_set("dopo quando se perché poiché benché prima siccome"),
        contrasts=word_set("ma mentre e ed invece ; :"),
        as_=word_set("come"),
        openers=word_set(
            "dopo quando se perché poiché prima secondo stando chi che cosa dove ieri oggi poi "
            "intanto però ma e non così anche per ora questo quello"
        ),
        nots=word_set("non mai né nessuno nemmeno neppure neanche"),
        nobodies=word_set("nessuno"),
        modals=word_set("deve può potrebbe dovrebbe"),
        skipped=word_set(
            "ha hanno aveva avevano avrebbe avrebbero ebbe ebbero poi anche sempre già inoltre "
            "ancora però infatti invece allora lo la l' li le gli ne ci vi si però quindi così "
            "subito spesso stesso stessa ora oggi abbia fin tuttavia"
        ),
        adverb="mente",
        roles=word_set(
            "avvocato avvocati legale legali difensore difensori portavoce rappresentante "
            "rappresentanti presidente consiglio dirigenti dirigente vertici amministratore capo "
            "ceo squadra staff team difesa entourage azienda società direzione fronte "
            "rappresentanza"
        ),
        former=word_set("ex ex-"),
        papers=word_set(
            "denuncia causa ricorso controricorso atto esposto querela memoria post lettera "
            "email tweet citazione appello domanda controquerela"
        ),
        claims=word_set(
            "tesi accusa accuse versione posizione parole racconto risposta replica "
            "dichiarazione dichiarazioni argomento argomenti opinione parere affermazione "
            "affermazioni ricostruzione ragioni smentita punto"
        ),
        versions=word_set(
            "versione posizione tesi parole racconto ragioni argomenti ricostruzione accuse "
            "parte punto"
        ),
        media=word_set(
            "articolo articoli giornale giornali quotidiano sito pagina stampa rivista rapporto "
            "documento documenti carte atti fonti resoconto resoconti indiscrezioni media "
            "ricostruzione ricostruzioni agenzia testata cronache verbale verbali intervista"
        ),
        thirds=word_set(
            "analisti analista esperti esperto osservatori osservatore critici critico fonti fonte "
            "persone giudice giudici giuria giurati giurato tribunale corte commentatori "
            "ricercatori professore economisti investitori avvocati autorità giornalisti cronisti "
            "dipendenti rivali testimoni testimone chi altri molti alcuni qualcuno detrattori "
            "sostenitori studiosi addetti"
        ),
        chiefs=frozenset(),
        people=word_set(
            "imprenditore miliardario magnate uomo manager dirigente fondatore cofondatore ceo"
        ),
        companies=word_set("azienda società impresa laboratorio compagnia organizzazione gruppo"),
        markers=(
            *(("secondo",), ("stando", "a"), ("per", "voce", "di"), ("per", "bocca", "di")),
            *((*head, one) for one in of.split() for head in phrases(
                "a detta;a giudizio;ad avviso;a parere;nelle parole;a dire;per voce;per bocca;"
                "nella versione;nel racconto;ad opinione;nell' opinione"
            )),
            *(("stando", one) for one in to.split()),
            *(("si", "legge", one) for one in ("in", "nel", "nella", "nell'", "nei", "nelle")),
            ("per", "dirla", "con"),
        ),
        tails=frozenset(),
        own=phrases(
            "a suo dire;a suo avviso;a suo giudizio;a suo parere;a loro dire;a loro avviso;"
            "secondo lui;secondo lei;a sua detta"
        ),
        before_comma=word_set("per"),
        hearsay=frozenset(),
        states=word_set("convinto convinta convinti sicuro sicura certo certa persuaso"),
        questions=word_set("cosa quanto perché"),
        to=word_set(to),
        viewing=_VIEWING,
        inverts=True,
        drops_subject=True,
        reflexives=word_set("si"),
        suing=word_set("querelò querela"),
        inside=frozenset(),
        contents=word_set("di :"),
        pointers=word_set("quale quali cui"),
        deeds=frozenset((did, one) for did in ("pensa", "pensò", "pensato") for one in to.split()),
        handing=word_set("spiega spiegò spiegava spiegato"),
    )  # fmt: skip


ITALIAN = indexed(_words())
