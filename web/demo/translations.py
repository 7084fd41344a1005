"""One packet of the practice office in Arabic: tomas translates, leila reads and signs. No native reader has read it yet."""

from accounts.models import User
from casework.actions import translations
from casework.actions.translations import Line
from casework.models import Case, Translation
from casework.translating.originals import originals_of

LANGUAGE = "ar"
TRANSLATOR, READER = "tomas", "leila"
WORDS = {
    "A newspaper editor from Practice Republic": "محرر صحيفة من جمهورية التدريب",
    "The authorities say that the case is about tax alone.": "تقول السلطات إن القضية ضريبية فقط.",
    "The appeal is expected to be heard within the month.": "من المتوقع أن يُنظر في الاستئناف خلال هذا الشهر.",
    "Newspaper editor": "محرر صحيفة",
    "Police station, Westmark": "مركز الشرطة في ويستمارك",
    "Remand prison, Westmark": "سجن التوقيف في ويستمارك",
    "Colony no. 4, Lower Tarn": "المستعمرة العقابية رقم 4 في تارن السفلى",
    "Penal Code, art. 214 (2): false tax return": "قانون العقوبات، المادة 214 (2): إقرار ضريبي كاذب",
    "Westmark": "ويستمارك",
    "Westmark District Court": "محكمة ويستمارك الابتدائية",
    "guilty": "مذنب",
    "4 years": "أربع سنوات",
    "the judgment": "الحكم القضائي",
    "his lawyer": "محاميه",
    "the Ministry of Justice": "وزارة العدل",
    "He was arrested at the office of his newspaper.": "اعتُقل في مكتب صحيفته.",
    "For five days he was questioned without a lawyer.": "استُجوب خمسة أيام من دون محامٍ.",
    "A district court sentenced him to four years in prison.": "حكمت عليه محكمة ابتدائية بالسجن أربع سنوات.",
    "The court did not hear the accountant who had checked the tax returns.": (
        "لم تستمع المحكمة إلى المحاسب الذي راجع الإقرارات الضريبية."
    ),
    "He was taken after his newspaper printed what a bridge had cost.": "أُخذ بعد أن نشرت صحيفته ما كلّفه بناء جسر.",
    "Release while the appeal is heard": "الإفراج عنه خلال النظر في الاستئناف",
    "A visit by an independent doctor": "زيارة طبيب مستقل",
    "The Minister of Foreign Affairs": "وزير الخارجية",
    "Raise the case at the next meeting and ask for release while the appeal is heard.": (
        "إثارة القضية في اللقاء المقبل وطلب الإفراج عنه خلال النظر في الاستئناف."
    ),
    "The embassy": "السفارة",
    "Send an observer to the appeal hearing.": "إرسال مراقب إلى جلسة الاستئناف.",
}


def translate_and_sign(case: Case, who: dict[str, User]) -> None:
    """Translate every line of the packet, and sign each as its second reader."""
    for username in (TRANSLATOR, READER):
        who[username].reads = f"en,{LANGUAGE}"
        who[username].save(update_fields=["reads"])
    lines = [Line(*one.key, text=WORDS[one.words], version=0, read=one.mac.hex()) for one in originals_of(case)]
    translations.translate(actor=who[TRANSLATOR], case=case, language=LANGUAGE, lines=lines)
    rows = [(row.pk, row.version) for row in Translation.objects.present().filter(case=case, language=LANGUAGE)]
    translations.sign(actor=who[READER], case=case, language=LANGUAGE, rows=rows)
