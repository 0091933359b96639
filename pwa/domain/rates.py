"""How often each effect was published for a route, in percent of patients, and the order of asking that follows.

Nasal: manufacturer's pooled label table, 346 patients (spravatohcp.com/safety, label of 2019/2020; a newer label exists
and has not been read); blurred vision ASPIRE I/II, 227 patients (PMC8407443); double vision and depersonalisation
ASPIRE, 114 patients (PMC7816667); confusion maintenance trial, 152 patients (PMC6551577).
IV: a Canadian clinic's series, 203 patients (Rodrigues 2022). A review of 60 reports (Short 2018) names headache,
blurred vision and anxiety as common as well, without figures that could be compared.
IM, sublingual and oral: no rates per effect were found. Only totals are published, taken passively: IM 59 events in
2,532 treatments (BMC Psychiatry 2022;22:634); at home under the tongue 18.8 % of 431 patients (medRxiv).
Asking actively finds two to three times what is reported unasked: none of this is a yardstick for a clinic's own rates.
"""

from collections.abc import Mapping

PUBLISHED: Mapping[str, Mapping[str, float]] = {
    "nasal": {
        "dissociation": 41,
        "dizziness": 29,
        "nausea": 28,
        "drowsiness": 23,
        "vertigo": 23,
        "headache": 20,
        "taste": 19,
        "numbness-tingling": 18,
        "anxiety": 13,
        "blurred-vision": 11.9,
        "lethargy": 11,
        "vomiting": 9,
        "insomnia": 8,
        "depersonalisation": 7.9,
        "diarrhoea": 7,
        "nose-throat": 7,
        "confusion": 5.9,
        "double-vision": 5.3,
        "dry-mouth": 5,
        "feeling-drunk": 5,
        "euphoria": 4,
        "slurred-speech": 4,
        "sweating": 4,
        "brain-fog": 3,
        "constipation": 3,
        "tremor": 3,
        "urinary-frequency": 3,
        "palpitations": 2,
    },
    "iv": {"drowsiness": 56.4, "dizziness": 45.2, "dissociation": 35.6, "nausea": 13.3},
}
#: percent of patients with any effect at all, where that is all that is published
PUBLISHED_ANY: Mapping[str, float] = {"sublingual": 18.8}

#: named as common for ketamine without a figure: the review first, then what clinics tell patients
NAMED = ("headache", "blurred-vision", "anxiety", "palpitations", "euphoria", "light-sensitivity")
#: what belongs to the way in itself
OF_THE_WAY_IN: Mapping[str, tuple[str, ...]] = {
    "im": ("injection-site",),
    "sublingual": ("taste", "drooling", "mouth-soreness"),
    "oral": ("taste", "mouth-soreness"),
}


def asked_first(route: str) -> tuple[str, ...]:
    """Ids by falling published rate. A route without rates of its own borrows the order of IV."""
    published = PUBLISHED.get(route, PUBLISHED["iv"])
    falling = sorted(published, key=lambda effect: -published[effect])
    own = OF_THE_WAY_IN.get(route, ())
    named = [effect for effect in NAMED if effect not in published]
    return (*falling, *own, *named)
