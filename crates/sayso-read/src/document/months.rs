//! The names of the months, as pages in some thirty languages write them in dates, and the English days of the week.

/// The days of the week and their short forms, in lower case.
pub(crate) const WEEKDAYS: [&str; 14] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// Names and short forms of each month, in lower case, in the case that a date puts them in.
const MONTHS: [&str; 12] = [
    "january jan januar jänner januari janvier janv enero ene janeiro gennaio gen gener ianuarie ian январь января янв \
     січня stycznia sty styczeń ledna leden január januára ocak oca ιανουαρίου ιαν tammikuu tammikuuta януари يناير ינואר \
     בינואר jaanuar janvāris sausio siječnja",
    "february feb februar feber februari février fevrier févr fevr fév febrero fevereiro fev febbraio febrer februarie \
     febr февраль февраля фев февр лютого lutego luty února únor február februára şubat şub φεβρουαρίου φεβ helmikuu \
     helmikuuta февруари فبراير פברואר בפברואר veebruar februāris vasario veljače",
    "march mar märz mär maart mrt mars marzo março marco març martie marts maret mac март марта мар березня marca marzec \
     března březen március márc marec mart μαρτίου μαρ maaliskuu maaliskuuta مارس מרץ במרץ märts kovo ožujka",
    "april apr avril avr abril abr aprile aprilie апрель апреля апр квітня kwietnia kwi kwiecień dubna duben április ápr \
     apríla nisan nis απριλίου απρ huhtikuu huhtikuuta април أبريل ابريل إبريل אפריל באפריל aprill aprīlis balandžio travnja",
    "may mai mei mayo maio maggio mag maig maj maja май мая травня května květen május máj mája mayıs mayis μαΐου μαϊ \
     toukokuu toukokuuta مايو מאי במאי maijs gegužės svibnja",
    "june jun juni juin junio junho giugno giu juny iunie iun июнь июня июн червня czerwca cze czerwiec června červen \
     június jún júna haziran haz ιουνίου ιουν kesäkuu kesäkuuta юни يونيو יוני ביוני juuni jūnijs birželio lipnja",
    "july jul juli juillet juil julio julho luglio lug juliol iulie iul июль июля июл липня lipca lip lipiec července \
     červenec július júl júla temmuz tem ιουλίου ιουλ heinäkuu heinäkuuta юли يوليو יולי ביולי juuli jūlijs liepos srpnja",
    "august aug augustus août aout agosto ago agost augusti agustus agu ogos август августа авг серпня sierpnia sie \
     sierpień srpna srpen augusztus augusta ağustos agustos ağu αυγούστου αυγ elokuu elokuuta أغسطس اغسطس אוגוסט באוגוסט \
     augusts rugpjūčio kolovoza",
    "september sep sept septembre septiembre setiembre setembro settembre setembre set septembrie сентябрь сентября сен \
     сент вересня września wrz wrzesień září szeptember szept septembra eylül eylul eyl σεπτεμβρίου σεπ syyskuu \
     syyskuuta септември سبتمبر ספטמבר בספטמבר septembris rugsėjo rujna",
    "october oct oktober okt octobre octubre outubro out ottobre ott octombrie октябрь октября окт жовтня października \
     paź październik října říjen október októbra ekim eki οκτωβρίου οκτ lokakuu lokakuuta октомври أكتوبر اكتوبر אוקטובר \
     באוקטובר oktoober oktobris spalio",
    "november nov novembre noviembre novembro noiembrie noi ноябрь ноября ноя нояб листопада listopada lis listopad \
     listopadu novembra kasım kasim kas νοεμβρίου νοε marraskuu marraskuuta ноември نوفمبر נובמבר בנובמבר novembris \
     lapkričio studenoga",
    "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre desembre desember des disember \
     decembrie декабрь декабря дек грудня grudnia gru grudzień prosince prosinec decembra aralık aralik ara δεκεμβρίου δεκ \
     joulukuu joulukuuta декември ديسمبر דצמבר בדצמבר detsember decembris gruodžio prosinca",
];

/// The month that a word is the name of, 1 to 12.
pub(super) fn month_of(word: &str) -> Option<i8> {
    if word.len() < 3 || word.len() > 30 {
        return None;
    }
    let lower = word.to_lowercase();
    let at = MONTHS.iter().position(|names| names.split_ascii_whitespace().any(|name| name == lower))?;
    Some(at as i8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_for_one_month() {
        let mut all: Vec<&str> = MONTHS.iter().flat_map(|names| names.split_ascii_whitespace()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert_eq!(month_of("Marraskuuta"), Some(11));
        assert_eq!(month_of("marketing"), None);
        assert_eq!(month_of("Major"), None);
    }
}
