"""How frequent the most frequent names are, per thousand people (or companies, addresses), in round figures.

From the lists of surnames and given names that statistics offices publish; what is not listed is taken to be rare.
"""

from __future__ import annotations


def _shares(text: str) -> dict[str, float]:
    """«5 rossi ferrari» → share 0.005 each; one line a frequency."""
    found: dict[str, float] = {}
    for line in text.strip().splitlines():
        often, *names = line.split()
        found |= dict.fromkeys(names, float(often) / 1000)
    return found


SURNAMES = _shares("""
    4.0 rossi smith
    2.5 russo ferrari johnson williams brown jones bianchi esposito
    1.6 colombo romano ricci gallo greco conti marino bruno costa davis miller wilson taylor anderson garcia martinez
    1.1 giordano rizzo lombardi moretti barbieri fontana santoro mariani rinaldi caruso ferrara galli martini leone
    1.1 longo gentile martin thomas jackson white harris thompson lee walker hall allen young king wright
    0.7 martinelli vitale lombardo serra coppola desantis dangelo marchetti parisi villa conte ferraro ferri fabbri
    0.7 bianco marini grasso valentini messina sala deangelis gatti pellegrini palumbo sanna farina rizzi monti
    0.7 cattaneo morelli amato silvestri mazza testa grassi pellegrino carbone giuliani benedetti barone orlando
    0.7 damico palmieri bernardi martino fiore deluca ferretti bellini basile riva donati piras vitali battaglia
    0.7 sartori neri costantini milani pagano ruggiero sorrentino negri mancini scott green baker adams nelson hill
    0.7 campbell mitchell roberts carter phillips evans turner parker collins edwards stewart morris murphy cook
    0.7 rogers morgan cooper reed bell bailey kelly howard ward cox richardson wood watson brooks bennett gray
    0.7 hughes robinson clarke clark lewis ryan muller schmidt fischer weber meyer wagner becker schulz
""")
GIVEN = _shares("""
    18 giuseppe maria giovanni antonio
    12 mario luigi francesco angelo vincenzo anna marco andrea alessandro paolo roberto john james
    9 salvatore domenico carlo franco stefano giorgio luca rosa angela giovanna teresa lucia laura francesca paola
    9 robert michael david william mary thomas
    6 bruno pietro claudio massimo fabio enrico sergio raffaele maurizio davide daniele simone matteo lorenzo luciano
    6 elena sara chiara silvia giulia valentina martina federica elisa alessandra carmela caterina antonella daniela
    6 richard joseph charles daniel matthew paul mark peter susan sarah jennifer elizabeth linda patricia
    4 riccardo filippo michele nicola gabriele alberto giulio emanuele tommaso alessio federico giacomo renato
    4 barbara cristina monica simona roberta patrizia stefania claudia rita margherita emma karen lisa nancy
    4 george kevin brian steven andrew joshua ryan jack oliver harry thomas emily jessica sophie anne jane
""")
CITIES = _shares("""
    45 roma london
    25 milano paris
    15 napoli torino berlin
    10 palermo genova bologna firenze sydney melbourne
    6 bari catania venezia verona messina padova trieste brescia parma prato taranto modena bergamo newyork
    4 reggioemilia reggiocalabria perugia ravenna livorno cagliari foggia rimini salerno ferrara monza latina
    4 losangeles sanfrancisco chicago manchester birmingham wien munchen hamburg zurich lyon madrid barcelona
""")
STREETS = _shares("""
    12 roma
    7 garibaldi mazzini marconi matteotti giuseppegaribaldi giuseppemazzini dantealighieri dante cavour verdi
    4 gramsci 4novembre xxsettembre vittorioemanueleii umbertoi 25aprile kennedy italia liberta vittorioveneto
    4 main high church london park station king queen victoria trieste trento torino milano leopardi
""")
COMPANY_WORDS = _shares("""
    25 italia group servizi service services
    15 international costruzioni impianti officine meccanica fratelli studio associazione societa
    8 commerciale industria immobiliare trasporti autotrasporti sistemi systems technology consulting edile
    8 cooperativa azienda agricola impresa ristorante bar hotel farmacia comune istituto comprensivo scuola
    8 ordine provincia regione universita agenzia center centro cafe grill house the company partners solutions
    5 elettrica termoidraulica carpenteria arredamenti alimentari tessitura tipografia gomme auto moda legno
    5 design engineering global european europe nuova nuovo casa energia ambiente sport food national american
    5 marketing media network management holding investments foods products industries software digital
    3 rossi bianchi ferrari russo colombo romano milano roma torino san santa saint new
""")
#: What is not listed above. A surname out of the list is borne by one in some 30,000; and so on.
RARE = {
    "surname": 1 / 30_000, "given": 1 / 2_500, "city": 1 / 1_500, "postcode": 1 / 2_500, "street": 1 / 5_000,
    "company": 1 / 8_000, "number": 1 / 40, "place": 1 / 4_000, "locality": 1 / 2_000, "province": 1 / 40,
    "born": 1 / 20_000, "phone": 1 / 500_000, "email": 1 / 1_000_000, "domain": 1 / 50_000, "id": 1 / 1_000_000,
}  # fmt: skip
LISTED = {"surname": SURNAMES, "given": GIVEN, "city": CITIES, "street": STREETS, "company": COMPANY_WORDS}
