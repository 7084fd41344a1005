"""Three packets of Practice Republic, as data. Names, places, laws and bodies are invented."""

from typing import Any

MARRAM: dict[str, Any] = {
    "codename": "Marram",
    "status": "DS_INCOMM",
    "names": [
        ("legal", "Latn", "Idris Qalandar Vey"),
        ("legal", "Arab", "إدريس قلندر فاي"),
        ("nickname", "Latn", "Drisi"),
    ],
    "public_label": "A radio presenter from the north of Practice Republic",
    "activity": "A weekly radio programme on prices and wages",
    "why_now": "Nobody has seen him since Thursday evening; the first days are the most dangerous.",
    "person": {"occupation": "Radio presenter", "born": "1991"},
    "detentions": [
        {
            "values": {
                "started": "{days_ago:3}",
                "taken_by": "Three men in plain clothes, a grey van",
                "authority": "Bureau of Public Calm, not confirmed",
                "acknowledged": "ACK_SILENT",
                "counsel": "",
            },
            "places": [{"since": "{days_ago:3}", "place": "Taken at the bus station of Orlen"}],
            "charges": [],
        }
    ],
    "contacts": [{"kind": "family", "name": "Salme Qalandar Vey", "relation": "sister", "phone": "+999 555 010 331"}],
    "sources": [
        {
            "title": "Sister, by telephone",
            "kind": "S_FAMILY",
            "reliability": "B",
            "attribution": "a relative",
            "secrecy": "AT_BACKGROUND",
        }
    ],
    "claims": [
        {
            "text": "He was taken at a bus station by three men in plain clothes.",
            "source": 0,
            "status": "VS_SINGLE",
            "credibility": 2,
            "items": ["CI_BIO"],
        }
    ],
    "timeline": [{"on": "{days_ago:3}", "event": "Taken at the bus station by three men in plain clothes."}],
    "rights": ["R_LIBERTY", "R_DISAPPEAR"],
    "demands": [{"text": "Say where he is held, and let a lawyer see him.", "aim": "whereabouts"}],
    "asks": [
        {
            "to": "The foreign ministry's human rights desk",
            "text": "Ask the embassy to enquire today where he is held.",
            "audience": "AU_OWNGOV",
            "demand": 0,
        }
    ],
}

SORREL: dict[str, Any] = {
    "codename": "Sorrel",
    "status": "DS_APPEAL",
    "names": [
        ("legal", "Cyrl", "Ведран Осколов"),
        ("transliteration", "Latn", "Vedran Oskolov"),
        ("transliteration", "Arab", "فيدران أوسكولوف"),
        ("alias", "Latn", "V. Oskoloff"),
    ],
    "public_label": "A newspaper editor from Practice Republic",
    "activity": "Editor of a weekly newspaper that reported on a bridge contract",
    "authorities_say": "The authorities say that the case is about tax alone.",
    "why_now": "The appeal is expected to be heard within the month.",
    "person": {"occupation": "Newspaper editor", "born": "1978-04~"},
    "detentions": [
        {
            "values": {
                "started": "2025-03-14~",
                "taken_at": "Westmark",
                "taken_by": "Officers of the Interior Ministry",
                "authority": "Prison service of Practice Republic",
                "acknowledged": "ACK_Y_LOC",
                "legal_basis": "Penal Code, art. 214 (2): false tax return",
            },
            "places": [
                {"since": "2025-03-14~", "until": "2025-03", "place": "Police station, Westmark"},
                {"since": "2025-03", "until": "2026-06", "place": "Remand prison, Westmark"},
                {"since": "2026-06", "place": "Colony no. 4, Lower Tarn"},
            ],
            "charges": [
                {
                    "charged_on": "2025-03-19",
                    "law": "Penal Code, art. 214 (2): false tax return",
                    "court": "Westmark District Court",
                    "judge": "Judge Petra Halvard",
                    "case_number": "2-114/2025",
                    "tried_on": "2026-05",
                    "trial_place": "Westmark",
                    "verdict": "guilty",
                    "sentence": "4 years",
                    "sentenced_on": "2026-06-02",
                }
            ],
        }
    ],
    "contacts": [
        {"kind": "family", "name": "Mira Oskolova", "relation": "wife", "phone": "+999 555 010 442"},
        {
            "kind": "lawyer",
            "name": "Anton Lisk",
            "relation": "lawyer since March 2025",
            "email": "lisk@practice.example",
        },
    ],
    "sources": [
        {
            "title": "Judgment of the Westmark District Court, 2 June 2026",
            "kind": "S_COURTDOC",
            "reliability": "A",
            "attribution": "the judgment",
            "secrecy": "AT_RECORD",
        },
        {
            "title": "Lawyer's note of 9 November 2026",
            "kind": "S_LAWYER",
            "reliability": "B",
            "attribution": "his lawyer",
            "secrecy": "AT_RECORD",
        },
        {
            "title": "Statement of the Ministry of Justice, 5 June 2026",
            "kind": "S_OFFICIAL",
            "reliability": "B",
            "attribution": "the Ministry of Justice",
            "secrecy": "AT_RECORD",
        },
    ],
    "claims": [
        {
            "text": "He was arrested at the office of his newspaper.",
            "on": "2025-03-14~",
            "source": 0,
            "status": "VS_DOC",
            "credibility": 1,
            "items": ["CI_BIO"],
        },
        {
            "text": "For five days he was questioned without a lawyer.",
            "on": "2025-03-14/2025-03-19",
            "source": 1,
            "status": "VS_SINGLE",
            "credibility": 2,
            "items": ["CI_BIO"],
        },
        {
            "text": "A district court sentenced him to four years in prison.",
            "on": "2026-06-02",
            "source": 0,
            "status": "VS_DOC",
            "credibility": 1,
            "items": ["CI_DOCS"],
        },
        {
            "text": "The court did not hear the accountant who had checked the tax returns.",
            "source": 1,
            "status": "VS_SINGLE",
            "credibility": 3,
            "items": ["CI_DOCS"],
            "use": "law",
        },
        {
            "text": "The authorities say that the case is about tax alone.",
            "source": 2,
            "status": "VS_DOC",
            "credibility": 1,
            "nothing": True,
            "use": "authorities",
        },
        {
            "text": "He was taken after his newspaper printed what a bridge had cost.",
            "source": 1,
            "status": "VS_SINGLE",
            "credibility": 2,
            "items": ["CI_BIO"],
            "use": "why_taken",
        },
    ],
    "timeline": [
        {"on": "2025-03-14~", "event": "Arrested at the newspaper's office.", "claim": 0},
        {"on": "2025-03-14/2025-03-19", "event": "Questioned without a lawyer.", "claim": 1},
        {"on": "2026-06-02", "event": "Sentenced to four years.", "claim": 2},
        {"on": "2026-06-04", "event": "The lawyer appeals."},
        {"on": "2026-12", "event": "Appeal hearing.", "is_expected": True},
    ],
    "rights": ["R_LIBERTY", "R_FAIRTRIAL", "R_EXPRESSION"],
    "demands": [
        {"text": "Release while the appeal is heard", "aim": "release"},
        {"text": "A visit by an independent doctor", "aim": "doctor", "is_lead": False, "rank": 2},
    ],
    "asks": [
        {
            "to": "The Minister of Foreign Affairs",
            "text": "Raise the case at the next meeting and ask for release while the appeal is heard.",
            "audience": "AU_OWNGOV",
            "demand": 0,
        },
        {"to": "The embassy", "text": "Send an observer to the appeal hearing.", "audience": "AU_DIPLO", "demand": 0},
    ],
    "consents": [
        {"items": ["CI_NAME", "CI_BIO", "CI_DOCS", "CI_LOCATION", "CI_AFFIL"], "audiences": ["AU_DIPLO", "AU_OWNGOV"]},
        {
            "items": ["CI_BIO", "CI_DOCS"],
            "audiences": ["AU_SUPPORT", "AU_PUBLIC"],
            "taken_out": ["CI_PHOTO"],
            "limits": "Not my face in public while my son is at school.",
        },
    ],
    "posture": "PO_QUIET",
}

PLOVER: dict[str, Any] = {
    "codename": "Plover",
    "status": "DS_SENTENCED",
    "names": [("legal", "Hans", "林静远"), ("transliteration", "Latn", "Lin Jingyuan")],
    "public_label": "A librarian from the east of Practice Republic",
    "activity": "Lent books that a new decree calls unwanted",
    "authorities_say": "The authorities say that a decree on unwanted print was applied.",
    "why_now": "The national day is near, and people have been let out before it in other years.",
    "person": {"occupation": "Librarian", "born": "1969"},
    "detentions": [
        {
            "values": {
                "started": "2024-09-02",
                "authority": "Prison service of Practice Republic",
                "acknowledged": "ACK_Y_LOC",
            },
            "places": [{"since": "2024-09-02", "place": "Women's prison, Eastbank"}],
            "charges": [
                {
                    "law": "Decree 88 on unwanted print, art. 3",
                    "court": "Eastbank Court",
                    "sentence": "3 years",
                    "charged_on": "2024-10",
                }
            ],
        }
    ],
    "contacts": [{"kind": "family", "name": "Lin Haoran", "relation": "brother", "phone": "+999 555 010 553"}],
    "sources": [
        {
            "title": "Judgment of the Eastbank Court",
            "kind": "S_COURTDOC",
            "reliability": "A",
            "attribution": "the judgment",
            "secrecy": "AT_RECORD",
        },
        {
            "title": "Gazette with Decree 88",
            "kind": "S_LAW",
            "reliability": "A",
            "attribution": "the official gazette",
            "secrecy": "AT_RECORD",
        },
    ],
    "claims": [
        {
            "text": "A court sentenced her to three years in prison for lending books.",
            "source": 0,
            "status": "VS_DOC",
            "credibility": 1,
            "items": ["CI_BIO", "CI_DOCS"],
        },
        {
            "text": "The decree under which she was sentenced came into force after she had lent the books.",
            "source": 1,
            "status": "VS_DOC",
            "credibility": 1,
            "nothing": True,
            "use": "law",
        },
        {
            "text": "The authorities say that the decree on unwanted print was applied.",
            "source": 0,
            "status": "VS_DOC",
            "credibility": 1,
            "nothing": True,
            "use": "authorities",
        },
    ],
    "timeline": [
        {"on": "2024-09-02", "event": "Arrested at the library."},
        {"on": "2024-10", "event": "Sentenced to three years."},
    ],
    "rights": ["R_EXPRESSION", "R_NOEXPOST"],
    "demands": [{"text": "Release", "aim": "release"}],
    "asks": [
        {
            "to": "The Minister of Justice",
            "text": "Let her go home before the national day.",
            "audience": "AU_SUPPORT",
            "demand": 0,
        }
    ],
    "consents": [
        {"items": ["CI_BIO", "CI_DOCS", "CI_NAME"], "audiences": ["AU_SUPPORT", "AU_PUBLIC", "AU_DIPLO", "AU_OWNGOV"]},
    ],
    "wish": "publicity",
    "posture": "PO_PUBLIC",
}

PACKETS = (MARRAM, SORREL, PLOVER)
