"""Names of people: titles left out, short forms and nicknames known."""

from __future__ import annotations

from fedele.people.duplicates.engine.letters import words
from fedele.people.identity.personal_names import GIVEN

_TITLES = frozenset(
    """
    sig sigra signor signora signorina dott dottssa dottoressa dottor dr dssa ing arch avv rag geom prof profssa
    cav comm mr mrs ms miss sir herr frau mme monsieur madame on spett spettle egr gent gentma jr sr ssa ra
""".split()
)
#: Canonical given name: how it is also said. Italian and English; what could be two names is left out.
_SHORT = """
    giuseppe:beppe,peppe,pino,peppino,beppino,geppi,bepi,giuse francesco:franco,ciccio,checco,chicco
    giovanni:gianni,nanni,vanni,gio,giò antonio:tonino,toni,nino,tonio luigi:gigi,gino,luigino
    salvatore:totò,toto,turi,sasà,tore vincenzo:enzo,vicenzo,cenzo lorenzo:renzo,lollo alessandro:sandro,ale,alex
    roberto:robi,roby,berto domenico:mimmo,mimì,menico,nico raffaele:lello,raf,raffa michele:michi,lele
    eduardo:edoardo,edo,dado,edi federico:fede,fede,chicco filippo:pippo,fil stefano:ste,stefanino andrea:andy
    massimiliano:max,massi massimo:max,massi maurizio:mauri,icio nicola:nico,nicolò,nicolo,cola
    gianluca:luca giancarlo:carlo gianfranco:franco pierluigi:gigi,piero piergiorgio:giorgio alberto:albi,berto
    riccardo:ricky,ricki,richi tommaso:tom,masino,tomaso matteo:teo,matte daniele:dani,lele gabriele:lele,gabri
    emanuele:lele,manu,manuele elisabetta:betta,betty,elisa,lisa francesca:franca,fra,checca giovanna:gianna,vanna
    maria:mary,mariuccia,mia antonella:nella,anto alessandra:sandra,ale giuseppina:giusy,giusi,pina,pinuccia
    margherita:rita,marghe raffaella:lella,raffa valentina:vale,tina caterina:rina,cate,katia concetta:tina,cettina
    federica:fede,chicca gabriella:gabri,lella daniela:dani stefania:ste,stefi cristina:cri,tina,cristiana
    roberta:robi,roby luisa:luisella,gigia teresa:resi,terry annamaria:anna,maria mariagrazia:grazia
    robert:bob,bobby,rob,robbie william:bill,billy,will,willy,liam richard:dick,rick,ricky,rich
    james:jim,jimmy,jamie john:jack,johnny,jon,jonny michael:mike,mick,mickey,mikey thomas:tom,tommy
    joseph:joe,joey charles:charlie,chuck,chas edward:ed,eddie,ted,ned,teddy anthony:tony christopher:chris,kit
    daniel:dan,danny matthew:matt,matty andrew:andy,drew nicholas:nick,nicky alexander:alex,alec,sandy,xander
    samuel:sam,sammy benjamin:ben,benny steven:stephen,steve,stevie david:dave,davey peter:pete kenneth:ken,kenny
    ronald:ron,ronnie donald:don,donnie gregory:greg timothy:tim,timmy jeffrey:jeff,geoff,geoffrey
    lawrence:larry,laurence henry:harry,hank,hal francis:frank,fran frederick:fred,freddie,freddy
    philip:phil,phillip patrick:pat,paddy zachary:zach,zac,zachariah joshua:josh jonathan:jon,jonny nathaniel:nathan,nat
    elizabeth:liz,beth,betty,lizzie,eliza,libby,bess catherine:kate,katherine,kathy,cathy,kathryn,katie,cath
    margaret:maggie,meg,peggy,marge,greta jennifer:jen,jenny,jenna susan:sue,susie,suzanne patricia:pat,patty,trish,tricia
    barbara:barb,babs deborah:debbie,deb,debra rebecca:becky,becca,bec jessica:jess,jessie victoria:vicky,vicki,tori
    samantha:sam,sammy alexandra:alex,sandra,lexi stephanie:steph,stef christine:chris,chrissy,christina,tina
    dorothy:dot,dottie amanda:mandy abigail:abby,gail isabella:bella,isabelle,isabel,izzy madeline:maddie,maddy,madeleine
    charlotte:lottie,charlie natalie:nat,nattie sophie:sophia,sofia annabel:annabelle,bella emily:em,emma,emilie
"""  # fmt: skip


def _alternatives() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for entry in _SHORT.split():
        name, _colon, ways = entry.partition(":")
        for way in (name, *ways.split(",")):
            found.setdefault(words(way)[0], set()).add(name)
    return {way: frozenset(names) for way, names in found.items()}


_NAMES_OF = _alternatives()
_NONE: frozenset[str] = frozenset()


def name_words(text: str) -> tuple[str, ...]:
    """Without titles, unless nothing else is there."""
    found = words(text)
    if len(found) < 2:
        return found
    kept = tuple(word for word in found if word not in _TITLES)
    return kept or found


def is_short_for(one: str, other: str) -> bool:
    """Beppe and Giuseppe, Bob and Robert; also two short forms of one name."""
    return bool(_NAMES_OF.get(one, _NONE) & _NAMES_OF.get(other, _NONE))


def is_given_name(word: str) -> bool:
    """Whether it is one of the given names known here."""
    return word in GIVEN or word in _NAMES_OF
