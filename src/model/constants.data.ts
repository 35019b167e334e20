/**
 * Values that look like a time or a person and are neither: what programs write when nobody told them. Examinations and
 * rules both need them. Sources: files written by the programs named; python-docx, python-pptx and excelize source code.
 */

const at = (iso: string): number => Date.parse(iso);

/** Times in the templates that programs and libraries ship, in ms since 1970-01-01T00:00Z: a file made from one carries it for ever. */
const TEMPLATE_TIMES: ReadonlySet<number> = new Set([
  at('2006-09-16T00:00:00Z'), // Excel 2007 and later, blank workbook; excelize
  at('2015-06-05T18:17:20Z'), // Excel 2016 and Excel for the web, blank workbook: created
  at('2015-06-05T18:17:26Z'), // the same: modified
  at('2015-06-05T18:19:34Z'),
  at('1996-10-14T23:33:28Z'), // Excel 97 to 2003, Book template
  at('1996-12-17T01:32:42Z'),
  at('2006-08-16T00:00:00Z'), // PowerPoint 2007 and later, blank presentation
  at('2013-12-23T23:15:00Z'), // python-docx, default template
  at('2013-01-27T09:14:16Z'), // python-pptx, default template
]);

/** Where the clocks of file formats begin, overflow or are left at nought, in ms since 1970-01-01T00:00Z. */
const ZERO_TIMES: readonly number[] = [
  at('1601-01-01T00:00:00Z'), // FILETIME
  at('1899-12-30T00:00:00Z'), // OLE automation date
  at('1899-12-31T00:00:00Z'),
  at('1904-01-01T00:00:00Z'), // classic Mac OS, QuickTime
  at('1970-01-01T00:00:00Z'), // Unix
  at('1979-11-30T00:00:00Z'), // DOS date with month and day 0
  at('1980-01-01T00:00:00Z'), // DOS; what Office writes into its packages
  at('1980-01-31T00:00:00Z'), // XlsxWriter
  at('2000-01-01T00:00:00Z'), // dead batteries
  at('2036-02-07T06:28:16Z'), // NTP overflow
  at('2038-01-19T03:14:07Z'), // 32 bit Unix overflow
];

const QUARTER_MS = 15 * 60_000;
const ZONES_MS = 14 * 3_600_000;

/** A nought that was read in another zone is off by quarters of an hour, up to 14 h. A second is allowed for rounding. */
function isZeroTime(epochMs: number): boolean {
  return ZERO_TIMES.some((zero) => {
    const off = Math.abs(epochMs - zero);
    if (off > ZONES_MS + 1000) return false;
    const rest = off % QUARTER_MS;
    return rest <= 1000 || QUARTER_MS - rest <= 1000;
  });
}

/** Whether this instant (ms since 1970-01-01T00:00Z) is a constant of a program or a clock's nought, and so says nothing of the file. */
export const isTemplateTime = (epochMs: number): boolean => TEMPLATE_TIMES.has(Math.floor(epochMs / 1000) * 1000) || isZeroTime(epochMs);

/**
 * Author names that programs fill in by themselves, lower case. Whoever carries one is nobody in particular; only its
 * language says something.
 */
const DEFAULT_NAMES: ReadonlySet<string> = new Set([
  // Windows and Office, by language of the installation.
  'user',
  'windows user',
  'win user',
  'microsoft office user',
  'office user',
  'microsoft',
  'microsoft corporation',
  'microsoft office',
  'a satisfied microsoft office user',
  'utilisateur',
  'utilisateur windows',
  'utilisateur de microsoft office',
  'utilisateur microsoft office',
  'auteur',
  'benutzer',
  'windows-benutzer',
  'microsoft office-benutzer',
  'microsoft office-anwender',
  'ein geschätzter microsoft-kunde',
  'verfasser',
  'usuario',
  'usuario de windows',
  'usuario de microsoft office',
  'usuário',
  'usuário do windows',
  'usuário do microsoft office',
  'utilizador',
  'utilizador do windows',
  'utente',
  'utente windows',
  'utente di microsoft office',
  'utente di windows',
  'gebruiker',
  'windows-gebruiker',
  'microsoft office-gebruiker',
  'użytkownik',
  'użytkownik systemu windows',
  'użytkownik windows',
  'uživatel',
  'uživatel systému windows',
  'užívateľ',
  'používateľ',
  'používateľ systému windows',
  'felhasználó',
  'windows-felhasználó',
  'utilizator',
  'utilizator windows',
  'bruker',
  'windows-bruker',
  'användare',
  'windows-användare',
  'bruger',
  'windows-bruger',
  'käyttäjä',
  'windows-käyttäjä',
  'kullanıcı',
  'windows kullanıcısı',
  'χρήστης',
  'χρήστης των windows',
  'korisnik',
  'windows korisnik',
  'uporabnik',
  'kasutaja',
  'lietotājs',
  'vartotojas',
  'пользователь',
  'пользователь windows',
  'пользователь microsoft office',
  'юзер',
  'админ',
  'администратор',
  'автор',
  'користувач',
  'користувач windows',
  'потребител',
  'потребител на windows',
  'корисник',
  'карыстальнік',
  '用户',
  'windows 用户',
  'microsoft office 用户',
  '使用者',
  'windows 使用者',
  'ユーザー',
  'windows ユーザー',
  '사용자',
  'windows 사용자',
  'مستخدم',
  'مستخدم windows',
  'משתמש',
  'משתמש windows',
  'người dùng',
  'pengguna',
  'ผู้ใช้',
  'admin',
  'administrator',
  'administrateur',
  'administrador',
  'amministratore',
  'beheerder',
  'administrátor',
  'rendszergazda',
  'yönetici',
  'järjestelmänvalvoja',
  '管理员',
  '管理者',
  '관리자',
  'author',
  'autor',
  'autore',
  'owner',
  'guest',
  'root',
  'test',
  'tester',
  'home',
  'home user',
  'office',
  'pc',
  'computer',
  'customer',
  'kunde',
  'client',
  'valued acer customer',
  'local user',
  'new user',
  'default',
  'default user',
  'anonymous',
  'unknown',
  'unknown author',
  'unnamed',
  'un-named',
  'untitled',
  'none',
  'null',
  'n/a',
  'name',
  'system',
  'scanner',
  // Makers of computers, whose name stands where the buyer changed nothing.
  'acer',
  'asus',
  'dell',
  'hp',
  'hewlett-packard',
  'hewlett-packard company',
  'lenovo',
  'lenovo user',
  'toshiba',
  'samsung',
  'sony',
  'medion',
  'fujitsu',
  'packard bell',
  'msi',
  // Libraries and servers.
  'openpyxl',
  'python-docx',
  'python-pptx',
  'steve canny',
  'apache poi',
  'docx4j',
  'sheetjs',
  'sheet js',
  'xuri',
  'phpexcel',
  'phpspreadsheet',
  'maarten balliauw',
  'unknown creator',
  'phpword',
  'axlsx',
  'caxlsx',
  'epplus',
  'closedxml',
  'aspose',
  'libreoffice',
  'openoffice',
  'openoffice.org',
  'writer',
  'calc',
  'system account',
  'sharepoint app',
  'sharepoint',
]);

/** 'User1', 'PC-3', 'Пользователь 2', 'Admin_01': the default with a number behind it. */
const NUMBERED = /(?<![\s_.-])[\s_.-]*\d{1,4}$/;

/** Whether a name is one that programs fill in by themselves, in any of the languages they speak. The empty name is one. */
export function isDefaultName(name: string): boolean {
  const lower = name.normalize('NFKC').trim().toLowerCase();
  if (lower === '' || lower.length > 200) return lower === '';
  return DEFAULT_NAMES.has(lower) || DEFAULT_NAMES.has(lower.replace(NUMBERED, ''));
}
