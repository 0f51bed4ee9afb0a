//! The village's directory: those whom stories name, then as many others as are asked for.

use chrono::NaiveDate;
use maillon_shared::domain::contact::Phone;
use maillon_shared::domain::directory::{DirectoryEntry, EntryKind};
use maillon_shared::domain::ids::{EntryId, LineId};
use maillon_shared::domain::mission::Mission;

use super::chance::Chance;
use super::names;
use super::place;

/// Those who have a part in stories: the gap they fill, "l'infirmière" or none for a name alone, and what they do.
const CAST: &[(&str, &str, EntryKind, &str)] = &[
    ("infirmière", "l'infirmière", EntryKind::Professional, "infirmier"),
    ("assistante", "l'assistante sociale", EntryKind::Professional, "assistant_social"),
    ("boulangère", "la boulangère", EntryKind::Relay, "other"),
    ("bénévole", "", EntryKind::Relay, "benevole"),
    ("conducteur", "", EntryKind::Relay, "benevole"),
];

/// Structures of the village: the gap they fill in stories, how sentences name them, their name, type and carrier.
const STRUCTURES: &[(&str, &str, &str, &str, &str)] = &[
    (
        "msp",
        "la maison de santé",
        "Maison de santé du Grand-Vallat",
        "msp",
        "Association des soignants du Grand-Vallat",
    ),
    ("ccas", "le CCAS", "CCAS de Roquebelle-les-Alpilles", "ccas", "Commune de Roquebelle-les-Alpilles"),
    ("mairie", "la mairie", "Mairie de Roquebelle-les-Alpilles", "mairie", ""),
    (
        "franceservices",
        "France Services",
        "France Services du Lavoir",
        "france_services",
        "Commune de Roquebelle-les-Alpilles",
    ),
    ("aide", "le service d'aide à domicile", "Les Bras Dessus-Dessous", "sad", "Association Bras Dessus-Dessous"),
    (
        "répit",
        "la plateforme de répit",
        "Répit des Trois-Lavoirs",
        "plateforme_de_repit",
        "Fondation des Trois-Lavoirs",
    ),
    ("dac", "le DAC", "Appui Alpilles imaginaires", "dac", ""),
];

/// How other structures are called, before a place that does not exist, and their type.
const STRUCTURE_NAMES: &[(&str, &str)] = &[
    ("Pharmacie", "pharmacie"),
    ("Cabinet infirmier", "cabinet"),
    ("Cabinet médical", "cabinet"),
    ("Laboratoire", "laboratoire"),
    ("Résidence", "ehpad"),
    ("Foyer", "residence_autonomie"),
    ("Maison partagée", "habitat_inclusif"),
    ("Aide et présence", "sad"),
    ("Accueil de jour", "accueil_de_jour"),
    ("Espace écoute", "cmp"),
    ("Groupe d'entraide", "gem"),
    ("École", "ecole"),
    ("Association", "association"),
    ("Café-épicerie", "commerce"),
    ("Bus santé", "service_itinerant"),
    ("Pôle seniors", "clic"),
    ("Centre de santé", "centre_de_sante"),
    ("Habitat partagé", "habitat_partage"),
];

/// Places that do not exist, for structures to be called after.
const AFTER: &[&str] = &[
    "du Grand-Vallat",
    "de la Combe-Neuve",
    "des Peirons-Blancs",
    "de l'Adrech-Haut",
    "du Pas-de-l'Ânesse",
    "de Font-Mistrale",
    "de la Draille-Longue",
    "des Canaux-Vieux",
    "du Mas-Brûlant",
    "de la Bergerie d'Aval",
    "du Serre-Penché",
    "des Sept-Amandiers",
    "du Pont-Retourné",
    "de la Roubine-Verte",
    "des Trois-Mistrals",
    "du Clos-Renversé",
    "de la Tour-Penchante",
    "du Gué-aux-Anguilles",
];

const PROFESSIONS: &[(u32, &str)] = &[
    (12, "infirmier"),
    (10, "medecin_generaliste"),
    (8, "masseur_kinesitherapeute"),
    (6, "pharmacien"),
    (5, "aide_a_domicile"),
    (4, "aes"),
    (4, "assistant_social"),
    (4, "chirurgien_dentiste"),
    (4, "orthophoniste"),
    (4, "psychologue"),
    (3, "sage_femme"),
    (3, "aide_soignant"),
    (3, "ergotherapeute"),
    (3, "pedicure_podologue"),
    (3, "conseiller_esf"),
    (3, "assistant_maternel"),
    (2, "conseiller_numerique"),
    (2, "infirmier_pratique_avancee"),
    (2, "dieteticien"),
    (2, "mandataire_judiciaire"),
    (2, "coordinateur"),
    (2, "agent_municipal"),
    (2, "educateur"),
    (1, "opticien"),
    (1, "audioprothesiste"),
];

const HOURS: &[&str] = &[
    "",
    "",
    "du lundi au vendredi, 9 h – 12 h et 14 h – 17 h",
    "mardi et jeudi matin",
    "sur rendez-vous",
    "répondeur, rappelle le soir",
    "ouvert le samedi matin, fermé le mercredi",
];

const MISSIONS: &[&str] = &[
    "",
    "prend de nouvelles personnes de la commune",
    "se déplace à domicile deux demi-journées par semaine",
    "permanence le premier lundi du mois, sans rendez-vous",
    "accueil des familles, écoute, orientation",
    "délai d'environ trois semaines ; passer par le secrétariat",
    "transport accompagné pour les plus de soixante-dix ans",
];

const TO_VERIFY: &[&str] =
    &["numéro qui ne répond plus", "déménagement annoncé", "deux adresses selon les sources", "nom du responsable"];

/// The directory, and how stories name some of it.
#[derive(Clone, Debug)]
pub struct Directory {
    /// Every entry, those of the stories first.
    pub entries: Vec<DirectoryEntry>,
    /// How the gaps of stories are filled.
    pub cast: Vec<(&'static str, String)>,
}

impl Directory {
    /// A directory of so many entries, as it stood on a day.
    pub fn of(chance: &mut Chance, count: usize, day: NaiveDate) -> Self {
        let mut directory = Directory { entries: Vec::with_capacity(count), cast: Vec::new() };
        for (gap, said, name, kind, carrier) in STRUCTURES {
            let mut entry = entry(chance, EntryKind::Structure, kind, day);
            entry.name = (*name).into();
            entry.carrier = (*carrier).into();
            entry.address = place::address(chance);
            entry.offers = missions_of(gap, day);
            directory.cast.push((gap, (*said).into()));
            directory.entries.push(entry);
        }
        for (gap, said, kind, role) in CAST {
            let woman = *gap != "conducteur";
            let mut entry = entry(chance, kind.clone(), role, day);
            someone(chance, &mut entry, woman);
            entry.address = place::address(chance);
            entry.offers = missions_of(gap, day);
            let civil = format!("{} {}", if woman { "Mme" } else { "M." }, entry.name);
            directory.cast.push((gap, if said.is_empty() { civil } else { format!("{said} ({civil})") }));
            directory.entries.push(entry);
        }
        while directory.entries.len() < count {
            let entry = another(chance, &directory.entries, day);
            directory.entries.push(entry);
        }
        directory.entries.truncate(count);
        directory
    }
}

/// A mission: whose, the topic, what, for whom, on which days, whether inhabitants may read it.
type Offer = (&'static str, &'static str, &'static str, &'static str, &'static [u8], bool);

/// What those of the stories do.
const OFFERS: &[Offer] = &[
    ("msp", "find_doctor", "Nouveaux patients, sur rendez-vous", "", &[1, 2, 3, 4, 5], true),
    ("msp", "prevention", "Vaccination et dépistage", "", &[2, 4], true),
    ("ccas", "meals", "Portage de repas à domicile", "elders", &[1, 2, 3, 4, 5], true),
    ("ccas", "rights", "Dossiers d'aide sociale", "hardship", &[1, 3], true),
    ("franceservices", "rights", "Démarches en ligne, accompagnées", "", &[1, 2, 4, 5], true),
    ("franceservices", "digital_health", "Mon espace santé, pas à pas", "", &[4], true),
    ("aide", "home_help", "Ménage, courses, présence", "elders", &[1, 2, 3, 4, 5, 6], true),
    ("répit", "caregiver_respite", "Relais à domicile et groupe de parole", "carers", &[2], true),
    ("dac", "between_professionals", "Appui aux situations complexes", "professionals", &[], false),
    ("conducteur", "transport", "Conduit aux rendez-vous, prévenir l'avant-veille", "elders", &[2, 5], false),
    ("bénévole", "isolation", "Visites du jeudi", "elders", &[4], false),
];

fn missions_of(gap: &str, day: NaiveDate) -> Vec<Mission> {
    let told = OFFERS.iter().enumerate().filter(|(_, (who, ..))| *who == gap);
    told.map(|(number, (_, topic, what, public, days, shown))| {
        let mut mission = Mission::empty(LineId([number as u8 + 1; 16]));
        mission.topic = (*topic).into();
        mission.what = (*what).into();
        mission.publics = Some((*public).to_owned()).filter(|public| !public.is_empty()).into_iter().collect();
        mission.communes = [(place::COMMUNE_CODE.to_owned(), place::COMMUNE.to_owned())].into();
        mission.days = days.iter().copied().collect();
        mission.for_inhabitants = *shown;
        mission.checked_on = Some(day);
        mission
    })
    .collect()
}

fn entry(chance: &mut Chance, kind: EntryKind, role: &str, day: NaiveDate) -> DirectoryEntry {
    let mut entry = DirectoryEntry::empty(EntryId(chance.id()), kind);
    entry.role = role.into();
    let mobile = entry.kind != EntryKind::Structure && chance.happens(60);
    let number = place::phone(chance, mobile);
    entry.phones.push(Phone { id: LineId(chance.id()), number, label: String::new() });
    entry.hours = (*chance.pick(HOURS)).into();
    entry.missions = (*chance.pick(MISSIONS)).into();
    if chance.happens(8) {
        entry.to_verify = (*chance.pick(TO_VERIFY)).into();
    } else if chance.happens(60) {
        entry.checked_on = Some(day);
    }
    entry
}

fn someone(chance: &mut Chance, entry: &mut DirectoryEntry, woman: bool) {
    let birth_year = chance.between(1958, 1998) as i32;
    entry.given_name = names::given_name(chance, woman, birth_year).into();
    entry.name = names::family_name(chance);
}

/// One more: a structure, someone who works in one of them or on their own, or a relay.
fn another(chance: &mut Chance, entries: &[DirectoryEntry], day: NaiveDate) -> DirectoryEntry {
    match chance.below(10) {
        0..=2 => {
            let (called, kind) = *chance.pick(STRUCTURE_NAMES);
            let mut entry = entry(chance, EntryKind::Structure, kind, day);
            entry.name = format!("{called} {}", chance.pick(AFTER));
            entry.address = place::address_around(chance);
            entry.territory = if chance.happens(40) { "Pays d'Arles".into() } else { String::new() };
            if chance.happens(30) {
                let part = maillon_shared::text::fold::fold(&entry.name).replace(' ', "-");
                entry.website = format!("https://{part}.invalid");
            }
            entry
        }
        3..=8 => {
            let role = chance.weighted(PROFESSIONS);
            let mut entry = entry(chance, EntryKind::Professional, role, day);
            let woman = chance.happens(70);
            someone(chance, &mut entry, woman);
            entry.address = place::address_around(chance);
            let structures: Vec<&DirectoryEntry> = entries[entries.len().saturating_sub(60)..]
                .iter()
                .filter(|entry| entry.kind == EntryKind::Structure)
                .collect();
            if !structures.is_empty() && chance.happens(55) {
                let structure = chance.pick(&structures);
                entry.works_at = Some(structure.id);
                entry.address = structure.address.clone();
            } else if chance.happens(30) {
                entry.workplace =
                    (*chance.pick(&["à son compte", "au cabinet de la place", "à l'hôpital", "en libéral"])).into();
            }
            entry
        }
        _ => {
            let role = *chance.pick(&["benevole", "other"]);
            let mut entry = entry(chance, EntryKind::Relay, role, day);
            let woman = chance.happens(55);
            someone(chance, &mut entry, woman);
            entry.address = place::address(chance);
            let what = [
                "voisine du hameau",
                "facteur de la tournée",
                "tient le café",
                "chasse, passe partout",
                "ancienne institutrice",
            ];
            entry.notes = (*chance.pick(&what)).into();
            entry
        }
    }
}
