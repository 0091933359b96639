"""What people type who look for an effect, besides its own words and the clinical one. It is searched and never shown:
several words stand for one effect, and one word may stand for several."""

SYNONYMS: dict[str, dict[str, str]] = {
    # What can be an emergency
    "fainting": {
        "en": "faint fainted passed out pass out passing out blackout blacked out black out collapsed keeled over",
        "fr": "évanoui évanouir évanouissement perte de connaissance perdu connaissance malaise tombé dans les pommes",
    },
    "loss-of-consciousness": {
        "en": "unconscious passed out pass out blackout blacked out black out did not wake up",
        "fr": "inconscient inconsciente sans connaissance perte de connaissance ne se réveillait pas",
    },
    "seizure": {
        "en": "fit convulsion convulsing epilepsy epileptic",
        "fr": "convulsion convulser épilepsie épileptique",
    },
    "chest-pain": {
        "en": "heart attack heart pain heart hurts chest hurts chest pressure tight chest tightness",
        "fr": "crise cardiaque infarctus poitrine serrée serrement pression mal à la poitrine",
    },
    "breathless": {
        "en": "can't breathe cannot breathe hard to breathe short of breath out of breath breathless gasping choking",
        "fr": "n'arrive pas à respirer ne peux pas respirer mal à respirer essoufflé essoufflement souffle court "
        "manque d'air étouffe suffoque",
    },
    "slow-breathing": {
        "en": "barely breathing shallow breath stopped breathing",
        "fr": "respirait à peine respiration lente arrêt respiratoire",
    },
    # How the world feels
    "dissociation": {
        "en": "spaced out zoned out out of body disconnected k-hole",
        "fr": "hors de mon corps déconnecté dans la lune k-hole",
    },
    "depersonalisation": {"en": "outside myself robot unreal", "fr": "pas moi-même hors de moi robot irréel"},
    "derealisation": {"en": "dreaming foggy world", "fr": "dans un rêve brouillard"},
    "hallucination": {"en": "hallucinating visions voices", "fr": "halluciner visions voix"},
    "euphoria": {"en": "high euphoric", "fr": "euphorique planer"},
    "feeling-drunk": {"en": "tipsy intoxicated", "fr": "ivre saoul soûl"},
    "flashback": {"en": "trauma ptsd relive", "fr": "traumatisme revivre"},
    # Mood and sleep
    "anxiety": {"en": "worried nervous scared fear on edge", "fr": "inquiet nerveux peur angoisse stress"},
    "panic": {"en": "freaking out", "fr": "crise d'angoisse crise de panique"},
    "agitation": {"en": "fidgety jittery pacing", "fr": "agité bougeotte tourner en rond"},
    "irritability": {"en": "angry cranky snappy short temper", "fr": "en colère fâché impatient"},
    "tearful": {"en": "crying cry weepy mood swings", "fr": "pleurer pleure larmes sautes d'humeur"},
    "low-mood-crash": {"en": "depressed sad down hopeless crashed", "fr": "déprimé triste cafard désespoir"},
    "emotional-numbness": {"en": "numb inside empty flat", "fr": "vide indifférent"},
    "elevated-mood": {"en": "manic mania hyper wired", "fr": "manie maniaque survolté"},
    "craving": {"en": "crave addicted addiction", "fr": "accro dépendance manque"},
    "took-more": {"en": "overdose extra dose too much", "fr": "surdose dose de plus trop pris"},
    "insomnia": {"en": "can't sleep cannot sleep awake sleepless", "fr": "n'arrive pas à dormir nuit blanche réveillé"},
    "nightmares": {"en": "nightmare", "fr": "cauchemar"},
    "drowsiness": {"en": "sleepy dozy groggy sedated", "fr": "endormi envie de dormir"},
    "fatigue": {"en": "exhausted worn out no energy", "fr": "épuisé crevé sans énergie"},
    "lethargy": {"en": "sluggish unmotivated", "fr": "au ralenti sans énergie"},
    # Thinking and memory
    "confusion": {"en": "disoriented muddled mixed up lost", "fr": "désorienté mêlé perdu"},
    "brain-fog": {"en": "brain fog fuzzy can't think", "fr": "brouillard tête embrouillée"},
    "memory": {"en": "forgetful forget memory loss", "fr": "oublie oublier trous de mémoire"},
    "concentration": {"en": "can't focus distracted", "fr": "concentrer distrait"},
    # Head and balance
    "dizziness": {"en": "dizzy lightheaded light-headed woozy giddy", "fr": "étourdi étourdissement tête qui tourne"},
    "vertigo": {"en": "spinning dizzy", "fr": "tout tourne"},
    "unsteady": {"en": "wobbly off balance stumbling fell fall", "fr": "titube perte d'équilibre tombé chute"},
    "headache": {"en": "head hurts sore head migraine", "fr": "migraine mal à la tête"},
    # Eyes, ears and skin
    "blurred-vision": {"en": "blurry can't see", "fr": "vois flou vue floue"},
    "numbness-tingling": {"en": "pins and needles", "fr": "fourmis engourdi"},
    "sweating": {"en": "sweaty sweats", "fr": "transpire sueurs"},
    "itching": {"en": "itchy rash hives", "fr": "démange plaques urticaire"},
    # Heart and breathing
    "palpitations": {"en": "heartbeat fast heart fluttering skipping", "fr": "bat vite battements tachycardie"},
    # Stomach and bowels
    "nausea": {
        "en": "nauseous queasy sick puke upset stomach",
        "fr": "mal au coeur mal au cœur vomir barbouillé",
    },
    "vomiting": {
        "en": "puke puked puking vomit vomited threw up throw up",
        "fr": "vomi vomir vomissements rendre",
    },
    "upper-abdominal-pain": {"en": "stomach ache tummy liver", "fr": "mal au ventre mal à l'estomac foie"},
    "constipation": {"en": "can't poop", "fr": "constipé"},
    "diarrhoea": {"en": "diarrhea runs loose stools poop", "fr": "selles molles"},
    # Bladder
    "urinary-frequency": {"en": "urinate often bathroom peeing", "fr": "uriner souvent toilettes pipi"},
    "urinary-urgency": {"en": "can't hold it urinate bathroom", "fr": "envie pressante uriner pipi"},
    "nocturia": {"en": "urinate bathroom", "fr": "toilettes pipi"},
    "painful-urination": {"en": "urinate burns uti", "fr": "uriner brûle pipi infection"},
    "bladder-pain": {"en": "cystitis", "fr": "cystite"},
    "blood-in-urine": {"en": "bloody urine red", "fr": "sang rouge pipi"},
    "leakage": {"en": "wet myself incontinent accident", "fr": "fuites pipi"},
    # Mouth, nose and where the needle went in
    "dry-mouth": {"en": "cotton mouth thirsty", "fr": "bouche pâteuse soif"},
    "drooling": {"en": "drool saliva", "fr": "bave"},
    # Muscles and body
    "slurred-speech": {"en": "slurring can't talk", "fr": "mal à parler"},
    "tremor": {"en": "trembling shaky", "fr": "trembler tremblements"},
    "muscle-spasm": {"en": "cramp twitch", "fr": "crampe"},
    # What your clinic must know
    "drove": {"en": "driving drive car", "fr": "conduire voiture auto"},
    "new-drug": {"en": "pills alcohol prescription", "fr": "pilules alcool ordonnance"},
}
