/**
 * Words that Office (and, for sheets, LibreOffice and Google Sheets) writes into files in the language of its menus, by
 * BCP 47 primary tag. A word under several tags is shared, and alone decides nothing: that is why it must stand under all
 * of them. Sources: files written by those programs, Microsoft's terminology and its documentation in these languages.
 */
export type WordsByLanguage = Readonly<Record<string, readonly string[]>>;

/** HeadingPairs of app.xml (ECMA-376-1 22.2.2.8) and PIDDSI_HEADINGPAIR: sheets, ranges and charts; titles and headings; themes, slides and fonts. */
export const HEADINGS: WordsByLanguage = {
  en: ['Worksheets', 'Sheets', 'Named Ranges', 'Charts', 'Excel 4.0 Macros', 'Title', 'Headings', 'Theme', 'Design Template', 'Slide Titles', 'Fonts Used', 'Embedded OLE Servers', 'Custom Shows'],
  fr: ['Feuilles de calcul', 'Plages nommées', 'Graphiques', 'Macros Excel 4.0', 'Titre', 'Titres', 'Thème', 'Modèle de conception', 'Titres des diapositives', 'Polices utilisées', 'Serveurs OLE incorporés'],
  de: ['Arbeitsblätter', 'Benannte Bereiche', 'Diagramme', 'Titel', 'Überschriften', 'Design', 'Entwurfsvorlage', 'Folientitel', 'Verwendete Schriftarten', 'Eingebettete OLE-Server'],
  es: ['Hojas de cálculo', 'Rangos con nombre', 'Gráficos', 'Título', 'Títulos', 'Tema', 'Plantilla de diseño', 'Títulos de diapositiva', 'Fuentes usadas', 'Servidores OLE incrustados'],
  it: ['Fogli di lavoro', 'Intervalli denominati', 'Grafici', 'Titolo', 'Titoli', 'Tema', 'Modello struttura', 'Titoli diapositive', 'Caratteri utilizzati', 'Server OLE incorporati'],
  pt: [
    'Planilhas', 'Intervalos nomeados', 'Folhas de cálculo', 'Intervalos com nome', 'Intervalos com nome atribuído', 'Gráficos', 'Título', 'Títulos', 'Tema', 'Títulos de slides', 'Títulos dos diapositivos',
    'Fontes usadas', 'Tipos de letra utilizados', 'Servidores OLE inseridos', 'Modelo de design',
  ],
  nl: ['Werkbladen', 'Benoemde bereiken', 'Grafieken', 'Titel', 'Koppen', 'Thema', 'Ontwerpsjabloon', 'Diatitels', 'Gebruikte lettertypen', 'Ingesloten OLE-servers'],
  sv: ['Kalkylblad', 'Namngivna områden', 'Diagram', 'Rubrik', 'Rubriker', 'Tema', 'Formgivningsmall', 'Bildrubriker', 'Använt teckensnitt', 'Inbäddade OLE-servrar'],
  da: ['Regneark', 'Navngivne områder', 'Diagrammer', 'Titel', 'Overskrifter', 'Tema', 'Designskabelon', 'Slidetitler', 'Diastitler', 'Benyttede skrifttyper', 'Anvendte skrifttyper', 'Integrerede OLE-servere'],
  nb: ['Regneark', 'Navngitte områder', 'Diagrammer', 'Tittel', 'Overskrifter', 'Tema', 'Utformingsmal', 'Lysbildetitler', 'Brukte skrifter', 'Innebygde OLE-servere'],
  fi: ['Laskentataulukot', 'Nimetyt alueet', 'Kaaviot', 'Otsikko', 'Otsikot', 'Teema', 'Suunnittelumalli', 'Dian otsikot', 'Käytetyt fontit', 'Upotetut OLE-palvelimet'],
  pl: ['Arkusze', 'Zakresy nazwane', 'Nazwane zakresy', 'Wykresy', 'Tytuł', 'Nagłówki', 'Motyw', 'Szablon projektu', 'Tytuły slajdów', 'Używane czcionki', 'Osadzone serwery OLE'],
  cs: ['Listy', 'Pojmenované oblasti', 'Grafy', 'Název', 'Nadpisy', 'Motiv', 'Šablona návrhu', 'Nadpisy snímků', 'Použitá písma', 'Vložené servery OLE'],
  sk: ['Hárky', 'Pracovné hárky', 'Pomenované rozsahy', 'Grafy', 'Názov', 'Nadpisy', 'Motív', 'Šablóna návrhu', 'Nadpisy snímok', 'Použité písma', 'Vložené servery OLE'],
  hu: ['Munkalapok', 'Névvel ellátott tartományok', 'Diagramok', 'Cím', 'Címsorok', 'Téma', 'Tervezősablon', 'Diacímek', 'Felhasznált betűtípusok', 'Beágyazott OLE-kiszolgálók'],
  ro: ['Foi de lucru', 'Zone denumite', 'Diagrame', 'Titlu', 'Titluri', 'Temă', 'Șablon formă', 'Titluri diapozitive', 'Fonturi utilizate', 'Servere OLE încorporate'],
  ru: ['Листы', 'Именованные диапазоны', 'Диаграммы', 'Название', 'Заголовки', 'Тема', 'Шаблон оформления', 'Заголовки слайдов', 'Использованные шрифты', 'Внедренные серверы OLE', 'Макросы Excel 4.0'],
  uk: ['Аркуші', 'Листи', 'Іменовані діапазони', 'Діаграми', 'Назва', 'Заголовки', 'Тема', 'Шаблон оформлення', 'Заголовки слайдів', 'Використані шрифти', 'Вбудовані сервери OLE'],
  bg: ['Работни листове', 'Наименувани диапазони', 'Именувани диапазони', 'Диаграми', 'Заглавие', 'Заглавия', 'Тема', 'Заглавия на слайдовете', 'Използвани шрифтове', 'Вградени OLE сървъри'],
  sr: ['Radni listovi', 'Радни листови', 'Imenovani opsezi', 'Именовани опсези', 'Naslov', 'Наслов', 'Tema', 'Тема', 'Naslovi slajdova', 'Наслови слајдова'],
  hr: ['Radni listovi', 'Imenovani rasponi', 'Grafikoni', 'Naslov', 'Naslovi', 'Tema', 'Naslovi slajdova', 'Korišteni fontovi'],
  sl: ['Delovni listi', 'Imenovani obsegi', 'Grafikoni', 'Naslov', 'Naslovi', 'Tema', 'Naslovi diapozitivov', 'Uporabljene pisave'],
  el: ['Φύλλα εργασίας', 'Καθορισμένες περιοχές', 'Γραφήματα', 'Τίτλος', 'Επικεφαλίδες', 'Θέμα', 'Τίτλοι διαφανειών', 'Γραμματοσειρές που χρησιμοποιούνται'],
  tr: ['Çalışma Sayfaları', 'Adlandırılmış Aralıklar', 'Grafikler', 'Konu Başlığı', 'Başlıklar', 'Tema', 'Tasarım Şablonu', 'Slayt Başlıkları', 'Kullanılan Yazı Tipleri', 'Katıştırılmış OLE Hizmet Birimleri'],
  et: ['Töölehed', 'Nimega vahemikud', 'Diagrammid', 'Pealkiri', 'Pealkirjad', 'Kujundus', 'Slaidipealkirjad', 'Kasutatud fondid'],
  lv: ['Darblapas', 'Nosauktie diapazoni', 'Diagrammas', 'Nosaukums', 'Virsraksti', 'Dizains', 'Slaidu virsraksti', 'Izmantotie fonti'],
  lt: ['Darbalapiai', 'Įvardytieji diapazonai', 'Diagramos', 'Pavadinimas', 'Antraštės', 'Tema', 'Skaidrių pavadinimai', 'Naudojami šriftai'],
  ca: ['Fulls de càlcul', 'Intervals amb nom', 'Gràfics', 'Títol', 'Tema', 'Títols de diapositiva'],
  gl: ['Follas de cálculo', 'Intervalos con nome', 'Gráficos', 'Título', 'Tema', 'Títulos de diapositiva'],
  zh: [
    '工作表', '命名范围', '图表', '标题', '主题', '设计模板', '幻灯片标题', '已用的字体', '使用的字体', '嵌入 OLE 服务器', '嵌入的 OLE 服务器',
    '具名範圍', '已命名的範圍', '圖表', '標題', '佈景主題', '投影片標題', '使用字型', '使用的字型', '內嵌的 OLE 伺服器',
  ],
  ja: ['ワークシート', '名前付き一覧', 'グラフ', 'タイトル', '表題', '見出し', 'テーマ', 'デザイン テンプレート', 'スライド タイトル', '使用されているフォント', '埋め込まれた OLE サーバー'],
  ko: ['워크시트', '이름이 지정된 범위', '차트', '제목', '테마', '디자인 서식 파일', '슬라이드 제목', '사용한 글꼴', '포함된 OLE 서버'],
  ar: ['أوراق العمل', 'النطاقات المسماة', 'المخططات', 'العنوان', 'عنوان', 'نسق', 'عناوين الشرائح', 'الخطوط المستخدمة'],
  he: ['גליונות עבודה', 'גיליונות עבודה', 'טווחים בעלי שם', 'תרשימים', 'שם', 'כותרת', 'ערכת נושא', 'כותרות שקופיות', 'גופנים בשימוש'],
  th: ['แผ่นงาน', 'ช่วงที่มีชื่อ', 'แผนภูมิ', 'ชื่อเรื่อง', 'ธีม', 'ชื่อเรื่องสไลด์', 'ชื่อเรื่องภาพนิ่ง', 'แบบอักษรที่ถูกใช้'],
  vi: ['Trang tính', 'Phạm vi Có tên', 'Biểu đồ', 'Tiêu đề', 'Chủ đề', 'Tiêu đề Bản chiếu', 'Phông được Dùng'],
  id: ['Lembar Kerja', 'Rentang Bernama', 'Bagan', 'Judul', 'Tema', 'Judul Slide', 'Font Digunakan'],
};

/** Names of new sheets, without their number. 'Sheet' is also what Chinese, Japanese, Korean and many other editions say. */
export const SHEET_NAMES: WordsByLanguage = {
  en: ['Sheet', 'Chart'], fr: ['Feuil', 'Feuille', 'Graph', 'Graphique'], de: ['Tabelle', 'Tabellenblatt', 'Diagramm'], es: ['Hoja', 'Gráfico'], it: ['Foglio', 'Grafico'],
  pt: ['Planilha', 'Plan', 'Folha', 'Página', 'Gráfico'], nl: ['Blad', 'Grafiek'], sv: ['Blad', 'Diagram'], da: ['Ark', 'Diagram'], nb: ['Ark', 'Diagram'], fi: ['Taul', 'Taulukko', 'Kaavio'],
  pl: ['Arkusz', 'Wykres'], cs: ['List', 'Graf'], sk: ['Hárok', 'Graf'], hu: ['Munka', 'Munkalap', 'Diagram'], ro: ['Foaie', 'Sheet', 'Diagramă'],
  ru: ['Лист', 'Диаграмма'], uk: ['Аркуш', 'Лист', 'Діаграма'], bg: ['Лист', 'Диаграма'], sr: ['Sheet', 'List', 'Лист'], hr: ['List', 'Grafikon'], sl: ['List', 'Grafikon'],
  el: ['Φύλλο', 'Γράφημα'], tr: ['Sayfa', 'Grafik'], et: ['Leht', 'Diagramm'], lv: ['Lapa', 'Diagramma'], lt: ['Lapas', 'Diagrama'], ca: ['Full', 'Gràfic'], gl: ['Folla', 'Gráfico'],
  zh: ['Sheet', '工作表', 'Chart'], ja: ['Sheet', 'シート', 'Graph'], ko: ['Sheet', '시트', 'Chart'], ar: ['ورقة', 'Sheet'], he: ['גיליון', 'גליון'], th: ['Sheet', 'แผ่น'], vi: ['Sheet', 'Trang_tính', 'Trang tính'], id: ['Sheet', 'Lembar'],
};

/** Name of Excel's cell style with builtinId 0. Word stores the names of its own styles in English whatever it speaks. */
export const STYLE_NAMES: WordsByLanguage = {
  en: ['Normal'], fr: ['Normal'], es: ['Normal'], pt: ['Normal'], da: ['Normal'], nb: ['Normal'], sv: ['Normal'], ro: ['Normal'], tr: ['Normal'], ca: ['Normal'], gl: ['Normal'], id: ['Normal'], he: ['Normal', 'רגיל'],
  de: ['Standard'], nl: ['Standaard'], it: ['Normale'], fi: ['Normaali'], pl: ['Normalny'], cs: ['Normální', 'normální'], sk: ['Normálna', 'Normálne', 'normálne'], hu: ['Normál'],
  ru: ['Обычный'], uk: ['Звичайний'], bg: ['Нормален'], sr: ['Normalan', 'Нормалан'], hr: ['Normalno', 'Obično'], sl: ['Navadno'], el: ['Κανονικό', 'Βασικό'],
  et: ['Normaallaad'], lv: ['Parasts'], lt: ['Įprastas', 'Paprastas'], zh: ['常规', '一般'], ja: ['標準'], ko: ['표준'], ar: ['عادي'], th: ['ปกติ'], vi: ['Bình thường'],
};

/**
 * Ids of Word's four default styles and of its first heading: the localised name, less what is not ASCII and less blanks.
 * Languages of other scripts are left with 'a', 'a0', 'a1', 'a2' and '1', which is for {@link STYLE_IDS_OF_OTHER_SCRIPTS}.
 */
export const STYLE_IDS: WordsByLanguage = {
  en: ['Normal', 'DefaultParagraphFont', 'TableNormal', 'NoList', 'Heading1'], fr: ['Normal', 'Policepardfaut', 'TableauNormal', 'Aucuneliste', 'Titre1'],
  de: ['Standard', 'Absatz-Standardschriftart', 'NormaleTabelle', 'KeineListe', 'berschrift1'], es: ['Normal', 'Fuentedeprrafopredeter', 'Tablanormal', 'Sinlista', 'Ttulo1'],
  it: ['Normale', 'Carpredefinitoparagrafo', 'Tabellanormale', 'Nessunelenco', 'Titolo1'], pt: ['Normal', 'Fontepargpadro', 'Tipodeletrapredefinidodopargrafo', 'Tabelanormal', 'Semlista', 'Ttulo1', 'Cabealho1'],
  nl: ['Standaard', 'Standaardalinea-lettertype', 'Standaardtabel', 'Geenlijst', 'Kop1'], sv: ['Normal', 'Standardstycketeckensnitt', 'Normaltabell', 'Ingenlista', 'Rubrik1'],
  da: ['Normal', 'Standardskrifttypeiafsnit', 'Tabel-Normal', 'Ingenoversigt', 'Overskrift1'], nb: ['Normal', 'Standardskriftforavsnitt', 'Vanligtabell', 'Ingenliste', 'Overskrift1'],
  fi: ['Normaali', 'Kappaleenoletusfontti', 'Normaalitaulukko', 'Eiluetteloa', 'Otsikko1'], pl: ['Normalny', 'Domylnaczcionkaakapitu', 'Standardowy', 'Bezlisty', 'Nagwek1'],
  cs: ['Normln', 'Standardnpsmoodstavce', 'Normlntabulka', 'Bezseznamu', 'Nadpis1'], sk: ['Normlny', 'Predvolenpsmoodseku', 'Normlnatabuka', 'Bezzoznamu', 'Nadpis1'],
  hu: ['Norml', 'Bekezdsalapbettpusa', 'Normltblzat', 'Nemlista', 'Cmsor1'], ro: ['Normal', 'Fontdeparagrafimplicit', 'TabelNormal', 'FrListare', 'Titlu1'],
  hr: ['Normal', 'Zadanifontodlomka', 'Obinatablica', 'Bezpopisa', 'Naslov1'], sl: ['Navaden', 'Privzetapisavaodstavka', 'Navadnatabela', 'Brezseznama', 'Naslov1'], sr: ['Normal', 'Podrazumevanifontpasusa', 'Normalnatabela', 'Bezliste', 'Naslov1'],
  tr: ['Normal', 'VarsaylanParagrafYazTipi', 'NormalTablo', 'ListeYok', 'Balk1'], et: ['Normaallaad', 'Liguvaikefont', 'Normaaltabel', 'Loendita', 'Pealkiri1'],
  lv: ['Parasts', 'Noklusjumarindkopasfonts', 'Parastatabula', 'Bezsaraksta', 'Virsraksts1'], lt: ['prastasis', 'Numatytasispastraiposriftas', 'prastojilentel', 'Sraonra', 'Antrat1'],
  ca: ['Normal', 'Lletraperdefectedelpargraf', 'Taulanormal', 'Sensellista', 'Ttol1'], gl: ['Normal', 'Fontepredeterminadadopargrafo', 'Tboanormal', 'Senlista', 'Ttulo1'],
};

/** What remains of the ids where no letter of the name is ASCII; the language is told by the document's default languages. */
export const STYLE_IDS_OF_OTHER_SCRIPTS: readonly string[] = ['a', 'a0', 'a1', 'a2'];
export const OTHER_SCRIPTS: ReadonlySet<string> = new Set(['ru', 'uk', 'bg', 'be', 'mk', 'kk', 'el', 'he', 'ar', 'fa', 'th', 'ka', 'hy', 'zh', 'ja', 'ko']);

/** Names of the default theme. 'Office' and 'Office Theme' are left out: editions and libraries of every language write them. */
export const THEME_NAMES: WordsByLanguage = {
  fr: ['Thème Office'], de: ['Larissa', 'Larissa-Design', 'Office-Design'], es: ['Tema de Office'], gl: ['Tema de Office'], it: ['Tema di Office'], pt: ['Tema do Office'], nl: ['Kantoorthema', 'Office-thema'],
  sv: ['Office-tema'], da: ['Office-tema'], nb: ['Office-tema'], fi: ['Office-teema'], pl: ['Motyw pakietu Office'], cs: ['Motiv systému Office', 'Motiv sady Office', 'Motiv Office'], sk: ['Motív balíka Office', 'Motív Office'],
  hu: ['Office-téma'], ro: ['Temă Office'], ru: ['Тема Office'], uk: ['Тема Office'], bg: ['Office тема', 'Тема на Office'], sr: ['Office tema', 'Office тема'], hr: ['Tema sustava Office', 'Office tema'], sl: ['Officeova tema'],
  el: ['Θέμα του Office'], tr: ['Ofis Teması', 'Office Teması'], et: ['Tarkvarakomplekti Office kujundus', "Office'i kujundus"], lv: ['Office dizains'], lt: ['„Office“ tema', 'Office tema'], ca: ["Tema de l'Office"],
  zh: ['Office 主题', 'Office 佈景主題'], ja: ['Office テーマ'], ko: ['Office 테마'], ar: ['نسق Office', 'سمة Office'], he: ['ערכת נושא Office', 'ערכת נושא של Office'], th: ['ชุดรูปแบบของ Office', 'ธีมของ Office'],
  vi: ['Chủ đề Office', 'Chủ đề của Office'], id: ['Tema Office'],
};
