"""Words from which plausible people, companies, streets and goods are combined, by country."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """What names and addresses are made of in a country. Cities carry a state and the start of a postal code."""

    country: str
    first: tuple[str, ...]
    last: tuple[str, ...]
    stems: tuple[str, ...]
    trades: tuple[str, ...]
    forms: tuple[str, ...]
    streets: tuple[str, ...]
    cities: tuple[tuple[str, str | None, str], ...]
    domain: str
    dial: str
    number_first: bool = True


def _w(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _s(phrases: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in phrases.split("|"))


AMERICA = Region(
    "US",
    _w(
        "Amelia Brian Carlos Dana Elena Frank Grace Hector Imani Jack Keisha Luis Maria Nathan Olivia Peter"
        " Quinn Rosa Samuel Tara Ursula Victor Wendy Xiomara Yolanda Zachary Alicia Ben Chloe Darnell Ava"
    ),
    _s(
        "Alvarez|Brooks|Carter|Diaz|Edwards|Foster|Garcia|Hughes|Iverson|Jefferson|Kowalski|Lopez|Morgan|Nguyen"
        "|O'Brien|Patel|Quintero|Ramirez|Sullivan|Torres|Underwood|Vasquez|Washington|Young|Zimmerman|D'Angelo"
        "|McAllister|Peña|St. John|Okafor"
    ),
    _s(
        "Cascade|Redwood|Summit|Bluebird|Granite|Harbor|Juniper|Lakeside|Mesa|Prairie|Silver Creek|Tall Pines"
        "|Union|Valley|Western|Iron Horse|Copper Hill|Four Corners|Big Sky|Old Mill|Pioneer|Beacon|Cypress|Dakota"
    ),
    _s(
        "Fabrication|Machine Shop|Metal Works|Cabinetry|Auto Repair|Construction|Supply|Tooling|Robotics|Aerospace"
        "|School District|Millwork|Plumbing & Heating|Furniture|Marine|Hardware|Equipment Rental|Makerspace"
    ),
    _s("Inc.|LLC|Co.|Corp.|, Inc.|LLP|& Sons|Group"),
    _s("Main St|Oak Ave|Industrial Pkwy|2nd St|Railroad Ave|Mill Rd|Elm St|County Road 12|Martin Luther King Blvd"),
    (
        ("Sacramento", "CA", "958"),
        ("Fresno", "CA", "937"),
        ("Buffalo", "NY", "142"),
        ("Albany", "NY", "122"),
        ("Austin", "TX", "787"),
        ("El Paso", "TX", "799"),
        ("Reno", "NV", "895"),
        ("Portland", "OR", "972"),
        ("Columbus", "OH", "432"),
        ("Tulsa", "OK", "741"),
        ("Coeur d'Alene", "ID", "838"),
        ("St. Louis", "MO", "631"),
    ),
    "com",
    "+1",
)
GERMANY = Region(
    "DE",
    _w(
        "Anna Björn Claudia Dieter Elif Felix Greta Holger Inge Jörg Katrin Lukas Mehmet Nadja Oliver Petra Rainer"
        " Sabine Tobias Ulrike Volker Wiebke Yusuf Zoë Jürgen Bärbel Günther Sören"
    ),
    _s(
        "Becker|Çelik|Dietrich|Ebert|Fuchs|Größler|Hoffmann|Jäger|Köhler|Lüdemann|Müller|Neumann|Öztürk|Pfeiffer"
        "|Richter|Schäfer|Schröder|Straßer|Tönnies|Vogt|Weiß|Yılmaz|Zöllner|von der Heide|zu Löwenstein"
    ),
    _s(
        "Nordlicht|Hanse|Rhein-Main|Schwarzwald|Elbe|Alster|Küsten|Isar|Ruhrtal|Spreewald|Weser|Bodensee|Harz"
        "|Möhring|Brückner|Größe 8|Oder-Spree|Südwind"
    ),
    _s(
        "Maschinenbau|Werkzeuge|Metallverarbeitung|Tischlerei|Elektrotechnik|Anlagenbau|Fördertechnik|Möbel"
        "|Feinmechanik|Schlosserei|Gerätebau|Fahrzeugtechnik|Bootsbau|Prüftechnik"
    ),
    _s("GmbH|GmbH & Co. KG|AG|e.K.|KG|OHG|UG (haftungsbeschränkt)|Söhne"),
    _s("Hauptstraße|Lindenallee|Am Güterbahnhof|Königstraße|Industriestraße|Mühlenweg|An der Brücke"),
    (
        ("Hamburg", None, "204"),
        ("München", None, "803"),
        ("Köln", None, "506"),
        ("Lübeck", None, "235"),
        ("Nürnberg", None, "904"),
        ("Leipzig", None, "041"),
        ("Düsseldorf", None, "402"),
    ),
    "de",
    "+49",
    number_first=False,
)
BRITAIN = Region(
    "GB",
    _w(
        "Alastair Bronwen Ciarán Deirdre Ewan Fiona Gareth Harriet Isla James Kirsty Liam Morag Nigel Oonagh Priya"
        " Rhys Siobhán Tamsin Una Vikram Winifred Aoife Callum"
    ),
    _s(
        "Ashworth|Bannerman|Campbell|Davies|Evans|Fairfax-Lucy|Griffiths|Higginbottom|Jones|Khan|Llewellyn|MacLeod"
        "|O'Connor|O'Neill|Pemberton|Quigley|Rowntree|Singh|Thwaite|Underhill|Vaughan|Wolstenholme"
    ),
    _s(
        "Pennine|Thames|Humber|Mersey|Cotswold|Highland|Severn|Trent|Wharfe|Calder|Tyne|Lomond|Fenland|Cheviot"
        "|Solent|King's Cross"
    ),
    _s(
        "Engineering|Joinery|Fabrications|Boatyard|Tool Hire|Metalcraft|Restorations|Motors|Precision|Foundry"
        "|Workshop Supplies|College"
    ),
    _s("Ltd|Ltd.|plc|LLP|& Co.|(Holdings) Ltd"),
    _s("High Street|Station Road|Church Lane|Victoria Road|Mill Lane|The Old Dairy, Park Road|Queensway"),
    (
        ("Leeds", None, "LS"),
        ("Sheffield", None, "S1"),
        ("Bristol", None, "BS"),
        ("Glasgow", None, "G4"),
        ("Stoke-on-Trent", None, "ST"),
        ("King's Lynn", None, "PE"),
    ),
    "co.uk",
    "+44",
)
CANADA = Region(
    "CA",
    _w(
        "Aurélie Benoît Catherine Denis Émilie François Geneviève Hugo Isabelle Jean-Luc Kelly Léa Mathieu Noémie"
        " Pascal Raymond Sylvie Thérèse Wayne Zoé Gordon Heather Anders Meera"
    ),
    _s(
        "Bélanger|Côté|Desjardins|Fournier|Gagné|Hébert|Lévesque|MacDonald|Nadeau|Ouellet|Pelletier|Roy|Sinclair"
        "|Tremblay|Vaillancourt|Wong|Gill|Thompson|L'Heureux"
    ),
    _s("Boréal|Laurentide|Maple Ridge|Great Lakes|St-Laurent|Muskoka|Prairie Sky|Érablière|Nunavik|Rideau"),
    _s("Usinage|Outillage|Industries|Machinerie|Menuiserie|Welding|Sawmills|Mécanique|Hydraulics|Cégep"),
    _s("Inc.|Ltée|Ltd.|et Fils|Corp."),
    _s("rue Sainte-Catherine|King Street W|chemin du Moulin|Yonge Street|boul. René-Lévesque|Portage Avenue"),
    (
        ("Toronto", "ON", "M5"),
        ("Ottawa", "ON", "K1"),
        ("Montréal", "QC", "H2"),
        ("Trois-Rivières", "QC", "G8"),
        ("Winnipeg", "MB", "R3"),
    ),
    "ca",
    "+1",
)
JAPAN = Region(
    "JP",
    _w("Akira Chiyo Daisuke Emi Fumiko Genki Haruka Ichiro Junko Kenji Mai Naoki Ryō Sakura Takumi Yūko 健太 美咲"),
    _w("Aoki Endō Fujita Hayashi Inoue Kobayashi Matsuda Nakamura Ōta Saitō Takahashi Ueda Watanabe 山田 佐藤 鈴木"),
    _w("Sakura Fuji Kansai Musashi Hokuto Asahi Minato Yamato 東海 北斗 大和 みなと"),
    _w("Seisakusho Kōgyō Kikai Denki Seimitsu 製作所 工業 機械 精密 木工"),
    _s("K.K.|Co., Ltd.|株式会社|有限会社"),
    _s("Honmachi|Chūō|Minami|Shin-Machi|梅田|栄"),
    (("大阪市", None, "541"), ("名古屋市", None, "460"), ("Yokohama", None, "220"), ("Kyōto", None, "604")),
    "co.jp",
    "+81",
)

REGIONS = {each.country: each for each in (AMERICA, GERMANY, BRITAIN, CANADA, JAPAN)}

ITEM_SIZES = _s('60 mm|100 mm|150 mm|1/4"|3/8"|1/2"|2 kW|5.5 kW|12 V|XL|compact|heavy duty')
ITEM_KINDS = (
    ("Bench Vise", "BV", 1, 14_900),
    ("Drill Press", "DP", 2, 89_000),
    ("Hex Key Set", "HK", 1, 2_490),
    ("Lathe Chuck", "LC", 3, 31_900),
    ("Band Saw Blade", "BB", 3, 4_250),
    ("Milling Cutter", "MC", 3, 6_700),
    ("Torque Wrench", "TW", 1, 18_900),
    ("Dust Extractor", "DX", 2, 64_500),
    ("Grinding Wheel", "GW", 3, 1_890),
    ("Caliper, Digital", "CD", 1, 9_950),
    ("Table Saw", "TS", 2, 149_900),
    ("Clamp", "CL", 1, 1_790),
    ("Sander", "SN", 2, 22_900),
    ("Bearing", "BR", 3, 1_150),
    ("V-Belt", "VB", 3, 1_420),
    ("Coolant Pump", "CP", 3, 15_400),
    ("Safety Glasses", "SG", 1, 890),
    ("Löffelbohrer “Klassik”", "LB", 1, 3_350),
)
SERVICE_KINDS = (
    ("On-site Installation", "SVC-INST", 12_500),
    ("Operator Training", "SVC-TRAIN", 9_800),
    ("Maintenance Contract", "SVC-MAINT", 4_900),
    ("Calibration", "SVC-CAL", 7_500),
    ("Sharpening", "SVC-SHARP", 2_200),
    ("Machine Inspection", "SVC-INSP", 8_900),
)
COLORS = ("red", "blue", "grey", "black", "petrol", "olive")
TITLES = ("Buyer", "Workshop Manager", "Owner", "Head of Procurement", "Accounts Payable", "Engineer", "Teacher")


class Namer:
    """Combines words; every company and person name it gives is new."""

    __slots__ = ("_random", "_seen")

    def __init__(self, random: Callable[[], float]) -> None:
        self._random = random
        self._seen: dict[str, int] = {}

    def pick(self, words: Sequence[str]) -> str:
        """One of the words."""
        return words[int(self._random() * len(words))]

    def unique(self, name: str) -> str:
        """The name, with a number where it was given before."""
        count = self._seen.get(name, 0) + 1
        self._seen[name] = count
        return name if count == 1 else self.unique(f"{name} {count}")

    def company(self, region: Region) -> str:
        """A company's name."""
        pick = self.pick
        kind = self._random()
        form = pick(region.forms)
        gap = "" if form.startswith(",") else " "
        if kind < 0.72:
            return self.unique(f"{pick(region.stems)} {pick(region.trades)}{gap}{form}")
        if kind < 0.9:
            return self.unique(f"{pick(region.last)} {pick(region.trades)}{gap}{form}")
        if kind < 0.97:
            return self.unique(f"{pick(region.last)}, {pick(region.last)} & {pick(region.last)}")
        return self.unique(f'"{pick(region.stems)}" {pick(region.trades)}')

    def person(self, region: Region) -> tuple[str, str]:
        """First and last name; together not always new."""
        return self.pick(region.first), self.pick(region.last)

    def phone(self, region: Region) -> str:
        """A telephone number."""
        number = int(self._random() * 10_000_000)
        return f"{region.dial} {555} {number // 10_000:03d}-{number % 10_000:04d}"


_PLAIN = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "é": "e", "è": "e", "ê": "e",
        "ô": "o", "ç": "c", "Ç": "C", "É": "E", "ñ": "n", "á": "a", "ë": "e", "ū": "u", "ō": "o", "Ō": "O", "ı": "i",
        "î": "i", "å": "a",
    }
)  # fmt: skip


def address_part(name: str, fallback: str) -> str:
    """What of a name can stand in an e-mail address or a web address."""
    plain = "".join(letter for letter in name.translate(_PLAIN).lower() if letter.isascii() and letter.isalnum())
    return plain[:24] or fallback
