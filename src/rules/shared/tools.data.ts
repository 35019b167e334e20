/** Libraries, report writers and servers, as they name themselves in the application field of what they write. */
export const SERVER_TOOLS =
  /aspose|sharepoint|docx4j|apache poi|openpyxl|python-(?:docx|pptx)|php(?:excel|spreadsheet|word|office)|epplus|closedxml|npoi|xlsxwriter|sheetjs|excelize|spire\.|gembox|telerik|syncfusion|devexpress|infragistics|jasperreports|jxls?\b|crystal reports|business ?objects|reporting services|ssrs|cognos|tableau|oracle|\bsap\b|itext|pdfbox|pdftk|qpdf|ghostscript|wkhtmlto|apache fop|fpdf|tcpdf|reportlab|prince|pandoc|jsreport|collabora|documentserver|google|zoho|ruby|perl|java\b|docx\.js|docxtemplater|nuix|relativity|mat2|exiftool/i;

/** Interactive programs that leave out names or dates. */
export const SILENT_TOOLS =
  /libreoffice|openoffice|neooffice|abiword|gnumeric|\bwps\b|kingsoft|pages|numbers|keynote|onlyoffice|quartz|skia|chromium|firefox|cairo|textedit|wordpad/i;
