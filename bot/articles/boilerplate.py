"""Lines of a page that are not its article, told by what such lines say on any site.

Each kind is a pattern over one whole line, in English, Italian, Spanish, German and French. A line
is judged by itself; what stands around it is the business of the one who cleans. It must not know
any particular site or article.
"""

from __future__ import annotations

import re
import unicodedata

_LABELS = {
    "a label of the page": """
        disclaimer|disclosure|affiliate disclosure|advertiser disclosure|transparency notice
        uncategorized|uncategorised|skip to content|skip to main content|menu|home|search|close
        table of contents|advertisement|advertising|sponsored|sponsored content|promoted
        read more|continue reading|show more|load more|click here|learn more|view all
        avvertenza|avviso di trasparenza|senza categoria|non categorizzato
        vai al contenuto|salta al contenuto|cerca|chiudi|indice dei contenuti
        pubblicità|annuncio|contenuto sponsorizzato|sponsorizzato|leggi di più|continua a leggere
        leggi tutto|scopri di più|mostra altro|clicca qui
        aviso|descargo de responsabilidad|sin categoría|saltar al contenido|publicidad|leer más
        seguir leyendo|haftungsausschluss|allgemein|unkategorisiert|zum inhalt springen|anzeige
        werbung|weiterlesen|mehr lesen|avertissement|non classé|aller au contenu|publicité
        lire la suite|en savoir plus
    """,
    "the page's share buttons": """
        share|share this|share this article|share this post|share on facebook|share on twitter
        share on x|share on linkedin|share on whatsapp|tweet|pin it|copy link|print|follow us
        condividi|condividi su|condividi questo articolo|condividi l'articolo|condividi su facebook
        condividi su twitter|condividi su x|stampa|copia link|seguici|seguici su
        compartir|comparte|compartir en|síguenos|teilen|artikel teilen|drucken|folge uns
        partager|partager cet article|imprimer|suivez-nous
        facebook|twitter|linkedin|whatsapp|telegram|pinterest|reddit|email|instagram|tiktok|youtube
    """,
    "the page's way back to its top": """
        back to top|back to top button|scroll to top|go to top|torna su|torna in alto
        torna all'inizio
        pulsante per tornare all'inizio|bottone per tornare in alto|volver arriba
        botón volver arriba
        nach oben|zurück nach oben|schaltfläche zurück zum anfang|retour en haut
        bouton retour en haut
    """,
    "the page's comments": """
        comments|no comments|0 comments|leave a comment|post a comment|cancel reply|post comment
        leave a reply|leave a reply cancel reply|join the conversation|submit comment
        commenti|nessun commento|lascia un commento|lascia una risposta|annulla risposta
        rispondi|invia commento|lascia un commento annulla risposta
        comentarios|deja un comentario|deja una respuesta|cancelar la respuesta
        kommentare|kommentar hinterlassen|schreibe einen kommentar|antwort abbrechen
        commentaires|laisser un commentaire|annuler la réponse|poster un commentaire
    """,
    "the page's newsletter": """
        newsletter|subscribe|subscribe now|sign up|sign in|log in|subscribe to our newsletter
        iscriviti|iscriviti alla newsletter|iscriviti alla nostra newsletter|accedi|registrati
        abbonati
        suscríbete|suscríbete a nuestro boletín|abonnieren|newsletter abonnieren|abonnez-vous
        inscrivez-vous à notre newsletter
    """,
}
_LISTS = """
    related|related articles|related posts|related stories|related news|related content|see also
    more articles|more stories|recommended|recommended for you|recent posts|latest posts|latest news
    popular posts|most read|you may also like|you might also like|read also|read next|up next
    more from
    trending|trending now|previous article|next article|previous post|next post|tags|categories
    articoli correlati|articolo correlato|articoli simili|post correlati|notizie correlate
    leggi anche
    potrebbe interessarti|potrebbe interessarti anche|ti potrebbe interessare
    ti potrebbe anche interessare
    articoli recenti|ultime notizie|i più letti|articolo precedente|articolo successivo|correlati
    vedi anche|categorie
    artículos relacionados|entradas relacionadas|te puede interesar|también te puede interesar
    lee también|noticias relacionadas|ähnliche artikel|ähnliche beiträge|verwandte artikel
    das könnte sie auch interessieren|das könnte dir auch gefallen|lesen sie auch|mehr zum thema
    articles similaires|articles liés|articles connexes|à lire aussi|lire aussi|vous aimerez aussi
"""

_AFFILIATE = re.compile(
    r"\baffiliat|\baffilia(?:zione|ti)\b|\bafiliad|\bafiliaci|partnerlinks?\b"
    r"|\bd['’]affiliation|\baffiliés?\b"
)
_GAIN = re.compile(
    r"\bcommissions?\b|\bcommission[ei]\b|\bprovision(?:en)?\b|\bcomisi[oó]n|\bcompensat"
    r"|\bguadagn|\bearn"
    r"|\brémunérat|\bvergütung"
)
_OURS = re.compile(
    r"\b(?:we|our|us|this (?:post|page|article|site)|noi|nostr[aeio]|potremmo|teniamo"
    r"|questo (?:sito|articolo)"
    r"|nosotros|nuestr[ao]s?|podemos|este (?:sitio|artículo)|wir|unser\w*|diese[rs]? (?:seite"
    r"|artikel)"
    r"|nous|notre|nos|cet article|ce site)\b"
)
_LINES = {
    "the form for comments": re.compile(
        r"(?:your e-?mail (?:address )?will not be published|required fields (?:are|marked)"
        r"|il tuo indirizzo e-?mail non sarà pubblicato|i campi obbligatori sono contrassegnati"
        r"|tu dirección de correo electrónico no será publicada"
        r"|los campos obligatorios están marcados"
        r"|deine e-mail-adresse wird nicht veröffentlicht|erforderliche felder sind"
        r"|votre adresse (?:e-mail|de messagerie) ne sera pas publiée|les champs obligatoires sont"
        r"|save my name, email|salva il mio nome, email|this site uses akismet"
        r"|questo sito utilizza akismet"
        r"|you must be logged in to post|devi essere connesso per inviare).{0,200}"
    ),
    "a note on how the page was made": re.compile(
        r"(?:(?:editor['’]s )?note|nota(?: dell[ao] redazione| bene)?|disclaimer|hinweis|avviso"
        r"|aviso|n\.?b\.?"
        r"|this|questo|questa|este|esta|dieser|ce|cet|cette)\b.{0,80}"
        r"\b(?:re)?(?:written|generated|translated|produced|created|summari[sz]ed|scritt[oa]"
        r"|riscritt[oa]"
        r"|generat[oa]|tradott[oa]|prodott[oa]|creat[oa]|reescrit[oa]|escrit[oa]|generad[oa]"
        r"|traducid[oa]"
        r"|verfasst|erstellt|übersetzt|réécrite?|générée?|traduite?|rédigée?)\b.{0,60}"
        r"\b(?:ai|ia|ki|artificial intelligence|intelligenza artificiale|inteligencia artificial"
        r"|künstlicher intelligenz|intelligence artificielle|machine translation"
        r"|traduzione automatica"
        r"|chatgpt)\b.{0,200}"
    ),
    "a notice of rights": re.compile(
        r"(?:(?:copyright|©|\(c\)).{0,80}\d{4}.{0,80}"
        r"|.{0,80}(?:all rights reserved|tutti i diritti riservati"
        r"|(?:todos los )?derechos reservados"
        r"|alle rechte vorbehalten|tous droits réservés).{0,20})"
    ),
    "a pointer to another article": re.compile(
        r"(?:read also|also read|see also|read more|related|leggi anche|vedi anche"
        r"|per approfondire|lee también"
        r"|lesen sie auch|à lire aussi|lire aussi)\s*[:>→»].{0,200}"
    ),
    "a notice on cookies": re.compile(
        r"(?:we use cookies|this (?:web)?site uses cookies|utilizziamo i cookie"
        r"|questo sito (?:utilizza|usa) i?\s?cookie"
        r"|utilizamos cookies|wir verwenden cookies|nous utilisons des cookies).{0,400}"
    ),
}


def _phrases(block: str) -> frozenset[str]:
    return frozenset(
        _plain(phrase)
        for line in block.splitlines()
        for phrase in line.split("|")
        if phrase.strip()
    )


def _plain(line: str) -> str:
    folded = unicodedata.normalize("NFKC", line).replace("’", "'").casefold()
    return " ".join(re.sub(r"^[\W_]+|[\W_]+$", "", folded).split())


_LIST_PHRASES = _phrases(_LISTS)
_LABEL_PHRASES = {phrase: why for why, block in _LABELS.items() for phrase in _phrases(block)}


def reason(line: str) -> str | None:
    """What kind of thing a line is that does not belong to an article, or None."""
    plain = _plain(line)
    if plain in _LABEL_PHRASES:
        return _LABEL_PHRASES[plain]
    if begins_list(line):
        return "the page's list of other articles"
    if _AFFILIATE.search(plain) and _GAIN.search(plain) and _OURS.search(plain):
        return "a disclosure of advertising"
    folded = line.strip().casefold()
    return next((why for why, pattern in _LINES.items() if pattern.fullmatch(folded)), None)


def begins_list(line: str) -> bool:
    """A line stands above a list of other articles."""
    return _plain(line) in _LIST_PHRASES
