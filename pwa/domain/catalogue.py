"""The catalogue of effects, in the patient's words. An id is for ever; a wording may change, and then VERSION rises."""

from dataclasses import dataclass

from pwa.domain.routes import ROUTE_IDS
from pwa.domain.words import N_

VERSION = 4

ACUTE, NEXT_DAY, LONG_TERM = "acute", "next-day", "long-term"
A, AN, N, NL, ANL, L = (
    (ACUTE,),
    (ACUTE, NEXT_DAY),
    (NEXT_DAY,),
    (NEXT_DAY, LONG_TERM),
    (ACUTE, NEXT_DAY, LONG_TERM),
    (LONG_TERM,),
)
MOUTH = ("sublingual", "oral")


@dataclass(frozen=True)
class Group:
    """A part of the body, or of the day, under which the catalogue is laid out."""

    id: str
    label: str


@dataclass(frozen=True)
class Effect:
    id: str
    #: the patient's own words, shown first
    label: str
    #: the clinical word, shown small; a MedDRA preferred-term name or its plain form
    clinical: str
    group: str
    #: when it is asked about: acute 0 to 4 h, next-day 4 to 36 h, long-term between treatments
    windows: tuple[str, ...]
    hint: str = ""
    routes: tuple[str, ...] = ROUTE_IDS
    #: choosing it shows the emergency number in place
    emergency: bool = False
    #: it is so or not: severity 1 or 0
    yes_no: bool = False


GROUPS = (
    Group("mind", N_("How the world feels")),
    Group("mood", N_("Mood and sleep")),
    Group("thinking", N_("Thinking and memory")),
    Group("head", N_("Head and balance")),
    Group("senses", N_("Eyes, ears and skin")),
    Group("heart", N_("Heart and breathing")),
    Group("stomach", N_("Stomach and bowels")),
    Group("bladder", N_("Bladder")),
    Group("mouth", N_("Mouth, nose and where the needle went in")),
    Group("body", N_("Muscles and body")),
    Group("around", N_("What your clinic must know")),
)

ALWAYS = ("chest-pain", "breathless", "fainting", "seizure")

CATALOGUE = (
    # How the world feels
    Effect("dissociation", N_("Feeling detached"), N_("Dissociation"), "mind", AN, N_("From your body or the room")),
    Effect("depersonalisation", N_("Not feeling like yourself"), N_("Depersonalisation"), "mind", AN),
    Effect(
        "derealisation", N_("The world seems unreal"), N_("Derealisation"), "mind", AN, N_("Like a dream or a film")
    ),
    Effect(
        "hallucination",
        N_("Seeing or hearing things"),
        N_("Hallucination"),
        "mind",
        AN,
        N_("That others do not see or hear"),
    ),
    Effect("euphoria", N_("Floating or very happy"), N_("Euphoria"), "mind", A),
    Effect("feeling-drunk", N_("Feeling drunk"), N_("Feeling drunk"), "mind", A),
    Effect("flashback", N_("Painful memories coming back"), N_("Flashback"), "mind", ANL, N_("As if it were now")),
    # Mood and sleep
    Effect("anxiety", N_("Anxious or afraid"), N_("Anxiety"), "mood", ANL),
    Effect("panic", N_("Sudden panic"), N_("Panic attack"), "mood", AN),
    Effect("agitation", N_("Restless, cannot keep still"), N_("Agitation"), "mood", AN),
    Effect("irritability", N_("Easily annoyed"), N_("Irritability"), "mood", NL),
    Effect("tearful", N_("Tearful, feelings change fast"), N_("Affect lability"), "mood", N),
    Effect("low-mood-crash", N_("Mood dropped hard"), N_("Depressed mood"), "mood", NL),
    Effect("emotional-numbness", N_("Feeling nothing much"), N_("Apathy"), "mood", NL),
    Effect(
        "elevated-mood",
        N_("Far too much energy"),
        N_("Elevated mood"),
        "mood",
        NL,
        N_("Little sleep and not tired, thoughts racing"),
    ),
    Effect(
        "craving",
        N_("A strong urge for more ketamine"),
        N_("Drug craving"),
        "mood",
        L,
        N_("More, or sooner, than planned"),
    ),
    Effect("less-sleep", N_("Needing much less sleep"), N_("Decreased need for sleep"), "mood", L, N_("And not tired")),
    Effect("risky-spending", N_("Spending or risking too much"), N_("Impulsive behaviour"), "mood", L),
    Effect("took-more", N_("Took more, or sooner, than planned"), N_("Overuse"), "mood", L),
    Effect("insomnia", N_("Trouble sleeping"), N_("Insomnia"), "mood", NL),
    Effect("nightmares", N_("Bad dreams"), N_("Nightmare"), "mood", N),
    Effect("drowsiness", N_("Drowsiness"), N_("Somnolence"), "mood", AN),
    Effect("fatigue", N_("Very tired"), N_("Fatigue"), "mood", N),
    Effect("lethargy", N_("Slowed down, no drive"), N_("Lethargy"), "mood", N),
    # Thinking and memory
    Effect(
        "confusion",
        N_("Confused"),
        N_("Confusional state"),
        "thinking",
        AN,
        N_("Not sure where you are or what day it is"),
    ),
    Effect("brain-fog", N_("Foggy, hard to think"), N_("Mental impairment"), "thinking", NL),
    Effect("memory", N_("Forgetting things"), N_("Memory impairment"), "thinking", NL),
    Effect("concentration", N_("Trouble keeping your mind on things"), N_("Poor concentration"), "thinking", NL),
    Effect("word-finding", N_("Trouble finding words"), N_("Word-finding difficulty"), "thinking", L),
    Effect("racing-thoughts", N_("Thoughts racing"), N_("Racing thoughts"), "thinking", L),
    # Head and balance
    Effect("dizziness", N_("Dizziness"), N_("Dizziness"), "head", AN),
    Effect("vertigo", N_("The room spins"), N_("Vertigo"), "head", AN),
    Effect("unsteady", N_("Unsteady on your feet"), N_("Balance disorder"), "head", AN),
    Effect("headache", N_("Headache"), N_("Headache"), "head", AN),
    Effect("fainting", N_("Fainting"), N_("Syncope"), "head", AN, emergency=True),
    Effect(
        "loss-of-consciousness",
        N_("Could not be woken"),
        N_("Loss of consciousness"),
        "head",
        A,
        N_("As others told you"),
        emergency=True,
    ),
    Effect(
        "seizure",
        N_("A seizure or fit"),
        N_("Seizure"),
        "head",
        AN,
        N_("Stiffening or jerking, not aware"),
        emergency=True,
    ),
    # Eyes, ears and skin
    Effect("blurred-vision", N_("Blurred vision"), N_("Vision blurred"), "senses", A),
    Effect("double-vision", N_("Seeing double"), N_("Diplopia"), "senses", A),
    Effect("light-sensitivity", N_("Light is too strong"), N_("Photophobia"), "senses", AN),
    Effect("sound-sensitivity", N_("Sounds are too loud"), N_("Hyperacusis"), "senses", AN),
    Effect("numbness-tingling", N_("Numb or tingling"), N_("Paraesthesia"), "senses", A),
    Effect("sweating", N_("Sweating a lot"), N_("Hyperhidrosis"), "senses", A),
    Effect("jaundice", N_("Yellow skin or eyes"), N_("Jaundice"), "senses", L),
    Effect("itching", N_("Itching all over"), N_("Itching"), "senses", L),
    # Heart and breathing
    Effect("palpitations", N_("Heart racing or pounding"), N_("Palpitations"), "heart", AN),
    Effect("chest-pain", N_("Chest pain"), N_("Chest pain"), "heart", AN, emergency=True),
    Effect("breathless", N_("Trouble breathing"), N_("Dyspnoea"), "heart", AN, emergency=True),
    Effect(
        "slow-breathing",
        N_("Breathing very slowly"),
        N_("Respiratory depression"),
        "heart",
        A,
        N_("As others told you"),
        emergency=True,
    ),
    # Stomach and bowels
    Effect("nausea", N_("Nausea"), N_("Nausea"), "stomach", AN, N_("Feeling sick to your stomach")),
    Effect("vomiting", N_("Throwing up"), N_("Vomiting"), "stomach", AN),
    Effect("upper-abdominal-pain", N_("Pain in the upper belly"), N_("Upper abdominal pain"), "stomach", L),
    Effect("constipation", N_("Constipation"), N_("Constipation"), "stomach", AN),
    Effect("diarrhoea", N_("Diarrhoea"), N_("Diarrhoea"), "stomach", AN),
    # Bladder
    Effect("urinary-frequency", N_("Needing to pee often"), N_("Urinary frequency"), "bladder", L),
    Effect("urinary-urgency", N_("Needing to pee at once"), N_("Urinary urgency"), "bladder", L),
    Effect(
        "nocturia",
        N_("Getting up at night to pee"),
        N_("Nocturia"),
        "bladder",
        L,
        N_("Mild: once a night. Moderate: twice. Severe: three times or more"),
    ),
    Effect("painful-urination", N_("Pain or burning when you pee"), N_("Dysuria"), "bladder", L),
    Effect("bladder-pain", N_("Bladder pain"), N_("Bladder pain"), "bladder", L, N_("Low in the belly")),
    Effect("blood-in-urine", N_("Blood in your pee"), N_("Haematuria"), "bladder", L),
    Effect("dark-urine", N_("Very dark pee"), N_("Dark urine"), "bladder", L, N_("Like tea or cola")),
    Effect("leakage", N_("Leaking pee"), N_("Urinary incontinence"), "bladder", L),
    # Mouth, nose and where the needle went in
    Effect("taste", N_("A bad or odd taste"), N_("Dysgeusia"), "mouth", A),
    Effect("dry-mouth", N_("Dry mouth"), N_("Dry mouth"), "mouth", A),
    Effect("drooling", N_("More spit than usual"), N_("Salivary hypersecretion"), "mouth", A, routes=("sublingual",)),
    Effect("mouth-soreness", N_("Sore mouth"), N_("Oral discomfort"), "mouth", ANL, routes=MOUTH),
    Effect("nose-throat", N_("Sore nose or throat"), N_("Nasal discomfort"), "mouth", AN, routes=("nasal",)),
    Effect(
        "injection-site",
        N_("Sore where the needle went in"),
        N_("Injection site pain"),
        "mouth",
        AN,
        routes=("iv", "im"),
    ),
    # Muscles and body
    Effect("slurred-speech", N_("Slurred speech"), N_("Dysarthria"), "body", A),
    Effect("tremor", N_("Shaking"), N_("Tremor"), "body", A),
    Effect("muscle-spasm", N_("Cramps or twitching"), N_("Muscle spasms"), "body", A),
    # What your clinic must know
    Effect("drove", N_("Drove, or plan to, before sleeping"), N_("Driving on the day"), "around", AN, yes_no=True),
    Effect("pregnancy", N_("Pregnant, or may be"), N_("Pregnancy"), "around", L, yes_no=True),
    Effect("breastfeeding", N_("Breastfeeding"), N_("Breastfeeding"), "around", L, yes_no=True),
    Effect(
        "new-drug",
        N_("A new medicine or drug"),
        N_("Sedative, opioid, stimulant or MAOI"),
        "around",
        L,
        N_("For calm or sleep, for strong pain, a stimulant, or an MAOI"),
        yes_no=True,
    ),
)
