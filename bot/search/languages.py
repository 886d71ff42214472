"""What the analyzer knows of each language: its stemmer and its stop words, as plain data.

A further language is one more entry here and, if wanted, rows in the lexicon. It must not know
how words become terms.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

STEMMERS: Mapping[str, str] = MappingProxyType(
    {"en": "english", "it": "italian", "es": "spanish", "de": "german", "fr": "french"}
)
"""ISO 639-1 code to the name of its Snowball stemmer."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Accents are folded and apostrophes split words before these are looked up, so "l'offerta" meets
# "l", "didn't" meets "didn" and "t", and "perché" typed without its accent is met too.
STOP_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "en": _words(
            """
            a about above after again against ah all also am an and any are aren arent as at be
            because been before being below between both but by called can cant could couldn d did
            didn didnt do does doesn doesnt doing don done dont down during each either else ever
            few for from further get gets got had hadn has hasn have haven having he hello help
            her here hers herself hey hi him himself his how however hows i if im in into is isn
            isnt it its itself ive just let ll lot m many may me might mine more most much must my
            myself neither no nor not now o of off oh ok on once one only onto or other others our
            ours ourselves out over own please re s same shall she should shouldn so some such t
            tell than thank thanks that the their theirs them themselves then there these they
            this those through thus to too under until up upon us ve very was wasn wasnt we were
            weren what whatever whats when where wheres whether which while who whoever whom whos
            whose why will with within without won wont would wouldn yes yet you your yours
            yourself yourselves
            """
        ),
        "it": _words(
            """
            a abbia abbiamo abbiano ad agl agli ai al alcuna alcune alcuni all alla alle allo
            altra altre altri altro anche ancora avere aveva avevano avra avrebbe avrebbero avuto
            bene c c'e che chi chiama chiamata chiamato chiami ci ciao ciascuno cio cioe coi col
            com come con contro cos cosa cosi cui d da dagli dai dal dall dalla dalle dallo de
            degl degli dei del dell della delle dello dentro di dimmi dopo dov dove dunque e ebbe
            ed egli ella era erano esse essere essi esso fa fare fatto fino fra fu fuori furono
            gia gli grazie ha hai hanno ho i il in infine inoltre invece io l la le lei li lo loro
            ma me medesimo meno mentre mi mia mie miei mio molta molte molti molto ne negli nei
            nel nell nella nelle nello nessun nessuna nessuno no noi non nostra nostre nostri
            nostro o od ogni ognuno oltre oppure ora ovvero per perche percio pero piu poco poi
            prima proprio pure qual quale quali quando quant quanta quante quanti quanto quel
            quella quelle quelli quello quest questa queste questi questo qui quindi salve sara
            saranno sarebbe se secondo sei sembra sempre senza si sia siamo siano siete sono sopra
            sotto sta stanno stata state stati stato stava su sua sue sugli sui sul sull sulla
            sulle sullo suo suoi tale tali tanto te ti tra troppo tu tua tue tuo tuoi tutta tutte
            tutti tutto un una uno v va vi voi vorrei vostra vostro
            """
        ),
        "es": _words(
            """
            a al algo algun alguna algunas alguno algunos alla alli ante antes aquel aquella
            aquellas aquello aquellos aqui asi aun aunque cada casi como con contra cual cuales
            cualquier cuando cuanta cuantas cuanto cuantos cuya cuyo de del desde donde dos
            durante e el ella ellas ello ellos en entre era eran eras eres es esa esas ese eso
            esos esta estaba estaban estado estan estar estas este esto estos estoy fue fueron fui
            gracias ha haber habia habian hace hacen hacer hago han has hasta hay he hemos hizo
            hola incluso la las le les lo los mas me mi mientra mientras mis misma mismas mismo
            mismos mucha muchas mucho muchos muy nada ni ningun ninguna ninguno no nos nosotros
            nuestra nuestro o os otra otras otro otros para pero poco por porque pues que quien
            quienes se sea sean segun ser sera si sido sin sobre sois solo son soy su sus tal
            tales tambien tan tanta tanto te tener tenia ti tiene tienen toda todas todo todos
            tras tu tus un una unas uno unos usted ustedes y ya yo
            """
        ),
        "de": _words(
            """
            ab aber alle allem allen aller alles als also am an ander andere anderem anderen
            anderer anderes auch auf aus bei beim bevor bin bis bist da dabei dadurch dafur
            dagegen daher dahin damit danke dann daran darauf darin darum das dass davon davor
            dazu dein deine dem den denn der deren des dessen dich die dies diese diesem diesen
            dieser dieses dir doch dort du durch ein eine einem einen einer eines einige einigen
            einiger einmal er es etwas euch euer fur gab gegen gewesen gibt hab habe haben hallo
            hat hatte hatten hattest hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer
            ihres im in indem ins ist ja jede jedem jeden jeder jedes jedoch jener jenes jetzt
            kann kein keine keinem keinen keiner konnen konnte konnten machen macht man manche
            manchem manchen mancher mein meine meinem meinen meiner mich mir mit muss musste nach
            nachdem nicht nichts noch nun nur ob oder ohne sehr seid sein seine seinem seinen
            seiner seines seit selbst sich sie sind so sobald solche solchem solchen solcher soll
            sollte sollten sondern sonst sowie uber um und uns unser unsere unter viel viele
            vielen vom von vor wahrend wann war waren warum was wegen weil weiter welche welchem
            welchen welcher welches wem wen wenn wer werde werden wessen wie wieder wieso wieviel
            wieviele will wir wird wo woher wohin womit worden worin wozu wurde wurden zu zum zur
            zwar zwischen
            """
        ),
        "fr": _words(
            """
            a afin ai ainsi alors apres as au aucun aucune aussi autre autres aux avaient avait
            avant avec avez avoir avons ayant bien bonjour c car ce ceci cela celle celles celui
            cependant ces cet cette ceux chaque chez combien comme comment d dans de depuis des
            deux donc dont du durant elle elles en encore entre es est et etaient etait etant etat
            ete etes etre eu eux faire fait font furent fut ici il ils j je jusqu jusque l la le
            lequel les lesquels leur leurs lors lorsque lui m ma mais me meme memes merci mes mon
            n ne ni non nos notre nous on ont ou par parce pas pendant peu peut peuvent plus
            plusieurs pour pourquoi puis qu quand que quel quelle quelles quels qui quoi s sa
            salut sans se selon sera serait seront ses si sinon soit son sont sous sur t ta te tel
            telle tels tes toi ton toujours tous tout toute toutes tres tu un une uns vers voici
            voila vos votre vous y
            """
        ),
    }
)
"""ISO 639-1 code to the words that carry no subject, accents folded."""
