"""What a reading holds: frozen values, each with its confidence, its characters and its reason."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar

__all__ = [
    "CONTRACTS",
    "ELIGIBLE",
    "KINDS",
    "LEVELS",
    "MOBILITY",
    "PERSONAL_DATA",
    "QUESTIONS",
    "REASONS",
    "SENIORITY",
    "Finding",
    "Occupation",
    "Place",
    "Reading",
]

T = TypeVar("T")

KINDS = ("search", "offer", "cause", "other", "abuse")
CONTRACTS = (
    "cdi",
    "cdd",
    "interim",
    "seasonal",
    "internship",
    "apprenticeship",
    "freelance",
    "civic_service",
    "part_time",
    "full_time",
)
LEVELS = ("commune", "department", "region", "country")
PERSONAL_DATA = ("phone", "email", "birth_date", "age", "street_address", "social_security", "photo")
ELIGIBLE = ("yes", "no", "ask")
MOBILITY = ("region", "country", "world")
SENIORITY = ("first_job", "junior", "senior")
QUESTIONS = ("kind", "occupation", "place", "contract")

# Why something was understood. Pages turn each into a sentence, so the list is closed and short.
REASONS = (
    # any field
    "nothing_found",
    "hashtag",
    "declared",  # by the author or the caller
    # kind
    "phrase_search",  # "je cherche un poste", "looking for a job"
    "phrase_offer",  # "nous recrutons", "we're hiring"
    "phrase_found",  # "j'ai trouvé", "ne cherche plus"
    "phrase_relay",  # "un ami cherche", "merci de relayer": written for somebody else
    "phrase_thanks",
    "phrase_news",
    "phrase_cause",  # a petition, a collection, volunteers wanted
    "phrase_abuse",  # a scam, an insult, a lure
    "search_and_offer",  # signs of both
    "overall",  # no phrase says it, all else together does
    # eligibility
    "own_search",
    "own_cause",
    "not_a_search",
    "asks_not_to",  # "merci de ne pas relayer"
    "contract_refused",  # only contracts that the collective does not relay
    "unsure",
    # contracts
    "word",  # the word stands there
    "negated",  # "pas de freelance"
    # places
    "name",
    "name_after_preposition",  # "à Tours"
    "name_with_department",  # "Saint-Denis (93)", or department and region named elsewhere
    "homonym_settled_by_department",
    "homonym_settled_by_region",
    "homonym_settled_by_population",
    "homonym_unsettled",
    "department_number",
    "postcode",
    "nickname",  # "IDF", "région lyonnaise"
    "common_word",  # a commune's name that is also a word: read with little confidence
    "anywhere",  # "mobile France entière"
    "where_one_lives",  # "j'habite Tours", and no other place is named
    # occupations
    "trade",  # an everyday wording
    "trade_after_phrase",  # the same just behind "poste de", "je suis"
    "trade_ambiguous",  # several trades share the wording
    "trade_misspelt",  # one letter from a trade's name
    "trade_weak",  # a word of a trade, perhaps not its name
    # language
    "statistics",
    "too_short",
    # personal data and experience
    "pattern",
)


@dataclass(frozen=True, slots=True)
class Finding(Generic[T]):
    """Something understood: how sure (0..1), which characters say so, and a reason from `REASONS`."""

    value: T
    confidence: float
    span: tuple[int, int] | None
    why: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place: in France by its INSEE code, a country by its ISO code; `level` is one of `LEVELS`.

    Countries have no region; neither has the whole of France.
    """

    code: str
    level: str
    name: str
    department: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Occupation:
    """A trade by its ROME 4.0 code, with short labels; `family` is the code's first letter.

    `esco` are the URIs of the ESCO occupations that the title met is matched with, where the official
    crosswalk was added and says so.
    """

    code: str
    label_fr: str
    label_en: str
    family: str
    esco: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says about a search for work.

    `questions` lists what is worth asking the person, from `QUESTIONS`, in that order.
    Findings of a tuple are ordered by confidence, surest first. `places` are wanted; where one lives
    stands in `places_current`, and among `places` where no other is named. `eligibility` is one of
    `ELIGIBLE`: may the text be relayed as a search or a cause? `truncated` says that only the first
    `TEXT_LIMIT` characters were read.
    """

    kind: Finding[str]
    language: Finding[str]
    eligibility: Finding[str] = Finding("ask", 0.0, None, "unsure")
    contracts_wanted: tuple[Finding[str], ...] = ()
    contracts_excluded: tuple[Finding[str], ...] = ()
    places: tuple[Finding[Place], ...] = ()
    places_excluded: tuple[Finding[Place], ...] = ()
    places_current: tuple[Finding[Place], ...] = ()
    occupations: tuple[Finding[Occupation], ...] = ()
    remote: Finding[bool] | None = None
    mobility: Finding[str] | None = None
    seniority: Finding[str] | None = None
    experience_years: Finding[int] | None = None
    personal_data: tuple[Finding[str], ...] = ()
    questions: tuple[str, ...] = ()
    truncated: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The reading as JSON types alone (spans become lists); `from_dict` reads it back equal."""
        return _listed(asdict(self))  # type: ignore[no-any-return]

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> "Reading":
        """The reading `to_dict` stored. Raises KeyError or TypeError where it is not one."""

        def many(name: str, value: Callable[[Any], Any] = _same) -> tuple[Any, ...]:
            return tuple(_finding(item, value) for item in stored.get(name, ()))

        def perhaps(name: str) -> Any:
            item = stored.get(name)
            return None if item is None else _finding(item, _same)

        return cls(
            kind=_finding(stored["kind"], _same),
            language=_finding(stored["language"], _same),
            eligibility=perhaps("eligibility") or Finding("ask", 0.0, None, "unsure"),
            contracts_wanted=many("contracts_wanted"),
            contracts_excluded=many("contracts_excluded"),
            places=many("places", _place),
            places_excluded=many("places_excluded", _place),
            places_current=many("places_current", _place),
            occupations=many("occupations", _occupation),
            remote=perhaps("remote"),
            mobility=perhaps("mobility"),
            seniority=perhaps("seniority"),
            experience_years=perhaps("experience_years"),
            personal_data=many("personal_data"),
            questions=tuple(stored.get("questions", ())),
            truncated=bool(stored.get("truncated", False)),
        )


def _same(value: Any) -> Any:
    return value


def _occupation(value: dict[str, Any]) -> Occupation:
    return Occupation(**value | {"esco": tuple(value.get("esco", ()))})


def _place(value: dict[str, str]) -> Place:
    return Place(**value)


def _finding(item: dict[str, Any], value: Callable[[Any], Any]) -> Finding[Any]:
    span = item["span"]
    return Finding(
        value(item["value"]),
        float(item["confidence"]),
        None if span is None else (span[0], span[1]),
        item["why"],
    )


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_listed(item) for item in value]
    return value
