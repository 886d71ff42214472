"""The English words by which a text says who speaks, and the inflection of its verbs.

Tables, nothing else. It must not know texts, names or sides.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.articles.attribution_words import Words, indexed, phrases, word_set


def _forms(verbs: str) -> Iterator[tuple[str, str, str, str]]:
    """Base, third person, past and -ing form; irregular ones are written out with slashes."""
    for verb in verbs.split():
        if "/" in verb:
            base, third, past, going = verb.split("/")
            yield base, third, past, going
            continue
        stem = verb.removesuffix("e")
        third = f"{verb}es" if verb.endswith(("s", "sh", "ch")) else f"{verb}s"
        if verb.endswith("y") and verb[-2] not in "aeo":
            yield verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
        else:
            yield verb, third, f"{stem}ed", f"{stem}ing"


_SAY = (
    "say/says/said/saying write/writes/wrote/writing state reply answer respond add explain argue "
    "contend claim allege maintain insist assert declare tell/tells/told/telling note recall "
    "complain object counter remark retort tweet post "
    "comment report concede/concedes/conceded/conceding admit/admits/admitted/admitting assure "
    "reassure inform "
    "believe think/thinks/thought/thinking suggest joke quip/quips/quipped/quipping swear/"
    "swears/swore/swearing reiterate stress emphasise emphasize repeat warn predict observe "
    "estimate acknowledge hint describe speculate theorise boast protest urge/urges/urged/urging "
    "vow/vows/vowed/vowing lament caution confirm contradict"
).replace("/ ", "/")
_NAMING = "call accuse tell/tells/told/telling blame criticise criticize describe urge warn"
_WEAK = (
    "find/finds/found/finding conclude rule hold/holds/held/holding announce reject dismiss/"
    "dismisses/dismissed/dismissing dispute contest reveal show/shows/showed/showing see/sees/"
    "saw/seeing promise speak/speaks/spoke/speaking ask put/puts/put/putting decide agree "
    "determine/determines/determined/determining fear expect signal deny testify interpret regard "
    "portray view promise"
).replace("/ ", "/")


def _words() -> Words:
    say = [*_forms(_SAY)]
    naming = [*_forms(_NAMING)]
    weak = [*_forms(_WEAK)]
    verbs = [*say, *naming, *weak]
    return Words(
        finite=frozenset(form for verb in verbs for form in verb[:3])
        | {"point out", "points out", "pointed out", "makes clear", "made clear"},
        participles=frozenset(verb[2] for verb in verbs)
        | {"pointed out", "made clear", "written", "sworn", "shown", "spoken"},
        loose=frozenset(verb[3] for verb in [*say, *naming]) - {"posting"},
        naming=frozenset(form for verb in naming for form in verb),
        weak=frozenset(form for verb in weak for form in verb),
        have=word_set("has have had having"),
        be=word_set("is are was were be been being"),
        by=word_set("by"),
        of=word_set("of for from at"),
        prepositions=word_set(
            "of for from to about with against by on in at into over between under after before "
            "without through than like near toward towards behind despite during among"
        ),
        articles=word_set("the a an this that these those some several many both its own other"),
        possessives=word_set("his her its their"),
        pronouns=word_set("he she they"),
        it=word_set("it"),
        relatives=word_set("who which"),
        that=word_set("that whether how why"),
        joins=word_set("and but or then"),
        subordinates=word_set(
            "after when before if because since although though whom which who once"
        ),
        contrasts=word_set("but while whereas and ; :"),
        as_=word_set("as"),
        openers=word_set(
            "after when before if because since although though who what why how where asked "
            "yesterday today later meanwhile according this that there then so yet but and or "
            "not no all for once even most such"
        ),
        nots=word_set("not never nor neither nobody none hardly barely cannot"),
        nobodies=word_set("nobody none"),
        modals=word_set("to could might may should must can will shall"),
        skipped=word_set(
            "has have had would later also then again once already still now soon even repeatedly "
            "long often always first previously meanwhile instead however "
            "himself herself itself themselves all only just both did does do"
        ),
        adverb="ly",
        roles=word_set(
            "lawyer lawyers attorney attorneys counsel spokesman spokeswoman spokesperson "
            "spokespeople representative representatives chairman chairwoman chair president ceo "
            "executive executives officer chief boss board team camp side company management "
            "director directors leadership allies ally defence defense"
        ),
        former=word_set("former ex ex- former-"),
        papers=word_set(
            "complaint lawsuit suit filing filings petition countersuit counterclaim brief motion "
            "post posts blog letter email e-mail tweet memo appeal"
        ),
        claims=word_set(
            "claim claims allegation allegations accusation accusations argument arguments "
            "statement statements account version view words telling story reply answer response "
            "denial position remark remarks comment comments "
            "criticism criticisms complaint charge charges testimony opinion assertion contention"
        ),
        versions=word_set(
            "account version view words claims telling story position argument arguments side "
            "case allegations"
        ),
        media=word_set(
            "article articles report reports newspaper paper papers site website page pages post "
            "account accounts press media magazine documents document communications emails "
            "records filing filings transcript interview story stories"
        ),
        thirds=word_set(
            "critics analysts analyst experts expert observers observer sources source people "
            "person insiders judge jury jurors juror court courts commentators commentator "
            "researchers professor economists investors lawyers regulators officials journalists "
            "reporters employees rivals attorney prosecutors witnesses witness scholars others "
            "supporters opponents"
        ),
        chiefs=word_set("chief"),
        people=word_set(
            "entrepreneur billionaire tycoon mogul executive businessman ceo founder magnate man"
        ),
        companies=word_set(
            "company lab firm startup start-up organisation organization maker group"
        ),
        markers=phrases("according to;in the words of;in the view of;in the opinion of;as per"),
        tails=word_set("words view telling opinion account version eyes reading"),
        own=phrases(
            "in his view;in her view;in its view;in his words;in his opinion;in his telling;"
            "according to him;according to her;in its words;in its telling;in his account"
        ),
        before_comma=frozenset(),
        hearsay=word_set("said believed thought reported"),
        states=word_set("convinced adamant certain sure confident"),
        questions=word_set("what whatever how why whether"),
        to=word_set("to"),
        viewing=word_set(
            "see sees saw interpret interprets interpreted regard regards regarded portray "
            "portrays portrayed view views viewed"
        ),
        inverts=False,
        drops_subject=False,
        reflexives=frozenset(),
        suing=word_set("sued sues suing"),
        inside=word_set("in"),
        contents=word_set("of : it having"),
        pointers=word_set("which whom"),
        deeds=frozenset(phrases("think of;thinks of;thought of;think up;thinks up;thought up")),
        handing=word_set("explain explains explained report reports reported"),
    )


ENGLISH = indexed(_words())
