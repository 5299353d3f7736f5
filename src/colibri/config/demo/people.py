"""The demonstration's people: plainly fictional, made anew from a seed, named after plants and birds."""

from dataclasses import dataclass

import numpy as np

__all__ = ["SIZES", "Population", "Seeker", "Size", "imagine"]

PLANTS = (
    "Lavande", "Tilleul", "Verveine", "Bruyère", "Mélisse", "Cerise", "Noisette", "Genêt", "Jasmin",
    "Olive", "Myrtille", "Capucine", "Romarin", "Sauge", "Anis", "Camomille", "Mimosa", "Bleuet",
    "Violette", "Thym",
)  # fmt: skip
BIRDS = (
    "Mésange", "Pinson", "Rougegorge", "Hirondelle", "Fauvette", "Bergeronnette", "Chardonneret",
    "Alouette", "Martinet", "Loriot", "Huppe", "Sittelle", "Roitelet", "Geai", "Bouvreuil", "Troglodyte",
    "Merle", "Grive",
)  # fmt: skip
# (wording in a post, wording in a biography)
TRADES = (
    ("développeuse web", "développeur"), ("comptable", "comptabilité, cabinet"),
    ("infirmier", "infirmière en CHU"), ("aide-soignante", "aide-soignant"),
    ("boulanger", "boulangerie artisanale"), ("électricienne", "électricien"),
    ("chauffeur poids lourd", "transport routier"), ("assistante de direction", "assistant administratif"),
    ("cheffe de projet marketing", "marketing digital"), ("graphiste", "graphiste"),
    ("soudeur", "soudeur industriel"), ("maçonne", "BTP, maçonnerie"),
    ("serveur", "restauration, serveuse"), ("cuisinière", "chef cuisinier"),
    ("data analyst", "data analyst"), ("juriste", "juriste d'entreprise"),
    ("vendeuse", "vente, vendeur conseil"), ("magasinier", "logistique, cariste"),
    ("jardinier paysagiste", "paysagiste"), ("éducatrice spécialisée", "éducateur"),
)  # fmt: skip
PLACES = (
    "Lyon", "Marseille", "Toulouse", "Nantes", "Lille", "Rennes", "Strasbourg", "Bordeaux", "Grenoble",
    "Dijon", "Angers", "Le Mans", "Clermont-Ferrand", "Besançon", "Rouen", "Caen", "Limoges", "Poitiers",
    "Nancy", "Metz", "Montpellier", "Perpignan", "Brest", "Amiens", "Orléans", "Nîmes",
)  # fmt: skip
SEARCHES = (
    "Bonjour, je cherche un poste {of_trade} à {place}, en CDI. {years} ans d'expérience. "
    "Merci de relayer ! #{tag}",
    "{first_trade} depuis {years} ans, je recherche un CDI ou un CDD du côté de {place}. #{tag}",
    "Je suis {trade}, en recherche d'emploi à {place} (CDI ou CDD). Disponible tout de suite. #{tag}",
    "À la recherche d'un CDI comme {trade} à {place} : {years} ans de métier, "
    "envie d'une équipe solidaire. #{tag}",
    "Looking for a permanent job (CDI) in {place}: {trade}, {years} years of experience. #{tag}",
    "En reconversion, je cherche un CDD ou un CDI comme {trade}, à {place}. "
    "Un partage m'aiderait beaucoup. #{tag}",
)
REFUSED = (
    "Étudiante, je cherche un stage comme {trade} à {place} de mars à août. #{tag}",
    "Je cherche une alternance comme {trade} à {place} pour septembre. #{tag}",
)
OTHERS = (
    "Nous recrutons ! Poste {of_trade} en CDI à {place}, envoyez votre CV. #{tag}",
    "Merci à toutes celles et ceux qui relaient #{tag}, vous êtes formidables.",
)
RECRUITS = ("Recrute en région.", "Chargée de recrutement.", "RH.", "Talent acquisition.")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a collective to imagine; `follows` and `members` are approximate."""

    relays: int
    follows: int
    members: int
    posts: int


SIZES = {
    "small": Size(relays=60, follows=9_000, members=5_000, posts=40),
    "collective": Size(relays=2_000, follows=700_000, members=300_000, posts=500),
}


@dataclass(frozen=True, slots=True)
class Seeker:
    """Somebody who posts, what they post, and whether they then say yes."""

    handle: str
    text: str
    says_yes: bool


@dataclass(frozen=True, slots=True)
class Population:
    """`accounts` are (handle, name, biography); `follows` lists followers of a handle by account number."""

    accounts: list[tuple[str, str, str]]
    follows: dict[str, list[int]]
    relays: list[str]
    seekers: list[Seeker]


def imagine(size: Size, *, tag: str, seed: int = 7) -> Population:
    """A population of this size. Audiences are uneven, as real ones are, and overlap by region and trade."""
    rng = np.random.default_rng(seed)
    trade = rng.integers(len(TRADES), size=size.members)
    place = rng.integers(len(PLACES), size=size.members)
    accounts = [
        (f"membre-{number:06d}", _name(rng_number), _biography(rng_number, trade[number], place[number]))
        for number, rng_number in enumerate(rng.integers(1 << 30, size=size.members).tolist())
    ]
    relays = [f"relais-{number:04d}" for number in range(size.relays)]
    accounts += [
        (handle, _name(int(rng.integers(1 << 30))), "Je relaie avec le collectif.") for handle in relays
    ]
    follows = {handle: _audience(rng, size, trade, place).tolist() for handle in relays}
    seekers = [_seeker(rng, number, tag) for number in range(size.posts)]
    accounts += [(one.handle, _name(int(rng.integers(1 << 30))), "") for one in seekers]
    accounts.append(("colibri", "Le collectif", "Le compte du collectif de démonstration."))
    return Population(accounts, follows, relays, seekers)


def _audience(rng: np.random.Generator, size: Size, trade: "np.ndarray", place: "np.ndarray") -> "np.ndarray":
    """Followers of one relay: log-normal in number, half of them from its own region or trade."""
    mean = size.follows / size.relays
    wanted = int(np.clip(rng.lognormal(np.log(mean) - 0.6, 1.1), 5, size.members // 4))
    near = np.flatnonzero((place == rng.integers(len(PLACES))) | (trade == rng.integers(len(TRADES))))
    own = rng.choice(near, size=min(wanted // 2, near.size), replace=False)
    anyone = (rng.power(2.0, size=wanted - own.size) * size.members).astype(np.int64)
    return np.unique(np.concatenate((own, anyone)))


def _seeker(rng: np.random.Generator, number: int, tag: str) -> Seeker:
    chance = rng.random()
    forms = SEARCHES if chance < 0.86 else REFUSED if chance < 0.94 else OTHERS
    form, trade = forms[int(rng.integers(len(forms)))], TRADES[int(rng.integers(len(TRADES)))][0]
    text = form.format(
        trade=trade,
        first_trade=trade.capitalize(),
        of_trade=f"d'{trade}" if trade[0] in "aeiouéh" else f"de {trade}",
        place=PLACES[int(rng.integers(len(PLACES)))],
        years=int(rng.integers(2, 25)),
        tag=tag,
    )
    return Seeker(f"chercheur-{number:04d}", text, says_yes=bool(rng.random() < 0.93))


def _name(number: int) -> str:
    return f"{PLANTS[number % len(PLANTS)]} {BIRDS[number // len(PLANTS) % len(BIRDS)]}"


def _biography(number: int, trade: int, place: int) -> str:
    """One in three says a trade, one in three a place, one in twenty that they recruit; many say nothing."""
    words = []
    if number % 3 == 0:
        words.append(TRADES[trade][1].capitalize() + ".")
    if number % 3 == 1 or number % 7 == 0:
        words.append(f"Vit à {PLACES[place]}.")
    if number % 20 == 5:
        words.append(RECRUITS[number % len(RECRUITS)])
    return " ".join(words)
