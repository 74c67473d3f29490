//! Political news with marked attributions: ids are PUBLISHER_YYYY-MM-DD_SLUG.

use super::Told;
use anyhow::{Context, Result, bail};

/// The publisher in an id, its host, its name.
const PUBLISHERS: &[(&str, &str, &str)] = &[
    ("breitbart", "www.breitbart.com", "Breitbart News"),
    ("huff-post", "www.huffingtonpost.com", "The Huffington Post"),
    ("nyt", "www.nytimes.com", "The New York Times"),
    ("politico", "www.politico.com", "Politico"),
    ("usa-today", "www.usatoday.com", "USA Today"),
    ("wash-post", "www.washingtonpost.com", "The Washington Post"),
    ("west-journal", "www.westernjournalism.com", "Western Journalism"),
];

/// The outlet, the date and the address, which are made up from the id: no page need be there.
pub(super) fn told(id: &str) -> Result<Told> {
    let mut parts = id.splitn(3, '_');
    let (Some(publisher), Some(date), Some(slug)) = (parts.next(), parts.next(), parts.next()) else {
        bail!("the id {id:?} should be PUBLISHER_YYYY-MM-DD_SLUG");
    };
    let known = PUBLISHERS.iter().find(|(name, ..)| *name == publisher);
    let (_, host, site) = known.with_context(|| format!("the id {id:?} is of no publisher that is known"))?;
    let day: jiff::civil::Date =
        date.parse().with_context(|| format!("the id {id:?} should have a date, YYYY-MM-DD"))?;
    Ok(Told {
        url: format!("https://{host}/{}/{slug}", day.strftime("%Y/%m/%d")),
        site: (*site).to_owned(),
        published: Some(day.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_outlet_date_and_address() {
        let told = told("usa-today_2016-09-02_pier_and-dam").unwrap();
        assert_eq!(told.url, "https://www.usatoday.com/2016/09/02/pier_and-dam");
        assert_eq!((told.site.as_str(), told.published.as_deref()), ("USA Today", Some("2016-09-02")));
    }

    #[test]
    fn other_ids_are_refused() {
        for id in ["usa-today_2016-09-02", "courier_2016-09-02_pier", "nyt_2016-13-02_pier", ""] {
            assert!(told(id).is_err(), "{id}");
        }
    }
}
