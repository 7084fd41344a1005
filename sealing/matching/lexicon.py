"""Words that are no name by themselves: titles, particles, leaning words, kinds of place, public bodies."""

from sealing import folding


def _folded(words: str) -> frozenset[str]:
    return frozenset(folding.squash(word) for word in words.split())


# Before or after a name; who writes about the person leaves them out or puts another.
TITLES = _folded("""
    mr mrs ms miss mx dr doctor prof professor sir lady lord rev reverend father fr sister brother hon sheikh shaikh shaykh
    sheik sayyid sayyed sayed syed hajj haj hadj hajji haji imam mullah mulla maulana mawlana ayatollah hojjatoleslam ustad
    ustadh ustaz u daw ko ma maung saw naw nang sai ven venerable ashin sayadaw thich bhikkhu khun nai nang phra lok oknha
    don dona doña sr sra srta señor señora señorita padre madre fray sor lic licenciado ing abogado abogada
    m mme mlle monsieur madame mademoiselle maitre maître me abbe abbé pere père soeur frère
    herr frau pfarrer bay bayan hoca bey hanim hanım av avukat sayin sayın ong ông ba bà anh chi chị co cô
    shri sri smt shrimati kumari pandit thiru thirumathi md mst agha aqa khanom khanum seyed seyyed
    capt captain maj major col colonel gen general lt sgt judge justice adv advocate atty esq
    الشيخ شيخ السيد سيد السيدة سيدة الدكتور دكتور الدكتورة دكتورة د الاستاذ استاذ الاستاذة المهندس مهندس الحاج حاج الحاجة
    الامام امام المحامي المحامية القاضي ملا مولانا آیت حجت آقای خانم سرکار
    г гн господин госпожа гжа д-р доктор проф профессор адвокат отец
    κ κος κα κυρ κυρία δρ π πατήρ מר גב גברת דר ד״ר הרב רב עו״ד
    श्री श्रीमती कुमारी डॉ डा पंडित जनाब শ্রী শ্রীমতী জনাব বেগম ডা মোঃ মোসাঃ திரு திருமதி செல்வி
    ato woizero weizero አቶ ወሮ ዶር ბატონი ქალბატონი პარոն պարոն տիկին
""")
# Titles that are also given: looked for alone where they are written with a capital.
ALSO_NAMES = _folded("sayed sayyed sayyid syed seyed seyyed nang sai saw naw maung khun anh")
PARTICLES_AND_NAMES = _folded("ben van bar bat mac fitz")
# After a name, in scripts with spaces.
AFTER_NAMES = _folded("hoca bey hanim hanım efendi jan ji जी")
# Written against the name, in scripts without spaces; the longer ones first.
LEADING_TITLES = tuple(
    sorted(
        _folded("""
        ဦး ဒေါ် ကို မောင် မ ဆရာ ဆရာမ ဆရာတော် အရှင် စော နော် နန်း စိုင်း
        นาย นาง นางสาว น.ส. คุณ ดร. พระ อาจารย์ ท่าน ทนาย เด็กชาย เด็กหญิง ທ່ານ ນາງ ທ້າວ ອາຈານ ດຣ.
        លោក លោកស្រី អ្នកស្រី កញ្ញា ឯកឧត្ដម ព្រះ ដុកទ័រ
    """),
        key=len,
        reverse=True,
    )
)
FOLLOWING_TITLES = tuple(
    sorted(_folded("先生 女士 小姐 太太 老师 律师 博士 教授 さん 様 氏 先生 씨 님 선생"), key=len, reverse=True)
)
# What Arabic, Hebrew and Ethiopic write together with the word behind it: and, so, in, for, like, from, that, the, of.
LEANING = _folded("""
    و ف ب ل ك ال وال فال بال كال لل ولل ول وب فل فب وك
    ו ה ב ל כ מ ש וה וב ול שה מה כש
    ለ በ የ ከ እነ ስለ
""")
# Surnames of two characters; all others have one.
HAN_SURNAMES = frozenset(
    folding.squash(name)
    for name in [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "宇文",
        "长孙",
        "司徒",
        "夏侯",
    ]
)

# A place is known by its own words; these stand in the names of many.
PLACES = _folded("""
    prison jail gaol penitentiary hospital clinic house arrest city town village local closed police station court remand
    colony centre center central detention correctional facility camp block ward cell first second third north south east
    west northern southern eastern western upper lower old new great street road avenue lane square hill river university
    medical apartment guard undisclosed place residential surveillance custody military republic kingdom state district
    region province county governorate parole home no number establishment institution security national main general
    the and for from with under near in at of
    penal prision prisión cárcel carcel centro penitenciario casa calle ciudad san santa monte de la el del los las
    maison centrale pénitentiaire arrêt prison rue ville camp tribunal palais
    тюрьма колония исправительная изолятор сизо ик город улица суд следственный центр
    سجن السجن المركزي مركز شرطة مدينة محافظة شارع محكمة زندان بازداشتگاه شهر
    监狱 看守所 市 省 县 区 第一 第二 第三 第四 第五 拘留所 刑務所 拘置所 市立
    cezaevi hapishane kapali açık tipi il ilçe
    เรือนจำ เรือนจำกลาง កន្លែងឃុំឃាំង ពន្ធនាគារ ထောင် အကျဉ်းထောင် ຄຸກ जेल कारागार কারাগার জেল சிறை
    ministry minister ministerio ministère interior intérieur justice justicia prosecutor office department bureau
    intelligence service services commission council parliament government army navy
""")
# The seats of States (first word of the English name is enough): a town of government is named in every letter.
CAPITALS = _folded("""
    kabul tirana algiers andorra luanda yerevan canberra vienna baku nassau manama dhaka bridgetown minsk brussels belmopan
    thimphu sucre lapaz sarajevo gaborone brasilia brasília sofia ouagadougou bujumbura gitega praia yaounde yaoundé ottawa
    bangui ndjamena santiago beijing peking bogota bogotá moroni brazzaville kinshasa zagreb havana nicosia prague copenhagen
    djibouti roseau quito cairo malabo asmara tallinn mbabane addisababa suva helsinki paris libreville banjul tbilisi berlin
    accra athens guatemala conakry bissau georgetown tegucigalpa budapest reykjavik newdelhi delhi jakarta tehran baghdad
    dublin jerusalem rome abidjan yamoussoukro kingston tokyo amman astana nairobi tarawa pyongyang seoul kuwait bishkek
    vientiane riga beirut maseru monrovia tripoli vaduz vilnius luxembourg antananarivo lilongwe kualalumpur putrajaya male
    bamako valletta majuro nouakchott portlouis mexico palikir chisinau monaco ulaanbaatar podgorica rabat maputo naypyidaw
    rangoon yangon windhoek yaren kathmandu amsterdam wellington managua niamey abuja skopje oslo muscat islamabad
    ngerulmud ramallah panama portmoresby asuncion asunción lima manila warsaw lisbon doha bucharest moscow kigali basseterre
    castries kingstown apia riyadh dakar belgrade victoria freetown singapore bratislava ljubljana honiara mogadishu pretoria
    capetown juba madrid colombo kotte khartoum paramaribo stockholm bern damascus dushanbe dodoma bangkok dili lome lomé
    nukualofa tunis ankara ashgabat funafuti kampala kyiv kiev abudhabi london washington montevideo tashkent portvila vatican
    caracas hanoi sanaa sanaá lusaka harare taipei pristina phnompenh sanjose sanjosé sansalvador santodomingo portofspain
    القاهرة دمشق بغداد بيروت عمان الرياض تهران طهران كابول الخرطوم طرابلس تونس الجزائر الرباط صنعاء المنامة الدوحة الكويت مسقط
    минск москва киев ташкент бишкек астана душанбе ашхабад баку ереван тбилиси
    北京 东京 平壤 首尔 台北 河内 กรุงเทพ ຽງຈັນ ວຽງຈັນ ភ្នំពេញ နေပြည်တော်
""")
CAPITAL_WORDS = _folded("""
    phnom penh new delhi addis ababa abu dhabi san jose josé salvador santo domingo port louis moresby vila cape kuala
    lumpur la paz city state government capital
""")
CLAIMS = _folded("claim claims claimno claimnumber afirmación hecho affirmation allégation утверждение ادعاء الادعاء")
