"""Where customers are: towns with province, postcode, area code, cadastral code and tax office that belong together.

Town, province and cadastral code are those of ISTAT's list of communes; the area code is that of the town's telephone
district; the office is the province's number in VAT numbers (that of the older province for the youngest ones).
"""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    city: str
    province: str
    postcode: str
    #: Telephone prefix with its zero, «030»; abroad with the country's: «+4989».
    area: str
    cadastral: str
    office: str
    country: str = "IT"


#: Town|province|postcode|area code|cadastral code|tax office|how many of the customers are there
_TOWNS = """
Brescia|BS|25125|030|B157|017|26;Lumezzane|BS|25065|030|E738|017|9;Gussago|BS|25064|030|E271|017|5
Rovato|BS|25038|030|H598|017|5;Chiari|BS|25032|030|C618|017|5;Palazzolo sull'Oglio|BS|25036|030|G264|017|5
Ghedi|BS|25016|030|D999|017|4;Montichiari|BS|25018|030|F471|017|6;Lonato del Garda|BS|25017|030|M312|017|4
Desenzano del Garda|BS|25015|030|D284|017|4;Rezzato|BS|25086|030|H256|017|4;Castenedolo|BS|25014|030|C293|017|3
Gardone Val Trompia|BS|25063|030|D918|017|4;Sarezzo|BS|25068|030|I433|017|4
Darfo Boario Terme|BS|25047|0364|D251|017|3;Orzinuovi|BS|25034|030|G149|017|3;Manerbio|BS|25025|030|E884|017|3
Odolo|BS|25076|0365|G001|017|2;Bergamo|BG|24126|035|A794|016|9;Dalmine|BG|24044|035|D245|016|5
Treviglio|BG|24047|0363|L400|016|5;Seriate|BG|24068|035|I628|016|3;Grumello del Monte|BG|24064|035|E219|016|4
Romano di Lombardia|BG|24058|0363|H509|016|2;Albino|BG|24021|035|A163|016|2;Nembro|BG|24027|035|F864|016|2
Milano|MI|20139|02|F205|015|9;Sesto San Giovanni|MI|20099|02|I690|015|4;Cinisello Balsamo|MI|20092|02|C707|015|4
Legnano|MI|20025|0331|E514|015|3;Rho|MI|20017|02|H264|015|3;Cernusco sul Naviglio|MI|20063|02|C523|015|3
Melzo|MI|20066|02|F119|015|2;Abbiategrasso|MI|20081|02|A010|015|2;Monza|MB|20900|039|F704|015|4
Desio|MB|20832|0362|D286|015|3;Lissone|MB|20851|039|E617|015|3;Agrate Brianza|MB|20864|039|A087|015|3
Seregno|MB|20831|0362|I625|015|2;Lecco|LC|23900|0341|E507|013|4;Calolziocorte|LC|23801|0341|B423|013|2
Como|CO|22100|031|C933|013|3;Cantù|CO|22063|031|B639|013|3;Varese|VA|21100|0332|L682|012|3
Gallarate|VA|21013|0331|D869|012|3;Busto Arsizio|VA|21052|0331|B300|012|3;Saronno|VA|21047|02|I441|012|2
Cremona|CR|26100|0372|D150|019|4;Crema|CR|26013|0373|D142|019|3;Mantova|MN|46100|0376|E897|020|3
Castiglione delle Stiviere|MN|46043|0376|C312|020|4;Suzzara|MN|46029|0376|L020|020|2;Lodi|LO|26900|0371|E648|015|2
Pavia|PV|27100|0382|G388|018|2;Vigevano|PV|27029|0381|L872|018|2;Sondrio|SO|23100|0342|I829|014|1
Verona|VR|37135|045|L781|023|5;Villafranca di Verona|VR|37069|045|L949|023|3;San Bonifacio|VR|37047|045|H783|023|2
Vicenza|VI|36100|0444|L840|024|5;Schio|VI|36015|0445|I531|024|4;Bassano del Grappa|VI|36061|0424|A703|024|4
Thiene|VI|36016|0445|L157|024|3;Arzignano|VI|36071|0444|A459|024|3;Padova|PD|35127|049|G224|028|4
Cittadella|PD|35013|049|C743|028|3;Treviso|TV|31100|0422|L407|026|3;Conegliano|TV|31015|0438|C957|026|3
Castelfranco Veneto|TV|31033|0423|C111|026|2;Venezia|VE|30175|041|L736|027|2
San Donà di Piave|VE|30027|0421|H823|027|1;Rovigo|RO|45100|0425|H620|029|1;Belluno|BL|32100|0437|A757|025|1
Trento|TN|38121|0461|L378|022|3;Rovereto|TN|38068|0464|H612|022|3;Borgo Valsugana|TN|38051|0461|B006|022|2
Bolzano|BZ|39100|0471|A952|021|2;Bressanone|BZ|39042|0472|B160|021|1;Udine|UD|33100|0432|L483|030|2
Pordenone|PN|33170|0434|G888|093|3;Maniago|PN|33085|0427|E889|093|1;Torino|TO|10148|011|L219|001|5
Rivoli|TO|10098|011|H355|001|3;Moncalieri|TO|10024|011|F335|001|2;Ivrea|TO|10015|0125|E379|001|1
Pinerolo|TO|10064|0121|G674|001|1;Cuneo|CN|12100|0171|D205|004|2;Alba|CN|12051|0173|A124|004|2
Novara|NO|28100|0321|F952|003|2;Borgomanero|NO|28021|0322|B019|003|2;Biella|BI|13900|015|A859|002|1
Vercelli|VC|13100|0161|L750|002|1;Alessandria|AL|15121|0131|A182|006|1;Casale Monferrato|AL|15033|0142|B885|006|1
Genova|GE|16152|010|D969|010|2;Savona|SV|17100|019|I480|009|1;La Spezia|SP|19126|0187|E463|011|1
Bologna|BO|40138|051|A944|037|5;Casalecchio di Reno|BO|40033|051|B880|037|2;Imola|BO|40026|0542|E289|037|3
San Lazzaro di Savena|BO|40068|051|H945|037|2;Modena|MO|41122|059|F257|036|5;Carpi|MO|41012|059|B819|036|3
Sassuolo|MO|41049|0536|I462|036|3;Mirandola|MO|41037|0535|F240|036|2;Reggio nell'Emilia|RE|42124|0522|H223|035|4
Correggio|RE|42015|0522|D037|035|2;Guastalla|RE|42016|0522|E253|035|1;Parma|PR|43122|0521|G337|034|4
Fidenza|PR|43036|0524|B034|034|1;Langhirano|PR|43013|0521|E438|034|2;Piacenza|PC|29122|0523|G535|033|3
Ferrara|FE|44122|0532|D548|038|1;Cento|FE|44042|051|C469|038|2;Forlì|FC|47122|0543|D704|040|2
Cesena|FC|47521|0547|C573|040|2;Ravenna|RA|48123|0544|H199|039|1;Faenza|RA|48018|0546|D458|039|1
Rimini|RN|47924|0541|H294|040|1;Firenze|FI|50127|055|D612|048|2;Scandicci|FI|50018|055|B962|048|2
Empoli|FI|50053|0571|D403|048|1;Prato|PO|59100|0574|G999|048|2;Pistoia|PT|51100|0573|G713|047|1
Lucca|LU|55100|0583|E715|046|1;Carrara|MS|54033|0585|B832|045|1;Pontedera|PI|56025|0587|G843|050|1
Poggibonsi|SI|53036|0577|G752|052|1;Arezzo|AR|52100|0575|A390|051|2;Perugia|PG|06132|075|G478|054|2
Foligno|PG|06034|0742|D653|054|1;Terni|TR|05100|0744|L117|055|1;Ancona|AN|60131|071|A271|042|1
Jesi|AN|60035|0731|E388|042|2;Fabriano|AN|60044|0732|D451|042|2;Pesaro|PU|61122|0721|G479|041|2
Fermo|FM|63900|0734|D542|044|1;Roma|RM|00155|06|H501|058|2;Pomezia|RM|00071|06|G811|058|2
Frosinone|FR|03100|0775|D810|060|1;Latina|LT|04100|0773|E472|059|1;L'Aquila|AQ|67100|0862|A345|066|1
Lanciano|CH|66034|0872|E435|069|1;Atessa|CH|66041|0872|A485|069|1;Teramo|TE|64100|0861|L103|067|1
Termoli|CB|86039|0875|L113|070|1;Napoli|NA|80147|081|F839|063|2;Pomigliano d'Arco|NA|80038|081|G812|063|2
Nola|NA|80035|081|F924|063|1;Caserta|CE|81100|0823|B963|061|1;Avellino|AV|83100|0825|A509|064|1
Salerno|SA|84131|089|H703|065|1;Bari|BA|70132|080|A662|072|2;Modugno|BA|70026|080|F262|072|2
Barletta|BT|76121|0883|A669|072|1;Taranto|TA|74121|099|L049|073|1;Lecce|LE|73100|0832|E506|075|1
Foggia|FG|71121|0881|D643|071|1;Melfi|PZ|85025|0972|F104|076|1;Potenza|PZ|85100|0971|G942|076|1
Matera|MT|75100|0835|F052|077|1;Cosenza|CS|87100|0984|D086|078|1;Catanzaro|CZ|88100|0961|C352|079|1
Lamezia Terme|CZ|88046|0968|M208|079|1;Catania|CT|95121|095|C351|087|2;Palermo|PA|90146|091|G273|082|1
Siracusa|SR|96100|0931|I754|089|1;Ragusa|RG|97100|0932|H163|088|1;Cagliari|CA|09122|070|B354|092|1
Sassari|SS|07100|079|I452|090|1
"""


def _places() -> tuple[Place, ...]:
    """Every town as often as its share of the customers, so that an even draw is a weighted one."""
    found = []
    for line in _TOWNS.strip().replace("\n", ";").split(";"):
        *fields, weight = line.split("|")
        found += [Place(*fields)] * int(weight)
    return tuple(found)


PLACES = _places()
BY_CITY = {place.city: place for place in PLACES}

STREETS = (
    "Via Industriale", "Via dell'Artigianato", "Via Roma", "Via Milano", "Via Galileo Galilei", "Via Alessandro Volta",
    "Via Enrico Fermi", "Via Guglielmo Marconi", "Via Leonardo da Vinci", "Via del Lavoro", "Via dell'Industria",
    "Via Brescia",
    "Via Giuseppe Mazzini", "Via Giuseppe Garibaldi", "Via Camillo Cavour", "Viale Europa", "Viale dell'Artigianato",
    "Via Trento",
    "Via Trieste", "Via Primo Maggio", "Via IV Novembre", "Via Antonio Gramsci", "Via Giacomo Matteotti",
    "Via Alcide De Gasperi",
    "Via Aldo Moro", "Via dei Mille", "Via Padania", "Via San Giovanni Bosco", "Via Meucci", "Via Pacinotti",
    "Strada Provinciale",
    "Via della Meccanica", "Via Olivetti", "Via Ferraris", "Via Golgi", "Via Rose di Sotto", "Via Serenissima",
    "Via dei Fabbri",
)  # fmt: skip

#: Abroad: city|state|postcode|prefix|country
_FOREIGN_TOWNS = """
Innsbruck|Tirol|6020|+43512|AT;Linz|Oberösterreich|4020|+43732|AT;Graz|Steiermark|8020|+43316|AT;Wels|Oberösterreich|4600|+437242|AT
München|Bayern|80807|+4989|DE;Augsburg|Bayern|86153|+49821|DE;Stuttgart|Baden-Württemberg|70565|+49711|DE;Ulm|Baden-Württemberg|89077|+49731|DE
Nürnberg|Bayern|90431|+49911|DE;Esslingen|Baden-Württemberg|73730|+49711|DE;Zürich|Zürich|8050|+4144|CH;Winterthur|Zürich|8404|+4152|CH
Lugano|Ticino|6900|+4191|CH;Mendrisio|Ticino|6850|+4191|CH;Lyon|Auvergne-Rhône-Alpes|69007|+33472|FR;Grenoble|Auvergne-Rhône-Alpes|38000|+33476|FR
Annecy|Auvergne-Rhône-Alpes|74000|+33450|FR;Cluses|Auvergne-Rhône-Alpes|74300|+33450|FR
"""
ABROAD = tuple(
    Place(city, state, postcode, area, "", "", country)
    for city, state, postcode, area, country in (
        line.split("|") for line in _FOREIGN_TOWNS.strip().replace("\n", ";").split(";")
    )
)
STREETS_ABROAD = {
    "AT": ("Industriestraße", "Bahnhofstraße", "Salzburger Straße", "Wiener Straße"),
    "DE": ("Industriestraße", "Daimlerstraße", "Robert-Bosch-Straße", "Siemensstraße", "Am Gewerbepark"),
    "CH": ("Industriestrasse", "Via Cantonale", "Zürcherstrasse", "Gewerbestrasse"),
    "FR": ("Rue de l'Industrie", "Avenue de la Gare", "Rue des Alpes", "Zone Industrielle Nord"),
}
