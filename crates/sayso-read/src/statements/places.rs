//! Names of countries, states and great cities: "he" and "she" stand for none of them. What is a given name or a surname
//! as well (Jordan, Georgia, Washington) is left out.

use std::sync::LazyLock;

/// Whether a name, in any case, is a place's.
pub(super) fn is_place(name: &str) -> bool {
    let lower = name.trim_end_matches('.').to_lowercase();
    PLACES.binary_search(&lower.as_str()).is_ok()
}

static PLACES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "afghanistan; africa; alabama; alaska; albania; algeria; america; angola; argentina; arizona;
     arkansas; armenia; asia; australia; austria; azerbaijan; baghdad; bangladesh; beijing; belarus;
     belgium; berlin; bolivia; bosnia; boston; brazil; britain; brooklyn; brussels; bulgaria; burma;
     burundi; cairo; california; cambodia; cameroon; canada; chechnya; chicago; chile; china; cleveland;
     colombia; colorado; connecticut; crimea; croatia; cuba; cyprus; czech republic; damascus; delaware;
     delhi; denmark; detroit; ecuador; egypt; england; estonia; ethiopia; europe; european union;
     federal reserve; finland; florida; france; gaza; geneva; germany; ghana; greece; hawaii; holland;
     hong kong; hungary; iceland; idaho; illinois; india; indiana; indonesia; iowa; iran; iraq; ireland;
     italy; ivory coast; jamaica; japan; jerusalem; kabul; kansas; kazakhstan; kentucky; kenya; kiev;
     kurdistan; kuwait; las vegas; latin america; latvia; lebanon; liberia; libya; lithuania; london;
     los angeles; louisiana; macedonia; madrid; maine; malaysia; manhattan; maryland; massachusetts;
     mexico; miami; michigan; middle east; minnesota; mississippi; missouri; moldova; montana; morocco;
     moscow; mozambique; nebraska; nepal; netherlands; nevada; new delhi; new hampshire; new jersey;
     new mexico; new orleans; new york; new zealand; nigeria; north carolina; north dakota; north korea;
     northern ireland; norway; ohio; oklahoma; oregon; pakistan; palestine; panama; paraguay; paris;
     pennsylvania; peru; philadelphia; philippines; poland; portugal; pyongyang; rhode island; romania;
     rome; russia; rwanda; san francisco; saudi arabia; scotland; seattle; senegal; seoul; serbia;
     silicon valley; singapore; slovakia; slovenia; somalia; south africa; south carolina; south dakota;
     south korea; soviet union; spain; sri lanka; sudan; surinam; sweden; switzerland; syria; taiwan;
     tajikistan; tanzania; tehran; tennessee; texas; thailand; tokyo; tunisia; turkey; u.k; u.s; uganda;
     uk; ukraine; united kingdom; united nations; united states; uruguay; us; usa; utah; uzbekistan;
     venezuela; vermont; vienna; vietnam; wales; wall street; west virginia; wisconsin; wyoming; yemen;
     yugoslavia; zaire; zambia; zimbabwe"
        .split(';')
        .map(str::trim)
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(PLACES.is_sorted_by(|a, b| a < b));
        assert!(is_place("Germany") && is_place("New York") && !is_place("Tarkin"));
    }
}
