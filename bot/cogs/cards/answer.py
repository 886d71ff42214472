"""How an answer looks: one card for each passage, word for word, with its source and its buttons.

From an answer to messages, each a list of containers within every limit of Discord's. A passage
that is too long for one card goes on in the next, split where a sentence ends; nothing is left
out. Must not know how answers are found, nor who asked.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from discord import ButtonStyle, ui

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.model import Answer, Citation, Claim, Disagreement
from bot.answers.quoting import quote_url
from bot.articles.model import Passage
from bot.articles.passage_key import key_of
from bot.articles.passage_sentences import spans_of
from bot.cogs.button_ids import button_id
from bot.cogs.cards.accounts import account_names
from bot.cogs.cards.block import (
    ANSWER,
    DISAGREEMENT,
    MOST_TEXT,
    NO_ANSWER,
    Button,
    Container,
    Message,
    notice,
    packed,
    row,
    small,
)
from bot.cogs.cards.naming import (
    MOST_TITLE,
    article_name,
    button_url,
    listed,
    origin,
    reference_name,
)
from bot.cogs.inert import inert_line, marked
from bot.wording import Wording

_MOST_WORD = 40
_MOST_CLAIM = 300
_MOST_CLAIMS = 2300
"""Characters after which no claim is begun; one has up to 1500."""
_MOST_NEAREST = 5
_MOST_NEAREST_TEXT = 2400


@dataclass(frozen=True, slots=True)
class Shown:
    """How an answer is to be shown.

    Attributes:
        key: of the question, for the buttons that ask it again.
        private: only one member sees it.
        first: the rank of the first passage shown; those before it are left out.
        most: messages that may be sent, or None for any number.
        shared_by: the mention of the member who shares it with others.
    """

    wording: Wording
    knowledge: KnowledgeBase
    key: str
    private: bool = False
    first: int = 1
    most: int | None = None
    shared_by: str | None = None


def answer_messages(answer: Answer, shown: Shown) -> list[Message]:
    """The answer as one message, or as several where one cannot hold it."""
    if not answer.answered:
        return [[_refusal(answer, shown)]]
    cited = [one for one in answer.citations if one.rank >= shown.first]
    cards = [list(_cards(citation, answer, shown)) for citation in cited]
    closing = [_closing(answer, shown)]
    if shown.first == 1:
        closing = [*map(_Disagreements(shown.wording).card, answer.disagreements[:2]), *closing]
    while True:
        messages = packed([*(card for few in cards for card in few), *closing])
        if shown.most is None or len(messages) <= shown.most or len(cards) <= 1:
            return messages if shown.most is None else messages[: shown.most]
        cards.pop()


def _cards(citation: Citation, answer: Answer, shown: Shown) -> Iterator[Container]:
    """One passage: a head beside a link, the passage, what belongs below, its buttons."""
    passage, wording = citation.passage, shown.wording
    title = inert_line(passage.article.title, MOST_TITLE)
    head = "### " + wording.say("answer.heading", rank=citation.rank, title=title)
    if citation.rank == shown.first and answer.understood_as and shown.first == 1:
        head = f"{_understood_as(answer.understood_as, wording)}\n{head}"
    if citation.pinned:
        head = f"{head}\n{small(wording.say('answer.pinned'))}"
    foot = _foot(citation, wording)
    goes_on = small(wording.say("answer.goes_on"))
    accounts = account_names(passage, shown.knowledge, wording)
    longest_head = f"{head}\n{_details(passage, 999, 999, answer, wording, accounts)}"
    room = MOST_TEXT - len(longest_head) - max(len(foot), len(goes_on))
    pieces = list(_pieces(citation, room))
    url = button_url(quote_url(citation)) or button_url(passage.article.url)
    for number, piece in enumerate(pieces, 1):
        last = number == len(pieces)
        details = _details(passage, number, len(pieces), answer, wording, accounts)
        yield _container(
            f"{head}\n{details}",
            url,
            piece,
            foot if last else goes_on,
            _passage_buttons(passage, shown) if last else None,
            wording,
        )


def _container(
    head: str,
    url: str | None,
    body: str,
    foot: str,
    buttons: ui.ActionRow[ui.LayoutView] | None,
    wording: Wording,
) -> Container:
    card: Container = ui.Container(accent_colour=ANSWER)
    if url is None:
        card.add_item(ui.TextDisplay(head))
    else:
        link: Button = ui.Button(label=wording.say("button.read"), url=url)
        card.add_item(ui.Section(head, accessory=link))
    card.add_item(ui.TextDisplay(body))
    if foot:
        card.add_item(ui.TextDisplay(foot))
    if buttons is not None:
        card.add_item(buttons)
    return card


def _passage_buttons(passage: Passage, shown: Shown) -> ui.ActionRow[ui.LayoutView] | None:
    key = key_of(passage)
    # With the question's key, as not every message of an answer has the buttons that belong to all.
    states = {"context": (key,), "verify": (key,), "report": (key, shown.key)}
    return row(
        *(
            ui.Button(
                label=shown.wording.say(f"button.{action}"),
                style=ButtonStyle.secondary,
                custom_id=button_id(action, *state),
            )
            for action, state in states.items()
        )
    )


def _closing(answer: Answer, shown: Shown) -> Container:
    """What belongs to the whole answer: its buttons, and of which revision it is."""
    wording, knowledge = shown.wording, shown.knowledge
    last = max((one.rank for one in answer.citations), default=0)
    first = next((one for one in answer.citations if one.rank >= shown.first), None)

    def button(action: str, *state: str | int, primary: bool = False) -> Button:
        return ui.Button(
            label=wording.say(f"button.{action}"),
            style=ButtonStyle.primary if primary else ButtonStyle.secondary,
            custom_id=button_id(action, shown.key, *state),
        )

    judged = key_of(first.passage) if first else None
    lines = [
        small(wording.say("answer.shared", member=shown.shared_by)) if shown.shared_by else "",
        small(
            wording.say(
                "answer.revision",
                revision=knowledge.revision,
                articles=knowledge.article_count,
            )
        ),
    ]
    closing = notice("\n".join(filter(None, lines)), colour=ANSWER)
    buttons = row(
        button("more", last + 1) if first else None,
        button("sides"),
        button("helpful", judged) if judged else None,
        button("unhelpful", judged) if judged else None,
        button("share", primary=True) if shown.private else None,
    )
    if buttons is not None:
        closing.add_item(buttons)
    return closing


def _details(
    passage: Passage, number: int, of: int, answer: Answer, wording: Wording, accounts: str
) -> str:
    language = passage.article.language
    told = origin(passage.article)
    told.append(wording.say("answer.passage", number=passage.number, of=passage.of))
    told += [wording.say("answer.part", number=number, of=of)] if of > 1 else []
    if language != answer.language:
        told.append(wording.say("answer.in_language", language=wording.language_name(language)))
    told.append(accounts)
    return small(" · ".join(told))


def _understood_as(question: str, wording: Wording) -> str:
    return small(wording.say("answer.understood_as", question=inert_line(question, MOST_TITLE)))


def _foot(citation: Citation, wording: Wording) -> str:
    article = citation.passage.article
    lines = []
    if citation.also_in:
        others = (article_name(passage.article) for passage in citation.also_in)
        lines.append(small(wording.say("answer.also_in", names=listed(others, wording))))
    if button_url(article.url) is None and article.sources:
        # Those that can be opened come first, as only a few are named.
        sources = sorted(article.sources, key=lambda one: one.url is None)
        names = listed(map(reference_name, sources), wording)
        lines.append(small(wording.say("answer.sources", names=names)))
    return "\n".join(lines)


def _pieces(citation: Citation, room: int) -> Iterator[str]:
    """The passage in pieces that fit, each as long as it can be and ending with a sentence."""
    text = citation.passage.text

    def shown(start: int, end: int) -> str:
        return marked(text, (start, end), bold=[citation.best], underlined=citation.highlights)

    def inside_a_sentence(start: int) -> int:
        """Where to split a sentence that alone is too long: after a word, if there is one."""
        end = min(start + room, len(text))
        while len(shown(start, end)) > room:
            end = start + (end - start) * 3 // 4
        return text.rfind(" ", start, end) + 1 or end

    whole = shown(0, len(text))
    if len(whole) <= room:
        yield whole
        return
    spans = spans_of(citation.passage)
    stops = [*(start for start, _ in spans), len(text)]
    start = 0
    while start < len(text):
        ahead = [end for end in stops if end > start]
        fitting = bisect_right(ahead, room, key=lambda end: len(shown(start, end)))
        end = ahead[fitting - 1] if fitting else inside_a_sentence(start)
        yield shown(start, end)
        start = end


@dataclass(frozen=True, slots=True)
class _Disagreements:
    """Claims that differ, put next to each other."""

    wording: Wording

    def card(self, found: Disagreement) -> Container:
        lines = [f"### {self.wording.say('disagree.heading')}"]
        lines.append(small(self.wording.say(f"disagree.{found.kind}")))
        sentences = _by_sentence(found.claims)
        for number, (claim, *others) in enumerate(sentences):
            if sum(map(len, lines)) > _MOST_CLAIMS:
                left = sum(map(len, sentences[number:]))
                lines.append(small(self.wording.say("answer.and_more", number=left)))
                break
            start, end = claim.sentence
            text = claim.passage.text
            if end - start > _MOST_CLAIM:
                start = max(start, claim.start - _MOST_CLAIM // 2)
                end = min(end, claim.end + _MOST_CLAIM // 2)
            values = [(one.start, one.end) for one in (claim, *others)]
            shown = marked(text, (start, end), bold=values)
            lead = "… " if start > claim.sentence[0] else ""
            trail = " …" if end < claim.sentence[1] else ""
            lines.append(f"> {lead}{' '.join(shown.split())}{trail}")
            named = [article_name(claim.passage.article)]
            lines.append(small(" · ".join([*named, *origin(claim.passage.article)[1:]])))
        lines.append(small(self.wording.say("disagree.note")))
        return notice("\n".join(lines), colour=DISAGREEMENT)


def _by_sentence(claims: Iterable[Claim]) -> list[list[Claim]]:
    """The claims in their order, those of one sentence together, as it is shown once.

    Those of a sentence too long to be shown whole stay apart, so that each is seen.
    """
    groups: dict[tuple[str, int, int], list[Claim]] = {}
    for claim in claims:
        start, end = claim.sentence
        place = start if end - start <= _MOST_CLAIM else claim.start
        groups.setdefault((claim.passage.id, place, end), []).append(claim)
    return list(groups.values())


def _refusal(answer: Answer, shown: Shown) -> Container:
    wording = shown.wording
    lines = [f"### {wording.say('refusal.heading')}"]
    if answer.understood_as:
        lines.insert(0, _understood_as(answer.understood_as, wording))
    if answer.unknown_words:
        words = (f"“{inert_line(word, _MOST_WORD)}”" for word in answer.unknown_words)
        told = listed(words, wording, between=", ")
        lines.append(wording.say("refusal.unknown", words=told))
    names = dict.fromkeys(article_name(passage.article) for passage in answer.nearest)
    nearest = list(names)[:_MOST_NEAREST]
    while sum(map(len, nearest)) > _MOST_NEAREST_TEXT:
        nearest.pop()
    if nearest:
        lines.append(wording.say("refusal.nearest"))
        lines += [f"- {name}" for name in nearest]
    lines.append(small(wording.say("refusal.advice")))
    lines.append(small(wording.say("refusal.gap_private" if shown.private else "refusal.gap")))
    revision = shown.knowledge.revision
    articles = shown.knowledge.article_count
    lines.append(small(wording.say("answer.revision", revision=revision, articles=articles)))
    return notice("\n".join(lines), colour=NO_ANSWER)
