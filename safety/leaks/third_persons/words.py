"""Words that are written with a capital and name no person: bodies, roles, States, peoples, days; and plain words.

What others keep is used first: the States of our directory, Django's languages, months and weekdays, and every word that
our own vocabularies write small. The rows below hold what is left, in the languages in which most papers are written.
"""

import csv
import re
from functools import cache, lru_cache

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils import dates, translation

from directory.countries import countries
from directory.vocabulary import REFERENCE
from sealing import folding
from sealing.matching import lexicon

SMALL = re.compile(r"(?<![^\W\d_])[a-z]{2,}(?![^\W\d_])")
CAPITAL_MONTHS = ("en", "de", "el", "tr", "id")  # languages that write months and weekdays with a capital
DEMONYM = frozenset(["n", "an", "ian", "ean", "ese", "i", "is", "ic", "ish", "er", "ans", "ians", "s", "nian", "tian"])
STATE_STEM = 4


def _folded(words: str) -> frozenset[str]:
    return frozenset(folding.squash(word) for word in words.split())


# A run that holds one of these is a body, a law, a place or a thing, unless a title stands between.
BODIES = _folded("""
    ministry department office bureau court tribunal committee commission council parliament congress senate assembly
    government embassy consulate mission delegation agency authority authorities service services police army forces guard
    corps bank party union league federation confederation association foundation institute institution university college
    school academy hospital clinic prison jail gaol penitentiary colony camp centre center station airport street road avenue
    square river province district region county governorate republic kingdom state states nations community covenant
    convention charter treaty protocol declaration constitution code act law decree regulation rules principles resolution
    opinion article section chapter annex watch international rights press radio television news times gazette newspaper
    group network organisation organization society front movement campaign fund programme program procedure procedures
    mechanism prosecution registry secretariat house affairs directorate headquarters branch board administration
    defenders borders security intelligence cross crescent rapporteur day prize award museum theatre
    corte cour cámara camara chambre fiscalía fiscalia parquet juzgado pacto pacte ley loi código código code penal carta
    charte convenio convención estado état etat unidas unies unión fondo fonds cruz-roja croix-rouge croix policía policia
    police ejército armée défense defensoría congreso senado sénat senat asamblea assemblée embajada ambassade consulado
    consulat colegio collège école escuela hospital hôpital prisión maison cárcel penal centro centre instituto institut
    agencia agence partido parti sindicato syndicat movimiento mouvement frente derechos droits humanos homme asuntos affaires
    bundesministerium ministerium gericht landgericht amtsgericht staatsanwaltschaft polizei gefängnis
    conseil consejo consiglio conselho croce cruz
    bakanlığı mahkemesi cumhuriyeti meclisi cezaevi savcılığı komisyonu
""")
BODY_STEMS = tuple(
    folding.squash(stem)
    for stem in [
        "minist",
        "tribunal",
        "comit",
        "commiss",
        "comisi",
        "comiss",
        "gobiern",
        "gouvern",
        "govern",
        "republi",
        "republ",
        "nation",
        "nacion",
        "naci",
        "universi",
        "constitu",
        "parlament",
        "parliament",
        "consej",
        "interna",
        "europea",
        "europé",
        "secretar",
        "organi",
        "associa",
        "asocia",
        "fédér",
        "feder",
        "procur",
        "prefect",
        "préfect",
        "министерств",
        "прокуратур",
        "комитет",
        "комисси",
        "совет",
        "суд",
        "правительств",
        "республик",
        "парламент",
        "дум",
        "организац",
        "наци",
        "союз",
        "федерац",
        "конституц",
        "кодекс",
        "конвенц",
        "декларац",
        "пакт",
        "статья",
        "управлен",
        "служб",
        "колони",
        "тюрьм",
        "изолятор",
        "университет",
        "институт",
        "больниц",
        "област",
        "район",
        "посольств",
        "консульств",
        "агентств",
        "партия",
        "фонд",
        "центр",
        "академ",
        "школ",
        "газет",
        "полици",
        "кабинет",
        "міністерств",
        "суд",
        "комітет",
        "уряд",
        "прокуратур",
        "республік",
        "υπουργ",
        "δικαστ",
        "επιτροπ",
        "κυβερν",
        "πρεσβ",
        "συμβουλ",
    ]
)
# Who does something: by itself no name; what stands behind it is one.
ROLES = _folded("""
    minister president chancellor secretary ambassador consul director chief head chair chairman chairwoman chairperson
    commissioner governor mayor prosecutor attorney general judge justice magistrate rapporteur reporter expert king queen
    prince princess emperor speaker senator deputy vice prime lawyer advocate counsel doctor nurse professor teacher student
    editor journalist writer poet activist defender prisoner detainee inmate cellmate witness guard warden warder officer
    captain colonel major sergeant lieutenant inspector investigator interrogator commander commandant soldier constable
    bishop priest pastor imam father mother brother sister uncle aunt madam excellency honourable honorable majesty highness
    ministro ministra presidente presidenta embajador embajadora director directora fiscal juez jueza magistrado abogado
    abogada secretario secretaria gobernador alcalde comandante capitán coronel sargento testigo excelencia relator relatora
    ministre président présidente ambassadeur ambassadrice directeur directrice procureur procureure juge magistrat avocat
    avocate secrétaire gouverneur maire commandant capitaine colonel sergent témoin excellence rapporteur
    министр президент посол консул директор прокурор судья адвокат секретарь губернатор мэр капитан полковник майор сержант
    следователь свидетель охранник надзиратель начальник генерал лейтенант
    präsident präsidentin minister ministerin richter richterin staatsanwalt anwalt
""")
TITLES = lexicon.TITLES | _folded("ms mx sgt cpl pvt col capt lt messrs mm mmes dra d doña")
# What is written with a capital and names nobody.
NO_NAMES = _folded("""
    muslim muslims christian christians jew jews jewish islam islamic christianity judaism sunni shia shiite catholic
    protestant orthodox baha'i bahai bahá'í buddhist buddhists hindu hindus sikh sikhs yazidi god allah koran quran bible torah
    ramadan eid christmas easter nowruz hajj
    europe european asia asian africa african america american americas oceania pacific atlantic mediterranean caribbean
    balkans caucasus sahel maghreb middle east eastern west western north northern south southern central latin gulf arab
    arabs kurdish kurd kurds kurdistan uyghur uyghurs rohingya tibetan tibetans tamil tamils tatar tatars palestinian
    palestinians chechen chechnya crimea crimean tibet xinjiang hong kong taiwan gaza bank kosovo
    british english french dutch danish swedish swiss spanish turkish greek thai welsh irish scottish polish finnish filipino
    burmese lao afghan afghans uzbek kazakh kyrgyz tajik turkmen dari pashto hazara hazaras pashtun slovak czech serb croat bosnian iraqi saudi yemeni emirati
    usa uk ussr soviet britain england scotland wales burma persia holland russia
    internet facebook twitter whatsapp telegram youtube instagram tiktok signal google wikipedia
    brussels geneva strasbourg hague vienna york mandela bangkok tokyo nelson
    Ιανουάριο Φεβρουάριο Μάρτιο Απρίλιο Μάιο Ιούνιο Ιούλιο Αύγουστο Σεπτέμβριο Οκτώβριο Νοέμβριο Δεκέμβριο
    un eu icrc ohchr unhcr unesco unicef iccpr icescr udhr cat wgad wgeid osce oscc achpr iachr ngo ngos ngo's pdf tv re
    mandela guantanamo guantánamo covid aids hiv
    español francés inglés islamista navidad semana europa áfrica asia américa nicaragua
    noël pâques europe afrique asie amérique guinée
    европа европы европе страсбурге гааге женеве нью-йорке брюсселе азия африка америка европейский бог аллах рамадан интернет телеграм оон ес мвд фсб кгб сизо ик ук упк
""")
# What may begin a sentence before a name, in the languages of most papers, and plain nouns of these papers that our
# vocabularies happen not to write.
PLAIN = _folded("""
    a an the this that these those his her its their our your my he she it they we you who whom whose what which when where
    why how if as at by for from in into of on onto over under to up with within without about after again against all also
    although among and another any anybody anyone anything are aren't around be because been before behind being below beside
    besides between beyond both but can cannot could did do does down during each either else even ever every everybody
    everyone everything few first former further had has have hence here however instead is just last late later least less
    let like many may might more moreover most much must near neither never next no nobody none nor not nothing now nowhere
    off often once one only or other others otherwise out perhaps please rather same second several shall should since so
    some somebody someone something soon still such than then there therefore third though three through throughout thus till
    today together tomorrow tonight too toward towards two until upon us very was were while will would yes yesterday yet
    according dear sincerely yours faithfully thank thanks regards respectfully attached enclosed copy note ps
    ask asked tell told say said says see saw seen let release released free freed raise write wrote call called help take
    took give gave keep kept send sent allow demand urge stop end begin began continue remain held hold arrest arrested
    detained beaten tried sentenced charged accused convicted acquitted transferred moved taken questioned interrogated
    tortured killed died born signed read heard named known
    torture water food bail light sleep visit visits letter letters money medicine treatment health pain hunger strike trial
    hearing verdict sentence appeal charge charges arrest detention prison cell cells guards guard officers officer soldiers
    men women children child people family families parents mother father wife husband son daughter brother sister relatives
    friend friends neighbour neighbours lawyer lawyers doctor doctors judge judges prosecutor witness witnesses prisoner
    prisoners detainees students student teacher journalist journalists editor writer activists activist protesters police
    security access evidence statement confession record records complaint complaints investigation order orders law laws
    justice freedom truth fear violence force silence work time day days night week weeks month months year years morning
    evening noon midnight spring summer autumn winter monday tuesday wednesday thursday friday saturday sunday
    mondays tuesdays wednesdays thursdays fridays saturdays sundays
    handling sources source subject date place name age contact valid reply answer answers question questions request
    background summary person case cases facts fact reporters journalists public calm quiet print paper papers report reports
    foreign interior home internal external state national federal local general special supreme high appeal appeals
    constitutional criminal civil political economic social cultural military revolutionary human arbitrary working universal
    periodic review standing joint high commissioner
    el la los las lo un una unos unas su sus nuestro nuestra este esta ese esa aquel él ella ellos ellas yo tú usted ustedes
    nosotros que quien quién cuando cuándo donde dónde como cómo si no ni y o pero porque por para con sin sobre según desde
    hasta entre ante bajo tras durante mientras después antes también tampoco aunque ayer hoy mañana luego entonces así muy
    ninguno ninguna nadie nada todo toda todos todas otro otra otros otras dos tres cuatro segundo primera primer tercero
    estimado estimada estimados señor señora atentamente gracias saludos excelentísimo pedimos rogamos civiles políticos
    sociales económicos culturales exteriores relaciones justicia interior suprema supremo general nacional fue fueron
    le la les l un une des du de son sa ses leur leurs notre nos votre vos mon ma mes ce cet cette ces il elle ils elles on
    nous vous je tu qui que quoi dont où quand comment pourquoi si ne pas ni et ou mais car donc or par pour avec sans sur
    sous selon depuis jusque entre chez dans en vers après avant pendant aussi ainsi alors hier aujourd'hui demain aucun
    aucune personne rien tout toute tous toutes autre autres deux trois premier première second monsieur madame veuillez
    merci cher chère salutations justice intérieur étrangères suprême général nationale libérez demandons
    и в во на но а о об от до из у к ко с со за по под над при про без для не ни что кто где когда как почему если или то это
    этот эта эти тот та те он она оно они мы вы я ты его её их наш ваш мой свой по после перед между через также тоже затем
    вам вами вас вы нам нами нас всеобщая дата fecha
    потом вчера сегодня завтра все всё весь вся никто ничто никого ничего каждый другой другие два две три один одна уважаемый
    уважаемая господин госпожа здравствуйте спасибо власти врача врач никто той того там тут здесь ещё уже только даже
    объединённых наций красный красного крест креста верховный генеральная генеральный европейский следственный конституционный
    der die das den dem des ein eine einer eines und oder aber nicht mit von zu zum zur im in an auf bei nach vor für über er
    sie es wir ihr ich sein seine ihre unser wer was wo wann wie warum wenn als seit bis
    o os as um uma e em no na ele ela não com sem por ele ela
    il lo gli uno una e non con senza per lui lei
    bu bir ve ile o için ama karar anh chị ông bà ia dia hon han han alikuwa siedział wirok
    ο η το οι τα του της των στο στη στον στην και με για από δεν
""")
# After a name that begins a sentence: what persons do.
DOES = _folded("""
    was is has had said says told tells wrote saw heard asked did does died cried lives lived knows knew and who also never
    still gave took came went thought felt remembers recalls believes
    fue es ha había era está estaba dijo dice contó murió vio quien
    est fut avait était dit raconte mort qui
    был была сказал сказала рассказал рассказала умер умерла видел видела жив жива
""")
NOUN_ENDING = re.compile(
    "(?:tion|tions|ment|ments|ness|ing|ings|ity|ities|ance|ence|ism|ers|ors|ists|ción|dad|eur|té)$"
)
LOCATIVES = _folded("in near en в во")
ARTICLES = _folded("the el la los las le les")
CALLED_AS_PEOPLE = _folded("maurice mauricio dominique dominica")  # also States, in French or Spanish
CONNECTORS = frozenset(
    [
        "of",
        "the",
        "for",
        "on",
        "de",
        "la",
        "del",
        "los",
        "las",
        "des",
        "du",
        "le",
        "l",
        "d",
        "da",
        "do",
        "dos",
        "das",
        "against",
        "and",
    ]
)
GERMAN = _folded("der die das und ist nicht mit dem den ein eine im von wurde wird er sie auf zu")
LOWER_HEADS = _folded("""
    ministry minister office court committee commission council department university embassy covenant convention charter
    rapporteur ministerio ministro ministra corte comité comisión consejo universidad embajada pacto convención secretaría
    ministère ministre cour tribunal comité commission conseil université ambassade pacte convention secrétariat
    ministério ministero
""")


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """Return a word as it is compared."""
    return folding.squash(word)


@cache
def plain_words() -> frozenset[str]:
    """Return the words that our own vocabularies write small, and the plain ones above."""
    small: set[str] = set()
    for path in (REFERENCE / "vocabularies.csv", settings.BASE_DIR / "safety" / "reference" / "risk_questions.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            small.update(word for row in csv.reader(file) for cell in row for word in SMALL.findall(cell))
    return PLAIN | small


@cache
def _days_and_tongues() -> frozenset[str]:
    found = [word for info in LANG_INFO.values() for word in info.get("name", "").split()]
    for code in CAPITAL_MONTHS:
        with translation.override(code):
            found += [str(word) for row in (dates.MONTHS, dates.WEEKDAYS, dates.MONTHS_3) for word in row.values()]
    return frozenset(folding.squash(word) for word in found)


@cache
def _states() -> frozenset[str]:
    """Return the States whose name is one word; of the others only the whole name counts."""
    return frozenset(words[0] for words in _states_by_words() if len(words) == 1)


@cache
def long_states() -> frozenset[str]:
    """Return the States whose name is several words, run together."""
    return frozenset("".join(words) for words in _states_by_words() if len(words) > 1)


@cache
def _states_by_words() -> frozenset[tuple[str, ...]]:
    """Return each State as the papers name it in every language; one that is called as people are is left out."""
    names = {name for row in countries().values() for name in row.names}
    bare = {re.sub(r"\s*[(,].*", "", name) for name in names}
    found = (tuple(token for token, _start, _end in folding.tokens(name)) for name in names | bare)
    return frozenset(words for words in found if not (len(words) == 1 and words[0] in CALLED_AS_PEOPLE))


@lru_cache(maxsize=50_000)
def names_nobody(word: str) -> bool:
    """Whether this folded word, written with a capital, is a State, people, language, day, faith or the like."""
    return (
        word in NO_NAMES
        or word in _states()
        or word in _days_and_tongues()
        or word in lexicon.CAPITALS
        or word in lexicon.CAPITAL_WORDS
        or _is_of_a_state(word)
    )


@lru_cache(maxsize=50_000)
def is_body(word: str) -> bool:
    """Whether this folded word says that its run is a body, a law or a place."""
    return word in BODIES or word.startswith(BODY_STEMS)


def _is_of_a_state(word: str) -> bool:
    """Whether the word is a State with the ending of its people, as Belarusian is."""
    for cut in range(1, min(5, len(word) - STATE_STEM + 1)):
        stem, ending = word[:-cut], word[-cut:]
        if ending in DEMONYM and (stem in _states() or f"{stem}a" in _states() or f"{stem}e" in _states()):
            return True
    return False
