//! What *data.inclusion* calls things, and what they are called here. Only what means the same is matched; the rest stays
//! in words.

/// Themes and the topics they are, the most particular first; what is written goes out by the first of a topic.
const TOPICS: &[(&str, &str)] = &[
    ("mobilite--etre-accompagne-dans-son-parcours-mobilite", "transport"),
    ("mobilite", "transport"),
    ("logement-hebergement--se-maintenir-dans-le-logement", "housing"),
    ("logement-hebergement", "housing"),
    ("sante--acces-aux-soins", "find_doctor"),
    ("sante--addictions", "addictions"),
    ("sante--sante-mentale", "mental_health"),
    ("sante--sante-sexuelle", "prevention"),
    ("sante--constituer-un-dossier-mdph-invalidite", "rights"),
    ("sante--prevention", "prevention"),
    ("difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits", "rights"),
    ("difficultes-administratives-ou-juridiques", "rights"),
    ("acces-aux-droits-et-citoyennete", "rights"),
    ("difficultes-financieres", "rights"),
    ("equipement-et-alimentation--alimentation", "meals"),
    ("equipement-et-alimentation--aide-menagere", "home_help"),
    ("famille--soutien-aidants", "caregiver_respite"),
    ("famille--prise-en-charge-personne-dependante", "home_help"),
    ("famille--surmonter-conflits-separation-violence", "violence"),
    ("famille--violences-intrafamiliales", "violence"),
    ("remobilisation--lien-social", "isolation"),
    ("handicap", "disability"),
];

/// Publics and those of our list, by how they begin.
const PUBLICS: &[(&str, &str)] = &[
    ("seniors", "elders"),
    ("familles", "families"),
    ("jeunes", "young_people"),
    ("personnes-en-situation-de-handicap", "disabled"),
    ("personnes-handicapees", "disabled"),
    ("beneficiaires-des-minimas-sociaux", "hardship"),
    ("personnes-en-situation-durgence", "hardship"),
];

/// What means everyone.
const EVERYONE: &str = "tous-publics";

/// The topic of a theme.
pub(super) fn topic_of(theme: &str) -> Option<&'static str> {
    let is = |written: &str| theme == written || theme.strip_prefix(written).is_some_and(|rest| rest.starts_with("--"));
    TOPICS.iter().find(|(written, _)| is(written)).map(|(_, topic)| *topic)
}

/// The theme that a topic goes out as; none where none says the same.
pub(super) fn theme_of(topic: &str) -> Option<&'static str> {
    TOPICS.iter().find(|(theme, known)| *known == topic && theme.contains("--")).map(|(theme, _)| *theme)
}

/// A public of our list, or the word itself; nothing where it is everyone.
pub(super) fn public_of(written: &str) -> Option<&str> {
    if written == EVERYONE {
        return None;
    }
    Some(PUBLICS.iter().find(|(theirs, _)| written.starts_with(theirs)).map_or(written, |(_, ours)| *ours))
}

/// The public that one of ours goes out as; none where none says the same.
pub(super) fn public_out(ours: &str) -> Option<&'static str> {
    PUBLICS.iter().find(|(_, known)| *known == ours).map(|(theirs, _)| *theirs)
}

const DAYS: [(&str, &str); 7] = [
    ("Mo", "lundi"),
    ("Tu", "mardi"),
    ("We", "mercredi"),
    ("Th", "jeudi"),
    ("Fr", "vendredi"),
    ("Sa", "samedi"),
    ("Su", "dimanche"),
];

/// The days of opening hours as maps write them ("Mo-Fr 08:30-12:30; PH off"), as far as they are plain; empty where they
/// are not.
pub(super) fn open_days(hours: &str) -> Vec<u8> {
    let mut open = Vec::new();
    for rule in hours.split(';').map(str::trim).filter(|rule| !rule.is_empty()) {
        let closed = rule.ends_with("off") || rule.ends_with("closed");
        let head = rule.split([' ', '\t']).next().unwrap_or_default();
        if head == "PH" || head == "SH" {
            continue;
        }
        for part in head.split(',') {
            let day = |code: &str| DAYS.iter().position(|(known, _)| *known == code);
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            // Weeks of a month, months, dates: nobody guesses which days are left.
            let (Some(from), Some(to)) = (day(from), day(to)) else { return Vec::new() };
            let mut at = from;
            loop {
                let number = at as u8 + 1;
                open.retain(|known| *known != number);
                if !closed {
                    open.push(number);
                }
                if at == to {
                    break;
                }
                at = (at + 1) % 7;
            }
        }
    }
    open.sort_unstable();
    open
}

/// The same hours in words.
pub(super) fn hours_in_words(hours: &str) -> String {
    let mut words = hours.trim().to_owned();
    for (code, day) in DAYS {
        words = words.replace(code, day);
    }
    words.replace("PH off", "fermé les jours fériés").replace("off", "fermé").replace("; ", " ; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn themes_and_publics_are_matched_only_where_they_say_the_same() {
        for (theme, topic) in [
            ("mobilite--acceder-a-un-vehicule", Some("transport")),
            ("mobilite", Some("transport")),
            ("mobilites", None),
            ("famille--soutien-aidants", Some("caregiver_respite")),
            ("trouver-un-emploi--maintien-dans-lemploi", None),
        ] {
            assert_eq!(topic_of(theme), topic, "{theme}");
        }
        assert_eq!(theme_of("housing").and_then(topic_of), Some("housing"));
        assert_eq!(theme_of("end_of_life"), None);
        assert_eq!(
            ["seniors-65", "tous-publics", "etudiants"].map(public_of),
            [Some("elders"), None, Some("etudiants")]
        );
    }

    #[test]
    fn plain_hours_give_their_days_and_others_none() {
        for (hours, days) in [
            ("Mo-Fr 08:30-12:30; PH off", vec![1, 2, 3, 4, 5]),
            ("Mo,Th 09:00-12:00; Fr off", vec![1, 4]),
            ("Mo-Sa 09:00-12:00; We off", vec![1, 2, 4, 5, 6]),
            ("Sa-Mo 10:00-12:00", vec![1, 6, 7]),
            ("Mo[1] 09:00-12:00", vec![]),
            ("Jul-Aug Mo 09:00-12:00", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(open_days(hours), days, "{hours}");
        }
        assert_eq!(hours_in_words("Mo-Fr 08:30-12:30; PH off"), "lundi-vendredi 08:30-12:30 ; fermé les jours fériés");
    }
}
